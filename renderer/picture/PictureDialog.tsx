/** SVG and PNG of the drawing. */
export function PictureDialog(_: { readonly onClose: () => void }) {
  return null;
}
