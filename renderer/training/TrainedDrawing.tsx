import { useMemo } from 'react';
import { diagnose, lower, summaryOf } from '../../src/lower/index.ts';
import { sceneOf } from '../canvas/scene.ts';
import { parseDrawing, startFrom } from '../files/actions.ts';
import { SvgImage } from '../picture/SvgImage.tsx';
import { pictureOf } from '../picture/svg.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { exact, shape, short } from '../ui/format.ts';
import { useTheme } from '../ui/theme.ts';
import { sayError } from '../ui/toasts.tsx';

/** Puts a stored drawing in the place of the present one. */
export function openStored(text: string, title: string): void {
  try {
    startFrom(parseDrawing(text, title));
  } catch (error) {
    sayError(error);
  }
}

/** A stored drawing, as the canvas would show it. */
function DrawingPicture({ text, title }: { readonly text: string; readonly title: string }) {
  const theme = useTheme();
  const svg = useMemo(() => {
    const drawing = parseDrawing(text, title);
    const lowered = lower(drawing);
    const options = { theme, figures: true, title, own: drawing.blocks };
    return pictureOf(sceneOf(lowered, diagnose(lowered)), drawing.notes, options).svg;
  }, [text, title, theme]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard.
    <section className="drawing-picture" aria-label="Picture of the drawing" tabIndex={0}>
      <SvgImage svg={svg} alt={`The drawing ${title}`} />
    </section>
  );
}

/** A stored drawing and its parts. */
export function DrawingTable({ text, title }: { readonly text: string; readonly title: string }) {
  const summary = useMemo(() => summaryOf(parseDrawing(text, title)), [text, title]);
  return (
    <>
      <p className="drawing-totals">
        <b>{exact(summary.params)}</b> parameters · <b>{short(summary.macs)}</b> multiply-adds a picture
      </p>
      <div className="drawing-both">
        <DrawingPicture text={text} title={title} />
        <div className="drawing-table">
          <table className="table text-selectable">
            <thead>
              <tr>
                <th>Part</th>
                <th>Type</th>
                <th className="number">Output</th>
                <th className="number">Parameters</th>
              </tr>
            </thead>
            <tbody>
              {summary.parts.map((part) => (
                <tr key={part.name}>
                  <td>{part.name}</td>
                  <td className="muted">{part.type}</td>
                  <td className="number">{shape(part.shape)}</td>
                  <td className="number">{exact(part.params)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </div>
    </>
  );
}

interface TrainedDialogProps {
  readonly text: string;
  readonly title: string;
  readonly onClose: () => void;
}

/** What is being trained, where the drawing has moved on. */
export function TrainedDialog({ text, title, onClose }: TrainedDialogProps) {
  return (
    <Dialog
      title={`"${title}", as it is trained`}
      onClose={onClose}
      width={600}
      foot={
        <>
          <Button onClick={onClose}>Close</Button>
          <Button
            onClick={() => {
              onClose();
              openStored(text, title);
            }}
          >
            Open as a new drawing
          </Button>
        </>
      }
    >
      <DrawingTable text={text} title={title} />
    </Dialog>
  );
}
