import { Copy, Download } from 'lucide-react';
import { useMemo, useState } from 'react';
import { sceneOf } from '../canvas/scene.ts';
import { download, fileNameOf } from '../files/actions.ts';
import { copyText } from '../panels/bottom-copy.ts';
import { useEditor } from '../state/editor.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { sayError } from '../ui/toasts.tsx';
import type { PictureTheme } from './colours.ts';
import { pngOf } from './png.ts';
import { addressOf, type Picture, pictureOf } from './svg.ts';

/** The theme that the page has now. */
export const pageTheme = (): PictureTheme =>
  document.documentElement.dataset.theme === 'dark' ? 'dark' : 'light';

const save = (picture: Picture, name: string, scale: number) =>
  pngOf(picture, scale).then((blob) => download(`${name}.png`, blob), sayError);

/** SVG and PNG of the drawing as it is shown: opened parts stay open. */
export function PictureDialog({ onClose }: { readonly onClose: () => void }) {
  const { shown, opened } = useEditor();
  const [theme, setTheme] = useState(pageTheme);
  const [figures, setFigures] = useState(true);
  const { title, notes, blocks, nodes } = shown.document;
  const picture = useMemo(
    () => pictureOf(sceneOf(shown, [], opened), { theme, title, notes, own: blocks, figures }),
    [shown, opened, theme, title, notes, blocks, figures],
  );
  const name = fileNameOf(title);
  const empty = nodes.length + notes.length === 0;
  const foot = (
    <>
      <span className="picture-size muted">
        {picture.width} × {picture.height} pixels
      </span>
      <Button onClick={() => void copyText(picture.svg, 'The picture, as SVG,')}>
        <Copy size={14} aria-hidden="true" /> Copy SVG
      </Button>
      <Button onClick={() => void save(picture, name, 1)}>Save PNG</Button>
      <Button onClick={() => void save(picture, `${name}@2x`, 2)}>Save PNG, 2×</Button>
      <Button kind="primary" onClick={() => download(`${name}.svg`, picture.svg, 'image/svg+xml')}>
        <Download size={14} aria-hidden="true" /> Save SVG
      </Button>
    </>
  );
  return (
    <Dialog
      title="Picture of the drawing"
      onClose={onClose}
      width={760}
      className="picture-dialog"
      foot={empty ? undefined : foot}
    >
      {empty ? (
        <div className="empty">Nothing is drawn yet, so there is no picture of it.</div>
      ) : (
        <>
          <div className="picture-options">
            <fieldset className="segmented" aria-label="Theme of the picture">
              {(['light', 'dark'] as const).map((t) => (
                <button key={t} type="button" aria-pressed={theme === t} onClick={() => setTheme(t)}>
                  {t === 'light' ? 'Light' : 'Dark'}
                </button>
              ))}
            </fieldset>
            <label>
              <input type="checkbox" checked={figures} onChange={(e) => setFigures(e.target.checked)} />
              Shapes, parameters and MACs
            </label>
          </div>
          <div className="picture-preview" data-theme={theme}>
            <img src={addressOf(picture)} alt={`${title}, as it will be saved`} />
          </div>
        </>
      )}
    </Dialog>
  );
}
