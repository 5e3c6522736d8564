/** What the gallery offers: templates by family, and how they are built. */
import type { Flavour } from '../../src/blocks/flavours.ts';
import { applyEdit, setTitle } from '../../src/document/edits.ts';
import type { StemmaDocument } from '../../src/document/model.ts';
import { diagnose, errorsOf, lower } from '../../src/lower/index.ts';
import { templates } from '../../src/templates/index.ts';
import type { Template } from '../../src/templates/template.ts';
import { partsOf } from '../panels/budget.ts';
import { ranked } from '../ui/search.ts';

export type Family = 'all' | 'resnet' | 'resnext' | 'cifar';

export const families: readonly { id: Family; title: string }[] = [
  { id: 'all', title: 'All' },
  { id: 'resnet', title: 'ResNet' },
  { id: 'resnext', title: 'ResNeXt' },
  { id: 'cifar', title: 'CIFAR' },
];

export function familyOf({ id }: Template): Family {
  if (id.endsWith('-cifar')) return 'cifar';
  return id.startsWith('resnext') ? 'resnext' : 'resnet';
}

export const offered = (family: Family, query: string): readonly Template[] =>
  ranked(
    templates
      .filter((t) => family === 'all' || familyOf(t) === family)
      .map((template) => ({ title: template.title, words: `${template.id} ${template.help}`, template })),
    query,
  ).map(({ template }) => template);

export interface Choice {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly classes: number;
  readonly flavour: Flavour;
  readonly detail: 'stages' | 'blocks';
}

const common = { classes: 10, flavour: 'd2l', detail: 'stages' } as const;

export const settings: readonly { title: string; about: string; choice: Choice }[] = [
  {
    title: 'As in the book',
    about: '96×96×1, 10 classes, d2l',
    choice: { ...common, height: 96, width: 96, channels: 1 },
  },
  {
    title: 'Quick',
    about: '32×32×1, 10 classes, d2l',
    choice: { ...common, height: 32, width: 32, channels: 1 },
  },
  {
    title: 'ImageNet',
    about: '224×224×3, 1000 classes, torchvision',
    choice: { ...common, height: 224, width: 224, channels: 3, classes: 1000, flavour: 'torchvision' },
  },
];

export const flavourWords: Readonly<Record<Flavour, string>> = {
  d2l: 'd2l: the book’s choices. Convolutions have biases, shortcuts no batch norm; weights begin as LeCun normal.',
  torchvision:
    'torchvision: as PyTorch’s models. No biases, batch norm on shortcuts too; weights begin as He normal.',
};

export function build(
  template: Template,
  { height, width, channels, classes, flavour, detail }: Choice,
  plain: boolean,
): StemmaDocument {
  const document = template.build({
    ...{ input: [height, width, channels], classes, flavour },
    set: { detail, ...(plain && { shortcut: 'none' }) },
  });
  return plain ? applyEdit(document, setTitle(`${template.title}, plain`)).document : document;
}

export interface Figures {
  readonly params: number;
  readonly macs: number;
  /** The first thing that is wrong with it, as a picture too small for a window. */
  readonly problem: string | undefined;
}

const known = new Map<string, Figures>();
const KEPT = 200;

/** Detail changes nothing of them. */
export function figuresOf(template: Template, choice: Choice, plain: boolean): Figures {
  const key = JSON.stringify([template.id, { ...choice, detail: 'stages' }, plain]);
  let figures = known.get(key);
  if (!figures) {
    const lowered = lower(build(template, { ...choice, detail: 'stages' }, plain));
    const { params, macs } = partsOf(lowered);
    figures = { params, macs, problem: errorsOf(diagnose(lowered))[0]?.message };
    if (known.size >= KEPT) known.clear();
    known.set(key, figures);
  }
  return figures;
}
