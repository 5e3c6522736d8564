/** Past runs. */
export function RunsView() {
  return null;
}
