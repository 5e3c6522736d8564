/** A TensorFlow library on this machine, as its files tell; none of them was loaded. */
export interface TensorFlowLibrary {
  /** Holds the two files. */
  readonly folder: string;
  /** The C API: libtensorflow_cc of a wheel, or an official libtensorflow. */
  readonly cc: string;
  /** libtensorflow_framework; on Windows the same file as `cc`. */
  readonly framework: string;
  /** Empty where the files do not tell; the library itself does when it is loaded. */
  readonly version: string;
  /** Named by the person, installed by Stemma, part of a Python package, downloaded by tfjs-node-gpu. */
  readonly source: 'named' | 'installed' | 'python' | 'tfjs-node';
  /** CUDA's libraries lie where it looks for them; whether there is a GPU is another matter. */
  readonly gpu: boolean;
  /** The fastest number of threads, measured when it was installed. */
  readonly threads?: number;
}

export interface Looked {
  readonly place: string;
  /** Why it is not used, in one sentence. */
  readonly why: string;
}

export interface Located {
  readonly library?: TensorFlowLibrary;
  /** Places that were passed over, in order. */
  readonly looked: readonly Looked[];
}
