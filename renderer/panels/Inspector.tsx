/** What is selected, right of the drawing. */
export function Inspector() {
  return null;
}
