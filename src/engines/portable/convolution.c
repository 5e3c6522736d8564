/*
 * Convolutions and both their gradients for tf.js' wasm backend: any stride, padding, dilation and number of groups,
 * in 128-bit SIMD, on that backend's own memory. Built by scripts/kernels/build.sh.
 *
 * x is [n, h, w, channels], y [n, oh, ow, filters], the filter [kh, kw, channels / groups, filters]; all float32.
 *
 * All three are matrix products over the pairs (pixel of x, pixel of y) that one tap of the filter joins. Pairs whose
 * pixel of x would lie in the padding are never made, nor are the zeros between the pixels of a strided gradient: in
 * the last stages of a ResNet, where images are a few pixels wide, that is most of the work. Taps that lie side by
 * side in a row of the filter lie side by side in memory too, and are taken as one longer product (a "wide" run).
 *
 * Groups need no code of their own: a panel of eight columns is multiplied with the channels of every group that it
 * touches, and the packed filter holds zeros where column and channel are of different groups.
 */
#include <wasm_simd128.h>

#define EXPORT(name) __attribute__((export_name(#name)))
#define BLOCK 256 /* pairs taken at a time: what they touch stays in the second-level cache */
#define LANES 8   /* columns of a panel: two vectors */
#define TILE 4    /* rows of a register tile; 4 × 2 sums, 2 columns and a factor fit in 16 registers */

typedef struct {
  int n, h, w, channels, oh, ow, filters, groups, kh, kw, sh, sw, dh, dw, top, left;
} Conv;

/* Taps kj0 .. kj1 of a row of the filter, which are all inside of x for the pixels z0 .. z1 of each row of y. */
typedef struct {
  int kj0, kj1, z0, z1;
} Run;

/* Pairs of one run, as offsets of floats in x (at tap kj0) and y. */
typedef struct {
  int x[BLOCK + TILE], y[BLOCK + TILE];
  int image, row, column; /* where to go on */
} Pairs;

/* Channels (or filters) first .. first + count of the groups that a panel touches. */
typedef struct {
  int first, count;
} Span;

static inline int least(int a, int b) { return a < b ? a : b; }
static inline int most(int a, int b) { return a > b ? a : b; }
/* a / b, rounded up; 0 for negative a. */
static inline int ceil_div(int a, int b) { return a <= 0 ? 0 : (a + b - 1) / b; }
static inline v128_t madd(v128_t a, v128_t b, v128_t c) { return wasm_f32x4_add(wasm_f32x4_mul(a, b), c); }
static inline int is_wide(const Conv *v) { return v->groups == 1 && v->dw == 1; }

/* Output positions from .. to whose tap `offset` is inside of an extent `size`. */
static void inside(int offset, int before, int stride, int size, int out, int *from, int *to) {
  *from = ceil_div(before - offset, stride);
  *to = least(out, ceil_div(size + before - offset, stride));
}

static int next_run(const Conv *v, Run *run) {
  if (!is_wide(v)) {
    for (int kj = run->kj1; kj < v->kw; kj++) {
      inside(kj * v->dw, v->left, v->sw, v->w, v->ow, &run->z0, &run->z1);
      run->kj0 = kj;
      run->kj1 = kj + 1;
      if (run->z0 < run->z1) return 1;
    }
    return 0;
  }
  for (int z = run->z1; z < v->ow; z++) {
    int kj0 = most(0, v->left - z * v->sw), kj1 = least(v->kw, v->w + v->left - z * v->sw);
    if (kj0 >= kj1) continue;
    *run = (Run){kj0, kj1, z, z + 1};
    while (run->z1 < v->ow && most(0, v->left - run->z1 * v->sw) == kj0 &&
           least(v->kw, v->w + v->left - run->z1 * v->sw) == kj1)
      run->z1++;
    return 1;
  }
  return 0;
}

/* The next pairs of a run in row ki of the filter, at most BLOCK; the count, 0 at the end. */
static int next_pairs(const Conv *v, int ki, const Run *run, Pairs *pairs) {
  int y0, y1, count = 0;
  inside(ki * v->dh, v->top, v->sh, v->h, v->oh, &y0, &y1);
  if (y0 >= y1) return 0;
  for (; pairs->image < v->n; pairs->image++, pairs->row = 0)
    for (; y0 + pairs->row < y1; pairs->row++, pairs->column = 0) {
      int y = y0 + pairs->row, iy = y * v->sh + ki * v->dh - v->top;
      for (; run->z0 + pairs->column < run->z1; pairs->column++) {
        if (count == BLOCK) return count;
        int z = run->z0 + pairs->column, ix = z * v->sw + run->kj0 * v->dw - v->left;
        pairs->x[count] = ((pairs->image * v->h + iy) * v->w + ix) * v->channels;
        pairs->y[count++] = ((pairs->image * v->oh + y) * v->ow + z) * v->filters;
      }
    }
  return count;
}

