import { BookOpen, Zap } from 'lucide-react';
import { attemptOnDocument, undoEdit, useEditor } from '../state/editor.ts';
import { say } from '../ui/toasts.tsx';
import { useCatalogue } from './catalogue.ts';
import { amountWords, sourceOf, timeWords } from './cost.ts';
import { inputOf, type PresetName, presetEdit, presetShape } from './recipe.ts';
import { usePresetCost } from './use-checked.ts';

const told = {
  quick: { title: 'Quick look', help: 'See it learn, on a part of the pictures.', icon: Zap },
  book: { title: 'As in the book', help: 'All pictures, plain SGD, as d2l trains it.', icon: BookOpen },
} as const;

function applyPreset(name: PresetName): void {
  const before = inputOf(useEditor.getState().lowered.document)?.shape.join(' × ');
  attemptOnDocument((d) => presetEdit(d, name, useCatalogue.getState().datasets));
  const after = inputOf(useEditor.getState().lowered.document)?.shape.join(' × ');
  if (before !== after)
    say({
      kind: 'info',
      text: `The drawing's input is ${after} now, as this recipe has it; it was ${before}.`,
      action: { title: 'Undo', run: undoEdit },
    });
}

function PresetCard({ name, chosen }: { readonly name: PresetName; readonly chosen: boolean }) {
  const cost = usePresetCost(name);
  const size = useEditor((s) => presetShape(s.lowered.document, name).join(' × '));
  const now = useEditor((s) => inputOf(s.lowered.document)?.shape.join(' × '));
  const fits = now === undefined || now === size;
  const { title, help, icon: Icon } = told[name];
  return (
    <button type="button" className="preset" aria-pressed={chosen && fits} onClick={() => applyPreset(name)}>
      <span className="preset-title">
        <Icon size={14} aria-hidden /> {title}
      </span>
      <span className="preset-help">{help}</span>
      <span className="preset-cost" title={(cost && sourceOf(cost)) ?? undefined}>
        {cost ? (
          <>
            <b>{timeWords(cost)}</b>
            <br />
            {amountWords(cost)}
            <br />
            {fits ? `of ${size}` : `resizes the input to ${size}`}
          </>
        ) : (
          '…'
        )}
      </span>
    </button>
  );
}

export function Presets({ chosen }: { readonly chosen: PresetName | undefined }) {
  return (
    <fieldset className="presets" aria-label="Recipes to begin with">
      {(['quick', 'book'] as const).map((name) => (
        <PresetCard key={name} name={name} chosen={chosen === name} />
      ))}
    </fieldset>
  );
}
