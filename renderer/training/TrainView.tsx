/** Recipe, start, live view. */
export function TrainView() {
  return null;
}
