/*
 * Batch normalisation in training (Ioffe & Szegedy 2015), x [rows, c] float32, on the memory of tf.js' wasm backend.
 * Built by scripts/kernels/build.sh.
 */

#define EXPORT(name) __attribute__((export_name(#name)))

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
