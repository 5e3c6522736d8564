/** Export of a run or of the drawing. */
export function ExportDialog(_: { readonly run: string | null; readonly onClose: () => void }) {
  return null;
}
