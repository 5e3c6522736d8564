/** The residual family: any list of (count, filters), basic, bottleneck or ResNeXt blocks. */

import { AppError } from '../base/errors.ts';
import { flavourParams } from '../blocks/flavours.ts';
import { findBlock } from '../blocks/index.ts';
import { STEP_Y } from '../document/layout.ts';
import { type DocNode, emptyDocument, type StemmaDocument, type Wire } from '../document/model.ts';
import { choice, int, type ParamSchema, type ParamValue, stages } from '../schema/params.ts';
import { defaultsOf, parseParams } from '../schema/parse.ts';
import type { Template, TemplateOptions } from './template.ts';

interface Family {
  id: string;
  title: string;
  help: string;
  source?: string;
  stages: readonly (readonly number[])[];
  block?: 'basic' | 'bottleneck' | 'resnext';
  stem?: 'imagenet' | 'cifar';
  stemFilters?: number;
  groups?: number;
  /** Channels of the grouped convolution ÷ output channels. */
  bottleneckMultiplier?: number;
}

function schemaFor(family: Family) {
  return {
    stages: stages({ default: family.stages, help: 'A list of (count, filters).' }),
    block: choice({
      options: ['basic', 'bottleneck', 'resnext'],
      default: family.block ?? 'basic',
      help: 'Which block the stages repeat.',
    }),
    stem: choice({
      options: ['imagenet', 'cifar'],
      default: family.stem ?? 'imagenet',
      help: 'imagenet: 7×7/2 and max-pool; cifar: one 3×3.',
    }),
    stemFilters: int({
      min: 1,
      max: 65536,
      default: family.stemFilters ?? 64,
      help: 'Channels after the stem.',
    }),
    groups: int({ min: 1, max: 65536, default: family.groups ?? 32, help: 'ResNeXt: number of groups.' }),
    shortcut: choice({
      options: ['auto', 'projection', 'identity', 'none'],
      default: 'auto',
      help: 'none makes the plain network.',
    }),
    detail: choice({
      options: ['stages', 'blocks'],
      default: 'stages',
      help: 'Draw one node a stage, or one node a block.',
    }),
  } as const satisfies ParamSchema;
}

/** A chain of nodes, top to bottom, each joined to the one before by its only ports. */
export function chainDocument(
  title: string,
  steps: readonly { type: string; name: string; params: Readonly<Record<string, ParamValue>> }[],
): StemmaDocument {
  const nodes = steps.map(
    ({ type, name, params }, i): DocNode => ({
      id: name,
      type,
      name,
      params,
      x: 0,
      y: i * STEP_Y,
    }),
  );
  const wires = steps.slice(1).map(
    ({ name }, i): Wire => ({
      from: { node: steps[i]?.name ?? '', port: 'out' },
      to: { node: name, port: 'in' },
    }),
  );
  return { ...emptyDocument(title), nodes, wires };
}

function complete(type: string, options: TemplateOptions, given: Readonly<Record<string, ParamValue>>) {
  const block = findBlock(type);
  return { ...(block && defaultsOf(block.params)), ...flavourParams(options.flavour, type), ...given };
}