/* Columns first .. first + LANES of `mine`, in groups: which of `other` they depend on. */
static Span span_of(int first, int mine, int other, int groups) {
  int m = mine / groups, o = other / groups;
  int g0 = first / m, g1 = (least(first + LANES, mine) - 1) / m;
  return (Span){g0 * o, (g1 - g0 + 1) * o};
}

/* The most that span_of tells. */
static int widest_span(int mine, int other, int groups) {
  int m = mine / groups;
  return least(groups, (LANES + m - 2) / m + 1) * (other / groups);
}

/*
 * out[pair, lane] += sum over k of a[pair, k] * panel[k, lane], for lanes low .. high of LANES. A tile's rows of `out`
 * may overlap, so each is added before the next is read.
 */
static void multiply(const float *a, const int *a_at, const float *panel, int depth, float *out, const int *out_at,
                     int count, int low, int high) {
  for (int m = 0; m < count; m += TILE) {
    const float *a0 = a + a_at[m], *a1 = a + a_at[least(m + 1, count - 1)], *a2 = a + a_at[least(m + 2, count - 1)],
                *a3 = a + a_at[least(m + 3, count - 1)], *b = panel;
    v128_t s[TILE][2];
    for (int r = 0; r < TILE; r++) s[r][0] = s[r][1] = wasm_f32x4_splat(0);
    for (int k = 0; k < depth; k++, b += LANES) {
      v128_t b0 = wasm_v128_load(b), b1 = wasm_v128_load(b + 4), t;
      t = wasm_v128_load32_splat(a0 + k), s[0][0] = madd(t, b0, s[0][0]), s[0][1] = madd(t, b1, s[0][1]);
      t = wasm_v128_load32_splat(a1 + k), s[1][0] = madd(t, b0, s[1][0]), s[1][1] = madd(t, b1, s[1][1]);
      t = wasm_v128_load32_splat(a2 + k), s[2][0] = madd(t, b0, s[2][0]), s[2][1] = madd(t, b1, s[2][1]);
      t = wasm_v128_load32_splat(a3 + k), s[3][0] = madd(t, b0, s[3][0]), s[3][1] = madd(t, b1, s[3][1]);
    }
#pragma clang loop unroll(full)
    for (int r = 0; r < TILE; r++) {
      if (m + r >= count) break;
      float *to = out + out_at[m + r];
      if (low == 0 && high == LANES) {
        wasm_v128_store(to, wasm_f32x4_add(wasm_v128_load(to), s[r][0]));
        wasm_v128_store(to + 4, wasm_f32x4_add(wasm_v128_load(to + 4), s[r][1]));
      } else {
        float lane[LANES];
        wasm_v128_store(lane, s[r][0]);
        wasm_v128_store(lane + 4, s[r][1]);
        for (int q = low; q < high; q++) to[q] += lane[q];
      }
    }
  }
}

/* Floats of scratch memory that the three functions below need: the packed row of a filter, or packed pixels. */
EXPORT(conv_scratch)
int conv_scratch(const Conv *v) {
  int forward = (v->filters + LANES - 1) / LANES * v->kw * widest_span(v->filters, v->channels, v->groups);
  int back = is_wide(v) ? (v->kw * v->channels + LANES - 1) / LANES * v->filters
                        : (v->channels + LANES - 1) / LANES * v->kw *
                              widest_span(v->channels, v->filters, v->groups);
  int x = BLOCK * ((is_wide(v) ? v->kw : 1) * v->channels + TILE), y = BLOCK * (v->filters + LANES);
  return most(most(forward, back) * LANES, x + y);
}

