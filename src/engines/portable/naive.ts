/** Convolution and its gradients in float64 loops: the independent answer that the kernels are tested against. */

export interface NaiveConv {
  n: number;
  h: number;
  w: number;
  c: number;
  filters: number;
  k: [number, number];
  strides: [number, number];
  dilation: [number, number];
  groups: number;
  padding: 'same' | 'valid';
}

function side(size: number, k: number, s: number, d: number, padding: 'same' | 'valid') {
  const window = (k - 1) * d + 1;
  const out = padding === 'same' ? Math.ceil(size / s) : Math.floor((size - window) / s) + 1;
  const total = padding === 'same' ? Math.max((out - 1) * s + window - size, 0) : 0;
  return { out, before: Math.floor(total / 2) };
}

export function outputShape({ n, h, w, k, strides, dilation, padding, filters }: NaiveConv) {
  const y = side(h, k[0], strides[0], dilation[0], padding);
  const x = side(w, k[1], strides[1], dilation[1], padding);
  return {
    shape: [n, y.out, x.out, filters] as [number, number, number, number],
    top: y.before,
    left: x.before,
  };
}

/** Calls `visit` with flat indices (x, filter, y) of every product that a convolution sums. */
export function eachProduct(conv: NaiveConv, visit: (x: number, filter: number, y: number) => void): void {
  const { n, h, w, c, filters, k, strides, dilation, groups } = conv;
  const { shape, top, left } = outputShape(conv);
  const [, oh, ow] = shape;
  const cg = c / groups;
  const og = filters / groups;
  for (let b = 0; b < n; b++)
    for (let y = 0; y < oh; y++)
      for (let x = 0; x < ow; x++)
        for (let i = 0; i < k[0]; i++)
          for (let j = 0; j < k[1]; j++) {
            const iy = y * strides[0] + i * dilation[0] - top;
            const ix = x * strides[1] + j * dilation[1] - left;
            if (iy < 0 || iy >= h || ix < 0 || ix >= w) continue;
            for (let o = 0; o < filters; o++)
              for (let p = 0; p < cg; p++)
                visit(
                  ((b * h + iy) * w + ix) * c + Math.floor(o / og) * cg + p,
                  ((i * k[1] + j) * cg + p) * filters + o,
                  ((b * oh + y) * ow + x) * filters + o,
                );
          }
}
