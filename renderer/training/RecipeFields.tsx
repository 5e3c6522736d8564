import { type Recipe, recipeSchema } from '../../src/recipe/recipe.ts';
import { FormField } from '../panels/FormField.tsx';
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
  clipNorm: 'Clip gradients to',
  schedule: 'Schedule',
  warmup: 'Warm-up steps',
  seed: 'Seed',
  standardise: 'Standardise pictures',
};
const common: readonly Key[] = ['batch', 'epochs', 'limit', 'learningRate', 'optimizer'];
const rest: readonly Key[] = [
  'validation',
  'validateEvery',
  'schedule',
  'warmup',
  'momentum',
  'weightDecay',
  'clipNorm',
  'seed',
  'standardise',
];

function Field({ name, recipe }: { readonly name: Key; readonly recipe: Recipe }) {
  return (
    <FormField
      param={name}
      kind={recipeSchema[name]}
      label={titles[name]}
      given={[recipe[name]]}
      onChange={(value, visit) => changeRecipe({ [name]: value } as Partial<Recipe>, visit)}
    />
  );
}

/** The size of the drawing's input: one number; where it is no square, height and width differ. */
function SizeField() {
  const shape = useEditor((s) => inputOf(s.lowered.document)?.shape);
  if (shape?.length !== 3) return null;
  const [height, width, channels = 1] = shape;
  const help = `The drawing's input is ${shape.join(' × ')}; pictures are resized to it. A change resizes the input.`;
  return (
    <FormField
      param="size"
      kind={{ ...recipeSchema.size, help }}
      label="Picture size"
      given={[height, width]}
      onChange={(size, visit) => resizeInput([Number(size), Number(size), channels], visit)}
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