EXPORT(conv_forward)
void conv_forward(const Conv *v, const float *x, const float *filter, float *y, float *packed) {
  int wide = is_wide(v), c = v->channels / v->groups, o = v->filters / v->groups;
  int panels = (v->filters + LANES - 1) / LANES, widest = widest_span(v->filters, v->channels, v->groups);
  __builtin_memset(y, 0, sizeof(float) * v->n * v->oh * v->ow * v->filters);
  for (int ki = 0; ki < v->kh; ki++) {
    char ready[panels][v->kw]; /* which panels of which taps are packed: many taps may never be used */
    __builtin_memset(ready, 0, panels * v->kw);
    for (Run run = {0}; next_run(v, &run);) {
      Pairs pairs;
      pairs.image = pairs.row = pairs.column = 0;
      for (int count; (count = next_pairs(v, ki, &run, &pairs));)
        for (int p = 0; p < panels; p++) {
          Span span = span_of(p * LANES, v->filters, v->channels, v->groups);
          int used = least(LANES, v->filters - p * LANES);
          for (int kj = run.kj0; kj < run.kj1; kj++) {
            if (ready[p][kj]) continue;
            ready[p][kj] = 1;
            float *to = packed + (p * v->kw + kj) * widest * LANES;
            const float *tap = filter + (ki * v->kw + kj) * c * v->filters + p * LANES;
            for (int k = 0; k < span.count; k++, to += LANES) {
              const float *from = tap + (v->groups == 1 ? k : (span.first + k) % c) * v->filters;
              if (v->groups == 1 && used == LANES) {
                wasm_v128_store(to, wasm_v128_load(from));
                wasm_v128_store(to + 4, wasm_v128_load(from + 4));
              } else {
                for (int q = 0; q < LANES; q++)
                  to[q] = q < used && (p * LANES + q) / o == (span.first + k) / c ? from[q] : 0;
              }
            }
          }
          multiply(x + span.first, pairs.x, packed + (p * v->kw + run.kj0) * widest * LANES,
                   wide ? (run.kj1 - run.kj0) * c : span.count, y + p * LANES, pairs.y, count, 0, used);
        }
    }
  }
}

/* from[lane * stride + k] -> to[k, lane]: eight rows of a filter become a panel. */
static void pack_turned(const float *from, int stride, int depth, float *to) {
  int k = 0;
  for (; k + 4 <= depth; k += 4)
    for (int half = 0; half < LANES; half += 4) {
      const float *f = from + half * stride + k;
      v128_t a = wasm_v128_load(f), b = wasm_v128_load(f + stride), c = wasm_v128_load(f + 2 * stride),
             d = wasm_v128_load(f + 3 * stride);
      v128_t ab0 = wasm_i32x4_shuffle(a, b, 0, 4, 1, 5), ab1 = wasm_i32x4_shuffle(a, b, 2, 6, 3, 7),
             cd0 = wasm_i32x4_shuffle(c, d, 0, 4, 1, 5), cd1 = wasm_i32x4_shuffle(c, d, 2, 6, 3, 7);
      float *t = to + k * LANES + half;
      wasm_v128_store(t, wasm_i64x2_shuffle(ab0, cd0, 0, 2));
      wasm_v128_store(t + LANES, wasm_i64x2_shuffle(ab0, cd0, 1, 3));
      wasm_v128_store(t + 2 * LANES, wasm_i64x2_shuffle(ab1, cd1, 0, 2));
      wasm_v128_store(t + 3 * LANES, wasm_i64x2_shuffle(ab1, cd1, 1, 3));
    }
  for (; k < depth; k++)
    for (int q = 0; q < LANES; q++) to[k * LANES + q] = from[q * stride + k];
}

/* dx: every pixel of dy, times the turned filter, is added where it came from. */
EXPORT(conv_input_gradient)
void conv_input_gradient(const Conv *v, const float *dy, const float *filter, float *dx, float *packed) {
  int wide = is_wide(v), c = v->channels / v->groups, o = v->filters / v->groups;
  /* A wide run's columns are those of all its taps, side by side. */
  int columns = wide ? v->kw * v->channels : v->channels, taps = wide ? 1 : v->kw;
  int panels = (columns + LANES - 1) / LANES, widest = widest_span(v->channels, v->filters, v->groups);
  __builtin_memset(dx, 0, sizeof(float) * v->n * v->h * v->w * v->channels);
  for (int ki = 0; ki < v->kh; ki++) {
    char ready[panels * taps];
    __builtin_memset(ready, 0, panels * taps);
    for (Run run = {0}; next_run(v, &run);) {
      Pairs pairs;
      pairs.image = pairs.row = pairs.column = 0;
      int from_column = wide ? run.kj0 * c : 0, to_column = wide ? run.kj1 * c : columns;
      int tap = wide ? 0 : run.kj0;
      for (int count; (count = next_pairs(v, ki, &run, &pairs));)
        for (int p = from_column / LANES; p * LANES < to_column; p++) {
          Span span = wide ? (Span){0, o} : span_of(p * LANES, v->channels, v->filters, v->groups);
          float *panel = packed + (p * taps + tap) * widest * LANES;
          int used = least(LANES, columns - p * LANES);
          if (!ready[p * taps + tap]) {
            ready[p * taps + tap] = 1;
            const float *rows = filter + (ki * v->kw + tap) * c * v->filters;
            if (v->groups == 1 && used == LANES) {
              pack_turned(rows + p * LANES * v->filters, v->filters, o, panel);
            } else {
              for (int k = 0; k < span.count; k++)
                for (int q = 0; q < LANES; q++) {
                  int column = p * LANES + q, same = v->groups == 1 || column / c == (span.first + k) / o;
                  int row = v->groups == 1 ? column : column % c;
                  panel[k * LANES + q] = q < used && same ? rows[row * v->filters + span.first + k] : 0;
                }
            }
          }
          multiply(dy + span.first, pairs.y, panel, span.count, dx + p * LANES - from_column, pairs.x, count,
                   most(0, from_column - p * LANES), least(LANES, to_column - p * LANES));
        }
    }
  }
}

