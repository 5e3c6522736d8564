/** Asks for the name and the repeat of a block that the selection becomes. */
export function GroupDialog(_: { readonly onClose: () => void }) {
  return null;
}
