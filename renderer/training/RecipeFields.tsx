import { useEffect, useId, useState } from 'react';
import { type Recipe, recipeSchema } from '../../src/recipe/recipe.ts';
import type { ParamKind, ParamValue } from '../../src/schema/params.ts';
import { useEditor } from '../state/editor.ts';
import { changeRecipe, inputOf, resizeInput } from './recipe.ts';

type Key = Exclude<keyof Recipe, 'data' | 'size'>;

const titles: Readonly<Record<Key, string>> = {
  batch: 'Batch',
  epochs: 'Epochs',
  limit: 'Pictures at most',
  learningRate: 'Learning rate',
  optimizer: 'Optimiser',
  validation: 'Held out',
  validateEvery: 'Look at them every',
  momentum: 'Momentum',
  weightDecay: 'Weight decay',
  schedule: 'Schedule',
  warmup: 'Warm-up steps',
  seed: 'Seed',
  standardise: 'Standardise pictures',
};
const common: readonly Key[] = ['batch', 'epochs', 'limit', 'learningRate', 'optimizer'];
const rest: readonly Key[] = [
  ...([
    'validation',
    'validateEvery',
    'schedule',
    'warmup',
    'momentum',
    'weightDecay',
    'seed',
    'standardise',
  ] as const),
];

interface NumberFieldProps {
  readonly title: string;
  readonly help: string;
  readonly kind: ParamKind<number>;
  readonly value: number;
  readonly onValue: (value: number) => void;
}

/** Checked as it is typed; what does not fit stays in the field, and the value before stays in use. */
function NumberField({ title, help, kind, value, onValue }: NumberFieldProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const id = useId();
  // An undo or a preset shows at once.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a value from elsewhere ends what is typed.
  useEffect(() => {
    if (typed !== null && Number(typed) !== value) setTyped(null);
  }, [value]);
  const text = typed ?? String(value);
  const parsed = kind.parse(text.trim() === '' ? undefined : Number(text));
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {title}
      </label>
      <input
        id={id}
        className="input"
        inputMode="decimal"
        autoComplete="off"
        value={text}
        aria-invalid={!parsed.ok}
        aria-describedby={`${id}-help`}
        onChange={(e) => {
          setTyped(e.target.value);
          const given = e.target.value.trim() === '' ? undefined : Number(e.target.value);
          const next = kind.parse(given);
          if (next.ok && next.value !== value) onValue(next.value);
        }}
        onBlur={() => {
          if (parsed.ok) setTyped(null);
        }}
      />
      {parsed.ok ? (
        <span className="field-help" id={`${id}-help`}>
          {help}
        </span>
      ) : (
        <span className="field-error" id={`${id}-help`} role="alert">
          Expected {parsed.expected}; {value} stays in use.
        </span>
      )}
    </div>
  );
}

function Field({ name, recipe }: { readonly name: Key; readonly recipe: Recipe }) {
  const id = useId();
  const kind: ParamKind = recipeSchema[name];
  const value: ParamValue = recipe[name];
  const change = (next: ParamValue) => changeRecipe({ [name]: next } as Partial<Recipe>);
  const title = titles[name];
  if (typeof value === 'number')
    return (
      <NumberField
        {...{ title, help: kind.help, value, onValue: change }}
        kind={kind as unknown as ParamKind<number>}
      />
    );
  const help = (
    <span className="field-help" id={`${id}-help`}>
      {kind.help}
    </span>
  );
  if (typeof value === 'boolean')
    return (
      <div className="field">
        <label className="field-label" htmlFor={id}>
          {title}
          <input
            id={id}
            type="checkbox"
            role="switch"
            className="switch"
            checked={value}
            aria-checked={value}
            aria-describedby={`${id}-help`}
            onChange={(e) => change(e.target.checked)}
          />
        </label>
        {help}
      </div>
    );
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {title}
      </label>
      <select
        id={id}
        className="input"
        value={String(value)}
        aria-describedby={`${id}-help`}
        onChange={(e) => change(e.target.value)}
      >
        {kind.options?.map((option) => (
          <option key={option}>{option}</option>
        ))}
      </select>
      {help}
    </div>
  );
}

/** The size of the drawing's input: one number where it is a square. */
function SizeField() {
  const shape = useEditor((s) => inputOf(s.lowered.document)?.shape);
  if (shape?.length !== 3) return null;
  const [height, width, channels = 1] = shape;
  return (
    <NumberField
      title="Picture size"
      help={`The drawing's input is ${shape.join(' × ')}; pictures are resized to it. A change resizes the input.`}
      kind={recipeSchema.size}
      value={height === width ? (height ?? 32) : Number.NaN}
      onValue={(size) => resizeInput([size, size, channels])}
    />
  );
}

export function RecipeFields({ recipe }: { readonly recipe: Recipe }) {
  const fields = (names: readonly Key[]) => names.map((name) => <Field key={name} {...{ name, recipe }} />);
  return (
    <>
      <div className="recipe-fields">
        <SizeField />
        {fields(common)}
      </div>
      <details className="more">
        <summary>More</summary>
        <div className="recipe-fields">{fields(rest)}</div>
      </details>
    </>
  );
}
