/*
 * What tf.js' wasm backend lacks for training, in 128-bit SIMD, on that backend's own memory.
 * Tensors are NHWC float32; filters [kh, kw, channels / groups, filters]. Built by scripts/kernels/build.sh.
 */
#include <wasm_simd128.h>

#define EXPORT(name) __attribute__((export_name(#name)))
#define BLOCK 256 /* pixels packed at a time: both panels stay in the first-level cache */

static inline v128_t madd(v128_t a, v128_t b, v128_t c) { return wasm_f32x4_add(wasm_f32x4_mul(a, b), c); }

/* Adds lanes of `sum` to target[0 .. n), n <= 4. */
static inline void add_lanes(float *target, v128_t sum, int n) {
  if (n >= 4) {
    wasm_v128_store(target, wasm_f32x4_add(wasm_v128_load(target), sum));
    return;
  }
  float lane[4];
  wasm_v128_store(lane, sum);
  for (int i = 0; i < n; i++) target[i] += lane[i];
}

/*
 * Gradient of a filter: out[ki, kj, c, o] = sum over pixels of x[pixel shifted by (ki, kj), c] * dy[pixel, o].
 * c runs over one group's channels and o over its filters; x and dy step by all channels. A packed matrix product
 * with a 4 x 8 register tile. scratch_x holds BLOCK * ceil4(c) floats, scratch_y BLOCK * ceil8(o).
 */
EXPORT(conv_filter_gradient)
void conv_filter_gradient(const float *x, const float *dy, float *out, int n, int h, int w, int channels, int c,
                          int oh, int ow, int filters, int o, int kh, int kw, int sh, int sw, int dh, int dw, int top,
                          int left, float *scratch_x, float *scratch_y) {
  int c_panels = (c + 3) / 4, o_panels = (o + 7) / 8, pixels = n * oh * ow;
  for (int k = 0; k < kh * kw * c; k++)
    for (int i = 0; i < o; i++) out[(long)k * filters + i] = 0;
  for (int first = 0; first < pixels; first += BLOCK) {
    int count = pixels - first < BLOCK ? pixels - first : BLOCK;
    for (int p = 0; p < o_panels; p++)
      for (int m = 0; m < count; m++) {
        const float *from = dy + (long)(first + m) * filters + p * 8;
        float *to = scratch_y + ((long)p * count + m) * 8;
        if (p * 8 + 8 <= o) {
          wasm_v128_store(to, wasm_v128_load(from));
          wasm_v128_store(to + 4, wasm_v128_load(from + 4));
        } else {
          for (int q = 0; q < 8; q++) to[q] = p * 8 + q < o ? from[q] : 0;
        }
      }
    for (int ki = 0; ki < kh; ki++)
      for (int kj = 0; kj < kw; kj++) {
        int image = first / (oh * ow), rest = first - image * oh * ow, y = rest / ow, z = rest - y * ow;
        for (int m = 0; m < count; m++) {
          int iy = y * sh + ki * dh - top, ix = z * sw + kj * dw - left;
          float *to = scratch_x + (long)m * 4;
          int inside = (unsigned)iy < (unsigned)h && (unsigned)ix < (unsigned)w;
          const float *from = x + (((long)image * h + iy) * w + ix) * channels;
          for (int p = 0; p < c_panels; p++)
            for (int q = 0; q < 4; q++)
              to[(long)p * count * 4 + q] = inside && p * 4 + q < c ? from[p * 4 + q] : 0;
          if (++z == ow) {
            z = 0;
            if (++y == oh) {
              y = 0;
              image++;
            }
          }
        }
        float *target = out + (long)(ki * kw + kj) * c * filters;
        for (int op = 0; op < o_panels; op++)
          for (int cp = 0; cp < c_panels; cp++) {
            const float *a = scratch_x + (long)cp * count * 4, *b = scratch_y + (long)op * count * 8;
            v128_t s[4][2];
            for (int r = 0; r < 4; r++) s[r][0] = s[r][1] = wasm_f32x4_splat(0);
            for (int m = 0; m < count; m++, a += 4, b += 8) {
              v128_t b0 = wasm_v128_load(b), b1 = wasm_v128_load(b + 4);
#pragma clang loop unroll(full)
              for (int r = 0; r < 4; r++) {
                v128_t t = wasm_v128_load32_splat(a + r);
                s[r][0] = madd(t, b0, s[r][0]);
                s[r][1] = madd(t, b1, s[r][1]);
              }
            }
            for (int r = 0; r < 4 && cp * 4 + r < c; r++) {
              float *row = target + (long)(cp * 4 + r) * filters + op * 8;
              add_lanes(row, s[r][0], o - op * 8);
              if (o - op * 8 > 4) add_lanes(row + 4, s[r][1], o - op * 8 - 4);
            }
          }
      }
  }
}

/* filter [k, c, o] -> [k reversed, o, c]: the filter that carries gradients back to the input. */
EXPORT(flip_filter)
void flip_filter(const float *filter, float *out, int k, int c, int o) {
  for (int i = 0; i < k; i++) {
    const float *from = filter + (long)i * c * o;
    float *to = out + (long)(k - 1 - i) * c * o;
    for (int c0 = 0; c0 < c; c0 += 16)
      for (int o0 = 0; o0 < o; o0 += 16) {
        int c1 = c0 + 16 < c ? c0 + 16 : c, o1 = o0 + 16 < o ? o0 + 16 : o;
        for (int q = o0; q < o1; q++)
          for (int p = c0; p < c1; p++) to[(long)q * c + p] = from[(long)p * o + q];
      }
  }
}

