/**
 * What is known of the gain before this machine has measured it. A step of d2l's ResNet-18 on two cores, TensorFlow's
 * time as a share of the portable engine's: on a quiet machine, 96 × 96 pictures, 0.32 (5.8 s for 128 pictures on
 * 2026-11-24, and 0.92 s for 64 in probes.md); beside other programs, medians of three probes in turn, 0.49 at 96 × 96,
 * batch 64, and 0.43 at 32 × 32, batch 32.
 */
export const KNOWN_GAIN =
  'Where it was measured, on two cores, a step of ResNet-18 took between a third and a half of the time.';
