/** One step of a 1×1 convolution, ReLU, global average pool and dense layer in float64, by loops: what must be seen of it. */
import type { Batch } from '../data/pipeline.ts';
import type { Weights } from '../weights/tensors.ts';

interface Figures {
  readonly activations: Readonly<Record<string, Readonly<Record<'mean' | 'std' | 'zeros' | 'dead', number>>>>;
  readonly weights: Readonly<Record<string, Readonly<Record<'norm' | 'gradient' | 'update', number>>>>;
}

type Table = readonly (readonly number[])[];
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
const length = (values: readonly number[]) => Math.sqrt(sum(values.map((value) => value * value)));
const columns = (rows: Table) => (rows[0] ?? []).map((_, k) => rows.map((row) => row[k] as number));

function look(rows: Table) {
  const all = rows.flat();
  const mean = sum(all) / all.length;
  const std = Math.sqrt(sum(all.map((value) => (value - mean) ** 2)) / all.length);
  const dead = columns(rows).filter((column) => column.every((value) => value === 0)).length;
  const zeros = all.filter((value) => value === 0).length / all.length;
  return { mean, std, zeros, dead: dead / (rows[0]?.length ?? 1) };
}

/** x · kernel + bias, row by row. */
const affine = (rows: Table, kernel: Table, bias: readonly number[]): number[][] =>
  rows.map((row) => bias.map((b, k) => b + sum(row.map((x, i) => x * (kernel[i]?.[k] as number)))));

/** Plain gradient descent at `rate`. @param names paths of the convolution, the ReLU and the dense layer */
export function lookByHand(
  { images, labels, count, shape }: Batch,
  weights: Weights,
  rate: number,
  names: { readonly conv: string; readonly relu: string; readonly dense: string },
): Figures {
  const flat = (path: string) => [...(weights.get(path)?.data ?? [])];
  const table = (path: string, width: number) => cut(flat(path), width);
  const cut = (values: readonly number[], width: number) =>
    Array.from({ length: values.length / width }, (_, i) => values.slice(i * width, (i + 1) * width));
  const [bias1, bias2] = [flat(`${names.conv}/bias`), flat(`${names.dense}/bias`)];
  const kernel1 = table(`${names.conv}/kernel`, bias1.length);
  const kernel2 = table(`${names.dense}/kernel`, bias2.length);
  const places = shape[0] * shape[1];
  const x = cut([...images], shape[2]);
  const z = affine(x, kernel1, bias1);
  const y = z.map((row) => row.map((value) => Math.max(0, value)));
  const pooled = Array.from({ length: count }, (_, n) =>
    columns(y.slice(n * places, (n + 1) * places)).map((column) => sum(column) / places),
  );
  const logits = affine(pooled, kernel2, bias2);
  const dlogits = logits.map((row, n) => {
    const total = sum(row.map(Math.exp));
    return row.map((value, k) => (Math.exp(value) / total - (labels[n] === k ? 1 : 0)) / count);
  });
  const dkernel2 = columns(pooled).map((a) =>
    columns(dlogits).map((b) => sum(a.map((v, n) => v * (b[n] ?? 0)))),
  );
  const dpooled = dlogits.map((row) => kernel2.map((to) => sum(to.map((w, k) => w * (row[k] as number)))));
  const dz = z.map((row, i) =>
    row.map((value, c) => (value > 0 ? (dpooled[Math.floor(i / places)]?.[c] as number) / places : 0)),
  );
  const dkernel1 = columns(x).map((a) => columns(dz).map((b) => sum(a.map((v, n) => v * (b[n] ?? 0)))));
  const weight = (values: readonly number[], gradient: readonly number[]) => ({
    ...{ norm: length(values), gradient: length(gradient), update: rate * length(gradient) },
  });
  return {
    activations: { [names.relu]: look(y) },
    weights: {
      [`${names.conv}/kernel`]: weight(kernel1.flat(), dkernel1.flat()),
      [`${names.conv}/bias`]: weight(bias1, columns(dz).map(sum)),
      [`${names.dense}/kernel`]: weight(kernel2.flat(), dkernel2.flat()),
      [`${names.dense}/bias`]: weight(bias2, columns(dlogits).map(sum)),
    },
  };
}