/* Grouped convolution, directly. */
EXPORT(grouped_conv)
void grouped_conv(const float *x, const float *filter, float *out, int n, int h, int w, int channels, int oh, int ow,
                  int filters, int groups, int kh, int kw, int sh, int sw, int dh, int dw, int top, int left) {
  int c = channels / groups, o = filters / groups;
  for (int image = 0; image < n; image++)
    for (int y = 0; y < oh; y++)
      for (int z = 0; z < ow; z++) {
        float *to = out + (((long)image * oh + y) * ow + z) * filters;
        for (int i = 0; i < filters; i++) to[i] = 0;
        for (int ki = 0; ki < kh; ki++) {
          int iy = y * sh + ki * dh - top;
          if ((unsigned)iy >= (unsigned)h) continue;
          for (int kj = 0; kj < kw; kj++) {
            int ix = z * sw + kj * dw - left;
            if ((unsigned)ix >= (unsigned)w) continue;
            const float *from = x + (((long)image * h + iy) * w + ix) * channels;
            const float *tap = filter + (long)(ki * kw + kj) * c * filters;
            for (int g = 0; g < groups; g++)
              for (int p = 0; p < c; p++) {
                float value = from[g * c + p];
                const float *row = tap + (long)p * filters + g * o;
                for (int q = 0; q < o; q++) to[g * o + q] += value * row[q];
              }
          }
        }
      }
}

/* Gradient of any convolution, grouped, strided or dilated, for its input; scatters each output's gradient. */
EXPORT(conv_input_gradient)
void conv_input_gradient(const float *dy, const float *filter, float *out, int n, int h, int w, int channels, int oh,
                         int ow, int filters, int groups, int kh, int kw, int sh, int sw, int dh, int dw, int top,
                         int left) {
  int c = channels / groups, o = filters / groups;
  long total = (long)n * h * w * channels;
  for (long i = 0; i < total; i++) out[i] = 0;
  for (int image = 0; image < n; image++)
    for (int y = 0; y < oh; y++)
      for (int z = 0; z < ow; z++) {
        const float *from = dy + (((long)image * oh + y) * ow + z) * filters;
        for (int ki = 0; ki < kh; ki++) {
          int iy = y * sh + ki * dh - top;
          if ((unsigned)iy >= (unsigned)h) continue;
          for (int kj = 0; kj < kw; kj++) {
            int ix = z * sw + kj * dw - left;
            if ((unsigned)ix >= (unsigned)w) continue;
            float *to = out + (((long)image * h + iy) * w + ix) * channels;
            const float *tap = filter + (long)(ki * kw + kj) * c * filters;
            for (int g = 0; g < groups; g++)
              for (int p = 0; p < c; p++) {
                const float *row = tap + (long)p * filters + g * o;
                float sum = 0;
                for (int q = 0; q < o; q++) sum += from[g * o + q] * row[q];
                to[g * c + p] += sum;
              }
          }
        }
      }
}

/* Mean and biased variance of each channel over `rows` rows (Ioffe & Szegedy 2015); two passes, so no cancellation. */
EXPORT(batch_norm_statistics)
void batch_norm_statistics(const float *x, float *mean, float *variance, int rows, int c) {
  for (int i = 0; i < c; i++) mean[i] = variance[i] = 0;
  for (int r = 0; r < rows; r++)
    for (int i = 0; i < c; i++) mean[i] += x[(long)r * c + i];
  for (int i = 0; i < c; i++) mean[i] /= rows;
  for (int r = 0; r < rows; r++)
    for (int i = 0; i < c; i++) {
      float d = x[(long)r * c + i] - mean[i];
      variance[i] += d * d;
    }
  for (int i = 0; i < c; i++) variance[i] /= rows;
}

EXPORT(batch_norm_apply)
void batch_norm_apply(const float *x, const float *mean, const float *inverse, const float *gamma, const float *beta,
                      float *y, int rows, int c) {
  for (int r = 0; r < rows; r++)
    for (int i = 0; i < c; i++)
      y[(long)r * c + i] = (x[(long)r * c + i] - mean[i]) * inverse[i] * gamma[i] + beta[i];
}

/* dx = gamma * inverse * (dy - mean(dy) - xhat * mean(dy * xhat)); dgamma = sum(dy * xhat); dbeta = sum(dy). */
EXPORT(batch_norm_gradient)
void batch_norm_gradient(const float *x, const float *dy, const float *mean, const float *inverse, const float *gamma,
                         float *dx, float *dgamma, float *dbeta, int rows, int c) {
  for (int i = 0; i < c; i++) dgamma[i] = dbeta[i] = 0;
  for (int r = 0; r < rows; r++)
    for (int i = 0; i < c; i++) {
      float g = dy[(long)r * c + i];
      dbeta[i] += g;
      dgamma[i] += g * (x[(long)r * c + i] - mean[i]) * inverse[i];
    }
  for (int r = 0; r < rows; r++)
    for (int i = 0; i < c; i++) {
      float hat = (x[(long)r * c + i] - mean[i]) * inverse[i];
      dx[(long)r * c + i] = gamma[i] * inverse[i] * (dy[(long)r * c + i] - (dbeta[i] + hat * dgamma[i]) / rows);
    }
}
