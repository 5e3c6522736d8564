/** What an empty drawing says; lies over the canvas. */
export function Welcome() {
  return null;
}
