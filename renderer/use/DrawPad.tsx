import { Eraser, Undo2 } from 'lucide-react';
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import type { AskedPicture } from '../../src/services/contract.ts';
import { Button } from '../ui/Button.tsx';
import { fitDigit } from './digit.ts';
import { base64Of } from './files.ts';
import { askDrawing } from './store.ts';
import { greyOf, PAD, type Point, paintStrokes, type Stroke } from './strokes.ts';

/** Time between two questions while the pen moves. */
const ASK_EVERY_MS = 120;
const KEY_STEP = 12;

function pictureOf(strokes: readonly Stroke[], isFitted: boolean): AskedPicture | null {
  const grey = strokes.length > 0 ? greyOf(strokes) : undefined;
  const shown = grey && isFitted ? fitDigit(grey) : grey;
  if (!shown) return null;
  const { data, height, width } = shown;
  return { pixels: base64Of(data), height, width, channels: 1 };
}

/** The last change is always asked; those between when it is time. */
function useAsking(strokes: readonly Stroke[], isFitted: boolean): void {
  const asked = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    const wait = Math.max(0, asked.current + ASK_EVERY_MS - performance.now());
    const timer = setTimeout(() => {
      asked.current = performance.now();
      askDrawing(pictureOf(strokes, isFitted));
    }, wait);
    return () => clearTimeout(timer);
  }, [strokes, isFitted]);
}

const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
};
const within = (value: number) => Math.min(PAD, Math.max(0, value));

/** A place to draw a digit, by pointer or by keys; the network answers as it is drawn. */
export function DrawPad({ digits }: { readonly digits: boolean }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [strokes, setStrokes] = useState<readonly Stroke[]>([]);
  const [isFitted, setFitted] = useState(digits);
  /** Moved by keys; null: nobody has. */
  const [pen, setPen] = useState<(Point & { readonly isDown: boolean }) | null>(null);
  const isDrawing = useRef(false);
  useAsking(strokes, isFitted);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (context) paintStrokes(context, strokes);
  }, [strokes]);
  const lengthen = (points: readonly Point[]) =>
    setStrokes((all) => [...all.slice(0, -1), [...(all.at(-1) ?? []), ...points]]);
  const undo = () => setStrokes((all) => all.slice(0, -1));
  const placeOf = (event: { clientX: number; clientY: number }): Point => {
    const box = canvas.current?.getBoundingClientRect();
    if (!box) return { x: 0, y: 0 };
    return {
      x: ((event.clientX - box.left) / box.width) * PAD,
      y: ((event.clientY - box.top) / box.height) * PAD,
    };
  };
  const onPointerDown = (event: PointerEvent<HTMLCanvasElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    isDrawing.current = true;
    setPen(null);
    setStrokes((all) => [...all, [placeOf(event)]]);
  };
  const onPointerMove = (event: PointerEvent<HTMLCanvasElement>) => {
    if (!isDrawing.current) return;
    const all = event.nativeEvent.getCoalescedEvents?.() ?? [];
    lengthen((all.length > 0 ? all : [event.nativeEvent]).map(placeOf));
  };
  const endStroke = () => {
    isDrawing.current = false;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'z') {
      event.preventDefault();
      undo();
      return;
    }
    const arrow = arrows[event.key];
    if (!arrow && event.key !== ' ') return;
    event.preventDefault();
    const now = pen ?? { x: PAD / 2, y: PAD / 3, isDown: false };
    if (!arrow) {
      if (!now.isDown) setStrokes((all) => [...all, [{ x: now.x, y: now.y }]]);
      setPen({ ...now, isDown: !now.isDown });
      return;
    }
    const to = { x: within(now.x + arrow[0] * KEY_STEP), y: within(now.y + arrow[1] * KEY_STEP) };
    setPen({ ...to, isDown: now.isDown });
    if (now.isDown) lengthen([to]);
  };
  return (
    <div className="pad">
      <div className="pad-area">
        <div
          className="pad-keys"
          role="application"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: it is drawn on by keys too.
          tabIndex={0}
          aria-label={PAD_WORDS}
          onKeyDown={onKeyDown}
        >
          <canvas
            ref={canvas}
            data-testid="pad"
            width={PAD}
            height={PAD}
            {...{ onPointerDown, onPointerMove }}
            onPointerUp={endStroke}
            onPointerCancel={endStroke}
          />
          {pen && (
            <span
              className={pen.isDown ? 'pad-pen down' : 'pad-pen'}
              style={{ left: `${(100 * pen.x) / PAD}%`, top: `${(100 * pen.y) / PAD}%` }}
              aria-hidden
            />
          )}
        </div>
        {strokes.length === 0 && !pen && <span className="pad-hint">Draw here</span>}
      </div>
      <div className="controls">
        <Button disabled={strokes.length === 0} onClick={undo}>
          <Undo2 size={14} /> Undo
        </Button>
        <Button disabled={strokes.length === 0} onClick={() => setStrokes([])}>
          <Eraser size={14} /> Clear
        </Button>
      </div>
      <label className="check">
        <input type="checkbox" checked={isFitted} onChange={(e) => setFitted(e.target.checked)} />
        <span>
          Fit it as MNIST’s digits were
          <span className="muted">
            {' '}
            into a box of 20 × 20, with its centre of mass in the middle of 28 × 28
          </span>
        </span>
      </label>
      <p className="muted pad-words">With keys: arrows move the pen, Space puts it down or lifts it.</p>
    </div>
  );
}

const PAD_WORDS = 'Drawing area. Arrow keys move the pen, Space puts it down or lifts it, Ctrl+Z undoes.';
