/* Gradient of max pooling, NHWC float32, on the memory of tf.js' wasm backend. Built by scripts/kernels/build.sh. */
#include <wasm_simd128.h>

/* Of equal largest values the first in the window gets the gradient, as in PyTorch and in tf.js' own cpu backend. */
__attribute__((export_name("max_pool_gradient"))) void max_pool_gradient(const float *x, const float *dy, float *dx,
                                                                         int n, int h, int w, int c, int oh, int ow,
                                                                         int kh, int kw, int sh, int sw, int top,
                                                                         int left) {
  __builtin_memset(dx, 0, sizeof(float) * n * h * w * c);
  for (int image = 0; image < n; image++)
    for (int y = 0; y < oh; y++)
      for (int z = 0; z < ow; z++, dy += c) {
        int y0 = y * sh - top, z0 = z * sw - left;
        int y1 = y0 + kh < h ? y0 + kh : h, z1 = z0 + kw < w ? z0 + kw : w;
        if (y0 < 0) y0 = 0;
        if (z0 < 0) z0 = 0;
        int corner = ((image * h + y0) * w + z0) * c, p = 0;
        for (; p + 4 <= c; p += 4) {
          v128_t largest = wasm_v128_load(x + corner + p), place = wasm_i32x4_splat(corner);
          for (int iy = y0; iy < y1; iy++)
            for (int ix = z0; ix < z1; ix++) {
              int at = ((image * h + iy) * w + ix) * c;
              v128_t value = wasm_v128_load(x + at + p), more = wasm_f32x4_gt(value, largest);
              largest = wasm_v128_bitselect(value, largest, more);
              place = wasm_v128_bitselect(wasm_i32x4_splat(at), place, more);
            }
          dx[wasm_i32x4_extract_lane(place, 0) + p] += dy[p];
          dx[wasm_i32x4_extract_lane(place, 1) + p + 1] += dy[p + 1];
          dx[wasm_i32x4_extract_lane(place, 2) + p + 2] += dy[p + 2];
          dx[wasm_i32x4_extract_lane(place, 3) + p + 3] += dy[p + 3];
        }
        for (; p < c; p++) {
          int place = corner;
          for (int iy = y0; iy < y1; iy++)
            for (int ix = z0; ix < z1; ix++) {
              int at = ((image * h + iy) * w + ix) * c;
              if (x[at + p] > x[place + p]) place = at;
            }
          dx[place + p] += dy[p];
        }
      }
}
