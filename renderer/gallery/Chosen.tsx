import { type Flavour, flavourNames } from '../../src/blocks/flavours.ts';
import { int, intList } from '../../src/schema/params.ts';
import type { Template, TemplateOptions } from '../../src/templates/template.ts';
import { FormField } from '../panels/FormField.tsx';
import { exact, short } from '../ui/format.ts';
import { useLater } from '../ui/later.ts';
import { factsKey, factsOf } from './facts.ts';
import { detailHelp, familyOf, flavourHelp, whySkips } from './families.ts';
import { Picked } from './Picked.tsx';
import { Thumbnail } from './Thumbnail.tsx';

interface ChosenProps {
  readonly template: Template;
  readonly options: TemplateOptions;
  readonly onChange: (options: Partial<TemplateOptions>) => void;
}

const input = intList({
  ...{ min: 1, max: 1024, minLength: 3, maxLength: 3, default: [96, 96, 1] },
  help: 'Height, width and channels of the pictures, as 28, 28, 1.',
});
const smallInput = { ...input, default: [32, 32, 3] };
const classes = int({ min: 1, max: 100_000, default: 10, help: 'How many answers there are.' });

/** One template: with skips and without, and what can be chosen of it. */
export function Chosen({ template, options, onChange }: ChosenProps) {
  const set = (values: TemplateOptions['set']) => onChange({ set: { ...options.set, ...values } });
  const plain = options.set.shortcut === 'none';
  const detail = options.set.detail === 'blocks' ? 'blocks' : 'stages';
  const { stages, groups } = template.params;
  const grouped = familyOf(template.id) === 'ResNeXt';
  return (
    <section className="gallery-chosen" aria-label={template.title}>
      <h3>{template.title}</h3>
      <p className="gallery-help">
        {template.help}{' '}
        <a href={template.source} target="_blank" rel="noreferrer">
          Source
        </a>
      </p>
      <div className="gallery-pair" role="radiogroup" aria-label="Skips">
        <Variant template={template.id} options={options} plain={false} chosen={!plain} onChoose={set} />
        <Variant template={template.id} options={options} plain chosen={plain} onChoose={set} />
      </div>
      <p className="gallery-why">{whySkips}</p>
      <div className="gallery-form">
        <FormField
          param="input"
          kind={familyOf(template.id) === 'CIFAR' ? smallInput : input}
          given={[options.input]}
          onChange={(value) => onChange({ input: value as readonly number[] })}
        />
        <FormField
          param="classes"
          kind={classes}
          given={[options.classes]}
          onChange={(value) => onChange({ classes: value as number })}
        />
        <Picked
          label="Flavour"
          options={flavourNames}
          value={options.flavour}
          help={flavourHelp[options.flavour]}
          onChange={(flavour: Flavour) => onChange({ flavour })}
        />
        <Picked
          label="Detail"
          options={['stages', 'blocks'] as const}
          value={detail}
          help={detailHelp[detail]}
          onChange={(value) => set({ detail: value })}
        />
        {stages && (
          <details>
            <summary>Advanced</summary>
            {groups && grouped && (
              <FormField
                param="groups"
                kind={groups}
                given={[options.set.groups]}
                onChange={(value) => set({ groups: value })}
              />
            )}
            <FormField
              param="stages"
              kind={stages}
              given={[options.set.stages]}
              onChange={(value) => set({ stages: value })}
            />
          </details>
        )}
      </div>
    </section>
  );
}

interface VariantProps {
  readonly template: string;
  readonly options: TemplateOptions;
  readonly plain: boolean;
  readonly chosen: boolean;
  readonly onChoose: (set: TemplateOptions['set']) => void;
}

function Variant({ template, options, plain, chosen, onChoose }: VariantProps) {
  const shortcut = plain ? 'none' : 'auto';
  const own: TemplateOptions = { ...options, set: { ...options.set, shortcut } };
  const facts = useLater(factsKey(template, own), () => factsOf(template, own));
  return (
    // biome-ignore lint/a11y/useSemanticElements: it holds more than a radio button's label can.
    <button
      type="button"
      role="radio"
      aria-checked={chosen}
      className="gallery-variant"
      onClick={() => onChoose({ shortcut })}
    >
      <Thumbnail template={template} options={own} />
      <span className="gallery-card-title">{plain ? 'Plain (no skips)' : 'Residual'}</span>
      <span className="gallery-card-figures" title={facts && `${exact(facts.params)} parameters`}>
        {facts ? `${short(facts.params)} parameters` : '…'}
        <br />
        {facts ? `${short(facts.macs)} MACs` : ''}
      </span>
    </button>
  );
}
