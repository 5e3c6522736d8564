/** The blocks to choose from, left of the drawing. */
export function Palette() {
  return null;
}
