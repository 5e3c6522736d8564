/** The drawing. Fills its parent. */
export function Canvas() {
  return <div data-scope="canvas" />;
}