/* Pixels at `at` into strips of `width` columns: to[strip, pixel, column]; columns beyond `columns` are zero. */
static inline void pack_pixels(const float *from, const int *at, int count, int columns, int width, float *to) {
  for (int m = 0; m < count; m++) {
    const float *pixel = from + at[m];
    float *t = to + m * width;
    int p = 0;
    for (; p + width <= columns; p += width, t += count * width)
      for (int q = 0; q < width; q += 4) wasm_v128_store(t + q, wasm_v128_load(pixel + p + q));
    if (p < columns)
      for (int q = 0; q < width; q++) t[q] = p + q < columns ? pixel[p + q] : 0;
  }
}

/* df[ki, kj, c, o] = sum over the pairs of that tap of x[pixel, c] * dy[pixel, o]. */
EXPORT(conv_filter_gradient)
void conv_filter_gradient(const Conv *v, const float *x, const float *dy, float *df, float *packed) {
  int wide = is_wide(v), c = v->channels / v->groups, o = v->filters / v->groups;
  __builtin_memset(df, 0, sizeof(float) * v->kh * v->kw * c * v->filters);
  for (int ki = 0; ki < v->kh; ki++)
    for (Run run = {0}; next_run(v, &run);) {
      Pairs pairs;
      pairs.image = pairs.row = pairs.column = 0;
      int columns = wide ? (run.kj1 - run.kj0) * c : v->channels;
      float *target = df + (ki * v->kw + run.kj0) * c * v->filters;
      float *packed_y = packed + BLOCK * ((columns + TILE - 1) & -TILE);
      for (int count; (count = next_pairs(v, ki, &run, &pairs));) {
        pack_pixels(x, pairs.x, count, columns, TILE, packed);
        pack_pixels(dy, pairs.y, count, v->filters, LANES, packed_y);
        for (int p = 0; p < v->filters; p += LANES) {
          Span span = wide ? (Span){0, columns} : span_of(p, v->filters, v->channels, v->groups);
          int used = least(LANES, v->filters - p);
          for (int first = span.first & -TILE; first < span.first + span.count; first += TILE) {
            const float *a = packed + first * count, *b = packed_y + p * count;
            v128_t s[TILE][2];
            for (int r = 0; r < TILE; r++) s[r][0] = s[r][1] = wasm_f32x4_splat(0);
            for (int m = 0; m < count; m++, a += TILE, b += LANES) {
              v128_t b0 = wasm_v128_load(b), b1 = wasm_v128_load(b + 4);
#pragma clang loop unroll(full)
              for (int r = 0; r < TILE; r++) {
                v128_t t = wasm_v128_load32_splat(a + r);
                s[r][0] = madd(t, b0, s[r][0]);
                s[r][1] = madd(t, b1, s[r][1]);
              }
            }
#pragma clang loop unroll(full)
            for (int r = 0; r < TILE; r++) {
              if (first + r >= columns) break;
              if (v->groups == 1 && used == LANES) {
                float *to = target + (first + r) * v->filters + p;
                wasm_v128_store(to, wasm_f32x4_add(wasm_v128_load(to), s[r][0]));
                wasm_v128_store(to + 4, wasm_f32x4_add(wasm_v128_load(to + 4), s[r][1]));
              } else {
                float lane[LANES];
                wasm_v128_store(lane, s[r][0]);
                wasm_v128_store(lane + 4, s[r][1]);
                int row = v->groups == 1 ? first + r : (first + r) % c;
                for (int q = 0; q < used; q++)
                  if (v->groups == 1 || (p + q) / o == (first + r) / c) target[row * v->filters + p + q] += lane[q];
              }
            }
          }
        }
      }
    }
}
