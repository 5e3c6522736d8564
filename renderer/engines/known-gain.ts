/**
 * What is known of the gain before this machine has measured it: a step of d2l's ResNet-18 on both engines in turn, on
 * two cores that others used too (bench/results/2026-11-24-amd-epyc-2-cores.md): 1,944 and 5,931 ms at 96 × 96, batch
 * 64; 142 and 284 ms at 32 × 32, batch 32.
 */
export const KNOWN_GAIN =
  'Where it was measured, on two cores, a step of ResNet-18 took between a third and a half of the time.';
