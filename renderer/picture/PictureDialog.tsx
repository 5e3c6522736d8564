import { Copy, Download } from 'lucide-react';
import { useMemo, useState } from 'react';
import { sceneNow } from '../canvas/view.ts';
import { fileNameOf } from '../files/actions.ts';
import { Picked } from '../gallery/Picked.tsx';
import { useEditor } from '../state/editor.ts';
import { Button } from '../ui/Button.tsx';
import { copyText } from '../ui/copy.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { sayError } from '../ui/toasts.tsx';
import type { Theme } from './colours.ts';
import { SvgImage } from './SvgImage.tsx';
import { possibleScale, savePng, saveSvg } from './save.ts';
import { pictureOf } from './svg.ts';

const scales = ['1×', '2×', '4×'] as const;
type Scale = (typeof scales)[number];

/** SVG and PNG of the drawing, as it is shown: what is opened in place is opened in the picture. */
export function PictureDialog({ onClose }: { readonly onClose: () => void }) {
  const shown = useEditor((s) => s.shown.document);
  const [theme, setTheme] = useState<Theme>('light');
  const [figures, setFigures] = useState(true);
  const [scale, setScale] = useState<Scale>('2×');
  const picture = useMemo(
    () => pictureOf(sceneNow(), shown.notes, { theme, figures, title: shown.title, own: shown.blocks }),
    [shown, theme, figures],
  );
  const name = fileNameOf(shown.title);
  const used = possibleScale(picture, Number.parseInt(scale, 10));
  const size = [picture.width, picture.height].map((n) => Math.round(n * used)).join(' × ');
  return (
    <Dialog
      title="Picture of the drawing"
      onClose={onClose}
      width={880}
      foot={
        <>
          <Button onClick={() => void copyText(picture.svg, 'The SVG')}>
            <Copy size={14} aria-hidden="true" /> Copy SVG
          </Button>
          <Button onClick={() => saveSvg(name, picture)}>
            <Download size={14} aria-hidden="true" /> Save SVG
          </Button>
          <Button kind="primary" onClick={() => void savePng(name, picture, used).catch(sayError)}>
            <Download size={14} aria-hidden="true" /> Save PNG
          </Button>
        </>
      }
    >
      <div className="picture-body">
        <div className="picture-preview" data-theme={theme}>
          <SvgImage svg={picture.svg} alt={`The drawing ${shown.title}`} />
        </div>
        <div className="picture-options">
          <Picked
            label="Theme"
            options={['light', 'dark'] as const}
            value={theme}
            help={theme === 'light' ? 'For paper and light pages.' : 'For dark slides.'}
            onChange={setTheme}
          />
          <div className="field">
            <div className="field-label">
              <label htmlFor="picture-figures">Figures</label>
              <input
                id="picture-figures"
                type="checkbox"
                role="switch"
                className="switch"
                checked={figures}
                aria-checked={figures}
                onChange={(e) => setFigures(e.target.checked)}
              />
            </div>
            <span className="field-help">
              Output shapes, parameters and MACs in the nodes. Shapes on wires stay.
            </span>
          </div>
          <Picked
            label="Scale of the PNG"
            options={scales}
            value={scale}
            help={`${size} px${used < Number.parseInt(scale, 10) ? ', the largest that can be drawn' : ''}`}
            onChange={setScale}
          />
        </div>
      </div>
    </Dialog>
  );
}
