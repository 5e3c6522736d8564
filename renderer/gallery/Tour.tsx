/** The first-run tour; which step stands in useApp. */
export function Tour() {
  return null;
}
