/** The one instance of tf.js that everything shares. Its Node bundle loads no native code by itself. */
import * as tf from '@tensorflow/tfjs';

export type { Tensor, Tensor1D, Tensor2D, Tensor3D, Tensor4D, Variable } from '@tensorflow/tfjs';
export { tf };
