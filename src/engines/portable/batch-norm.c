/*
 * Sums over rows, and batch normalisation in training (Ioffe & Szegedy 2015), x [rows, c] float32, on the memory of
 * tf.js' wasm backend. Built by scripts/kernels/build.sh.
 */
#define EXPORT(name) __attribute__((export_name(#name)))
#define COLUMNS 64 /* summed at a time */
#define ROWS 64    /* summed in float32, and then in float64: hundreds of thousands of rows lose no digits */

typedef enum { VALUE, SQUARED_DEVIATION, TIMES_NORMALISED } Term;

/* out[i] = sum over rows of a term: x; (x - mean)^2; dy * (x - mean) * inverse. */
static inline __attribute__((always_inline)) void sum_rows(Term term, const float *x, const float *dy,
                                                           const float *mean, const float *inverse, float *out,
                                                           int rows, int c, double scale) {
  for (int first = 0; first < c; first += COLUMNS) {
    int width = c - first < COLUMNS ? c - first : COLUMNS;
    double total[COLUMNS] = {0};
    for (int r0 = 0; r0 < rows; r0 += ROWS) {
      float part[COLUMNS] = {0};
      for (int r = r0; r < rows && r < r0 + ROWS; r++) {
        const float *from = x + r * c + first, *gradient = dy + r * c + first;
        for (int i = 0; i < width; i++) {
          if (term == VALUE) part[i] += from[i];
          float deviation = term == VALUE ? 0 : from[i] - mean[first + i];
          if (term == SQUARED_DEVIATION) part[i] += deviation * deviation;
          if (term == TIMES_NORMALISED) part[i] += gradient[i] * deviation * inverse[first + i];
        }
      }
      for (int i = 0; i < width; i++) total[i] += part[i];
    }
    for (int i = 0; i < width; i++) out[first + i] = total[i] * scale;
  }
}

EXPORT(column_sums)
void column_sums(const float *x, float *out, int rows, int c) { sum_rows(VALUE, x, x, x, x, out, rows, c, 1); }

/* Mean and biased variance of each channel; two passes, so no cancellation. */
EXPORT(batch_norm_statistics)
void batch_norm_statistics(const float *x, float *mean, float *variance, int rows, int c) {
  sum_rows(VALUE, x, x, mean, mean, mean, rows, c, 1.0 / rows);
  sum_rows(SQUARED_DEVIATION, x, x, mean, mean, variance, rows, c, 1.0 / rows);
}

EXPORT(batch_norm_apply)
void batch_norm_apply(const float *x, const float *mean, const float *inverse, const float *gamma, const float *beta,
                      float *y, int rows, int c) {
  for (int r = 0; r < rows; r++)
    for (int i = 0; i < c; i++) y[r * c + i] = (x[r * c + i] - mean[i]) * inverse[i] * gamma[i] + beta[i];
}

/* dx = gamma * inverse * (dy - mean(dy) - xhat * mean(dy * xhat)); dgamma = sum(dy * xhat); dbeta = sum(dy). */
EXPORT(batch_norm_gradient)
void batch_norm_gradient(const float *x, const float *dy, const float *mean, const float *inverse, const float *gamma,
                         float *dx, float *dgamma, float *dbeta, int rows, int c) {
  sum_rows(TIMES_NORMALISED, x, dy, mean, inverse, dgamma, rows, c, 1);
  sum_rows(VALUE, dy, dy, mean, mean, dbeta, rows, c, 1);
  for (int r = 0; r < rows; r++)
    for (int i = 0; i < c; i++) {
      float hat = (x[r * c + i] - mean[i]) * inverse[i];
      dx[r * c + i] = gamma[i] * inverse[i] * (dy[r * c + i] - (dbeta[i] + hat * dgamma[i]) / rows);
    }
}
