/** A network that has learned MNIST's digits, within seconds. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeDocument } from '../src/document/file.ts';
import { emptyDocument } from '../src/document/model.ts';

const parts: readonly (readonly [string, Record<string, number | number[] | string>])[] = [
  ['input', { shape: [28, 28, 1] }],
  ['conv2d', { filters: 8, kernelSize: [5, 5], strides: [2, 2] }],
  ['activation', {}],
  ['conv2d', { filters: 16, kernelSize: [3, 3], strides: [2, 2] }],
  ['batchNorm', {}],
  ['activation', {}],
  ['flatten', {}],
  ['dense', { units: 10 }],
  ['output', {}],
];

export function digitsDocument(title = 'Digits'): string {
  const idOf = (i: number) => `n${i}`;
  return writeDocument({
    ...emptyDocument(title),
    nodes: parts.map(([type, params], i) => ({
      ...{ id: idOf(i), type, name: `${type}${i}`, params, x: 0, y: 120 * i },
    })),
    wires: parts.slice(1).map((_, i) => ({
      from: { node: idOf(i), port: 'out' },
      to: { node: idOf(i + 1), port: 'in' },
    })),
  });
}

/** Trains it on the command line, where a host with this home finds it. Returns the run's id. */
export function trainDigits(home: string): string {
  const file = join(home, 'digits.stemma');
  writeFileSync(file, digitsDocument());
  const recipe = ['--data', 'mnist', '--size', '28', '--batch', '32', '--limit', '3200', '--epochs', '2'];
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      join(process.cwd(), 'bin', 'stemma.mjs'),
      'train',
      file,
      ...recipe,
      '--optimizer',
      'adam',
      '--lr',
      '0.003',
      '--json',
    ],
    { env: { ...process.env, STEMMA_HOME: home }, encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`The training ended with ${status}: ${stderr}`);
  const { run } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}') as { run: string };
  return run.split('/').at(-1) ?? '';
}
