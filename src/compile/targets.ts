/** What the loss wants of a batch where a picture is not simply of one class. */
import type { Batch } from '../data/pipeline.ts';

export interface LossOptions {
  /** Share of each label that is spread over all classes. Szegedy et al. 2015, section 7. */
  readonly labelSmoothing: number;
  /** What a picture of each class counts; absent: all the same. */
  readonly weightOfClass?: readonly number[];
}

export interface Targets {
  /** [count, classes]: the loss is −Σ coefficients · log softmax. */
  readonly coefficients: Float32Array;
  /** [count, classes]: how right each answer would be. */
  readonly truth: Float32Array;
}

/**
 * Undefined where the loss is the mean cross entropy with one label a picture.
 *
 * With q = (1 − ε) · truth + ε / classes and the class weights w the loss is Σ w · q · −log p / Σ w · truth, both over
 * pictures and classes: for one label a picture that of torch.nn.CrossEntropyLoss(weight, label_smoothing=ε), for
 * pictures that were mixed by one share the authors' share · loss(first) + (1 − share) · loss(second).
 */
export function targetsOf(
  { labels, count, mixed }: Batch,
  classes: number,
  { labelSmoothing, weightOfClass }: LossOptions,
): Targets | undefined {
  if (labelSmoothing === 0 && !weightOfClass && !mixed) return undefined;
  const truth = new Float32Array(count * classes);
  const add = (picture: number, label: number, share: number) => {
    const at = picture * classes + label;
    truth[at] = (truth[at] as number) + share;
  };
  for (let i = 0; i < count; i++) {
    const share = mixed ? (mixed.shares[i] as number) : 1;
    add(i, labels[i] as number, share);
    if (mixed) add(i, mixed.labels[i] as number, 1 - share);
  }
  const weight = (i: number) => weightOfClass?.[i % classes] ?? 1;
  const total = truth.reduce((sum, share, i) => sum + share * weight(i), 0);
  const coefficients = truth.map(
    (share, i) => (((1 - labelSmoothing) * share + labelSmoothing / classes) * weight(i)) / total,
  );
  return { coefficients, truth };
}
