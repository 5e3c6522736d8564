/** Templates to begin with, as a dialog. */
export function Gallery(_: { readonly onClose: () => void }) {
  return null;
}