function define(family: Family): Template {
  const params = schemaFor(family);
  return {
    id: family.id,
    title: family.title,
    help: family.help,
    source: family.source ?? 'https://arxiv.org/abs/1512.03385',
    params,
    build(options) {
      const { value, problems } = parseParams(params, options.set);
      if (problems[0])
        throw new AppError(
          'template/param',
          `Template ${family.id}: ${problems[0].key}: expected ${problems[0].expected}, received ${problems[0].received}.`,
        );
      const { block, stem, stemFilters, groups, shortcut, detail } = value;
      const grouped = block === 'resnext';
      if (!grouped && Object.hasOwn(options.set, 'groups'))
        throw new AppError(
          'template/param',
          `Template ${family.id}: groups are for ResNeXt blocks; the blocks here are ${block}.`,
          { hint: 'Set block=resnext too, or begin with resnext50_32x4d.' },
        );
      const steps: { type: string; name: string; params: Readonly<Record<string, ParamValue>> }[] = [
        { type: 'input', name: 'input', params: { shape: options.input } },
        {
          type: 'stem',
          name: 'stem',
          params: complete('stem', options, { filters: stemFilters, variant: stem }),
        },
      ];
      value.stages.forEach(([count = 1, filters = 64], i) => {
        const strides = i === 0 ? [1, 1] : [2, 2];
        const own: Record<string, ParamValue> = grouped
          ? { filters, groups, bottleneckMultiplier: family.bottleneckMultiplier ?? 0.5, shortcut }
          : { filters, shortcut };
        if (detail === 'stages') {
          const type = grouped ? 'resnext-stage' : 'residual-stage';
          const kind = grouped ? {} : { block };
          steps.push({
            type,
            name: `stage${i + 1}`,
            params: complete(type, options, { ...own, ...kind, count, strides }),
          });
          return;
        }
        const type = grouped ? 'resnext' : block === 'bottleneck' ? 'bottleneck' : 'residual';
        for (let j = 0; j < count; j++)
          steps.push({
            type,
            name: `stage${i + 1}/${j}`,
            params: complete(type, options, { ...own, strides: j === 0 ? strides : [1, 1] }),
          });
      });
      steps.push({
        type: 'head',
        name: 'head',
        params: complete('head', options, { classes: options.classes }),
      });
      steps.push({ type: 'output', name: 'output', params: {} });
      return chainDocument(family.title, steps);
    },
  };
}

const wide = (a: number, b: number, c: number, d: number) => [
  [a, 64],
  [b, 128],
  [c, 256],
  [d, 512],
];
const cifar = (n: number) => [
  [n, 16],
  [n, 32],
  [n, 64],
];

function cifarResnet(depth: number): Template {
  return define({
    id: `resnet${depth}-cifar`,
    title: `ResNet-${depth} (CIFAR)`,
    help: `${depth} layers for small pictures: three stages of ${(depth - 2) / 6} blocks.`,
    stages: cifar((depth - 2) / 6),
    stem: 'cifar',
    stemFilters: 16,
  });
}

export const resnets: readonly Template[] = [
  define({
    id: 'resnet18',
    title: 'ResNet-18',
    help: 'Four stages of two residual blocks.',
    stages: wide(2, 2, 2, 2),
  }),
  define({ id: 'resnet34', title: 'ResNet-34', help: 'Deeper, the same blocks.', stages: wide(3, 4, 6, 3) }),
  define({
    id: 'resnet50',
    title: 'ResNet-50',
    help: 'Bottleneck blocks; the default backbone for transfer learning.',
    stages: wide(3, 4, 6, 3),
    block: 'bottleneck',
  }),
  define({
    id: 'resnet101',
    title: 'ResNet-101',
    help: 'Bottleneck blocks, deeper.',
    stages: wide(3, 4, 23, 3),
    block: 'bottleneck',
  }),
  define({
    id: 'resnet152',
    title: 'ResNet-152',
    help: 'Bottleneck blocks, the deepest of the paper’s ImageNet networks.',
    stages: wide(3, 8, 36, 3),
    block: 'bottleneck',
  }),
  define({
    id: 'resnext50_32x4d',
    title: 'ResNeXt-50 32×4d',
    help: '32 parallel paths of 4 channels.',
    source: 'https://arxiv.org/abs/1611.05431',
    stages: [
      [3, 256],
      [4, 512],
      [6, 1024],
      [3, 2048],
    ],
    block: 'resnext',
    groups: 32,
    bottleneckMultiplier: 0.5,
  }),
  define({
    id: 'resnext101_32x8d',
    title: 'ResNeXt-101 32×8d',
    help: '32 parallel paths of 8 channels.',
    source: 'https://arxiv.org/abs/1611.05431',
    stages: [
      [3, 256],
      [4, 512],
      [23, 1024],
      [3, 2048],
    ],
    block: 'resnext',
    groups: 32,
    bottleneckMultiplier: 1,
  }),
  ...[20, 32, 56, 110, 1202].map(cifarResnet),
];
