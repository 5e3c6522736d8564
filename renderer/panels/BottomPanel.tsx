/** Problems, Summary or Code, below the drawing; which one stands in useApp. */
export function BottomPanel() {
  return null;
}
