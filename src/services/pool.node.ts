/** Node's pool of threads in a trainer: a step of TensorFlow runs there, and so does the decoding of pictures. */
import { availableParallelism } from 'node:os';

/** Two decodes for each thread that makes batches (data/batch-workers.node.ts), and the step beside them. */
export const poolEnvironment = (processors = availableParallelism()): Record<string, string> => ({
  UV_THREADPOOL_SIZE: process.env.UV_THREADPOOL_SIZE || `${Math.max(4, Math.min(12, processors + 2))}`,
});
