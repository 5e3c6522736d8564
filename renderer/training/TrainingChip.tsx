/** In the header: what is being trained, how far. */
export function TrainingChip() {
  return null;
}
