import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runs } from '../../scripts/property.ts';
import { findTemplate } from '../templates/index.ts';
import { chainDocument } from '../templates/resnet.ts';
import { defaultOptions } from '../templates/template.ts';
import { anyDrawing } from './any-drawing.ts';
import { lower, receptiveFields } from './index.ts';

const fieldsOf = (id: string, set = {}) =>
  receptiveFields(
    lower(findTemplate(id).build({ ...defaultOptions, input: [224, 224, 3], flavour: 'torchvision', set })),
  );
const chain = (
  ...steps: (readonly [type: string, params?: Parameters<typeof chainDocument>[1][0]['params']])[]
) =>
  receptiveFields(
    lower(
      chainDocument(
        't',
        [['input', { shape: [64, 64, 3] }] as const, ...steps, ['output'] as const].map(
          ([type, params = {}], i) => ({
            ...{ type, name: `n${i}`, params },
          }),
        ),
      ),
    ),
  );

/**
 * By hand. ResNet-18: stem 7, pool 11 (jump 4), stages + 4·8, + 8 + 3·16, + 16 + 3·32, + 32 + 3·64. ResNet-50 strides
 * in its 3×3, as torchvision does: 11 + 3·8, + 8 + 3·16, + 16 + 5·32, + 32 + 2·64. Araujo et al. give 483 for strides
 * in the 1×1 before it, of He et al. 2015: there each 3×3 already steps by the larger jump.
 */
test.each([
  ['resnet18', 435],
  ['resnet34', 899],
  ['resnet50', 427],
  ['resnet101', 971],
])('%s sees %i pixels at its last convolution, by stages and by blocks', (id, size) => {
  for (const detail of ['stages', 'blocks']) {
    const { features, output } = fieldsOf(id, { detail });
    expect(features).toMatchObject({ size: [size, size], jump: [32, 32], whole: false });
    expect(output).toMatchObject({ size: [224, 224], whole: true });
  }
});

test('each node has its own', () => {
  const { nodes } = fieldsOf('resnet18');
  expect([...nodes.values()].map((f) => f?.size[0])).toEqual([1, 11, 43, 99, 211, 435, 224, 224]);
  expect(nodes.get('stage2')).toMatchObject({ jump: [8, 8] });
});

const conv = ['conv2d', { kernelSize: 3 }] as const;
const pool = ['maxPool', { poolSize: 2, strides: 2 }] as const;
test('VGG-like chains by hand', () => {
  // VGG-16 to its last pool: 212, jump 32.
  const vgg = [2, 2, 3, 3, 3].flatMap((n) => [...Array.from({ length: n }, () => conv), pool]);
  expect(chain(...vgg).output).toMatchObject({ size: [212, 212], jump: [32, 32], whole: false });
  // ResNet-50 of He et al. 2015, strides in the first 1×1 of a stage, without its skips: 483 in Araujo et al.
  const old = [3, 4, 6, 3].flatMap((n, stage) =>
    Array.from({ length: n }, (_, i) => [
      ['conv2d', { kernelSize: 1, strides: i === 0 && stage > 0 ? 2 : 1 }] as const,
      conv,
    ]).flat(),
  );
  const stem = [['conv2d', { kernelSize: 7, strides: 2 }] as const, ['maxPool', { poolSize: 3 }] as const];
  expect(chain(...stem, ...old).output).toMatchObject({ size: [483, 483], jump: [32, 32] });
  expect(chain(conv, conv).output).toMatchObject({ size: [5, 5], jump: [1, 1] });
  const uneven = ['conv2d', { kernelSize: [3, 5], strides: [2, 1] }] as const;
  const spaced = ['conv2d', { kernelSize: 3, dilationRate: 2 }] as const;
  expect(chain(uneven, spaced).output).toMatchObject({ size: [11, 9], jump: [2, 1] });
  expect(chain(conv, ['flatten'], ['dense', { units: 3 }]).output).toMatchObject({
    size: [64, 64],
    whole: true,
  });
  expect(chain(conv, ['flatten']).features).toMatchObject({ size: [3, 3] });
});

test('on any drawing the answer is a number or unknown', () => {
  fc.assert(
    fc.property(anyDrawing, (document) => {
      const lowered = lower(document);
      for (const [id, field] of receptiveFields(lowered).nodes) {
        const shape = lowered.nodes.get(id)?.fragment.outputs[0]?.shape;
        if (!shape) expect(field).toBeNull();
        for (const n of [...(field?.size ?? []), ...(field?.jump ?? [])]) expect(n).toBeGreaterThanOrEqual(1);
      }
    }),
    { numRuns: runs(300) },
  );
});
