import { type KeyboardEvent, type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { SvgImage } from '../picture/SvgImage.tsx';
import type { MarkedPicture } from './marked-picture.ts';
import { type Marks, type Side, signs } from './marks.ts';
import { panBy, usePanes, zoomBy } from './pane-view.ts';

interface DrawingPaneProps {
  readonly side: Side;
  readonly title: string;
  readonly picture: MarkedPicture;
  readonly marks: Marks;
  readonly nameOf: (id: string) => string;
  /** Id of the node that is looked at. */
  readonly chosen: string | null;
  readonly onChoose: (id: string) => void;
  readonly onFit: () => void;
}

const NUDGE = 60;

function useSize(ref: RefObject<HTMLElement | null>) {
  const [size, setSize] = useState({ width: 0, height: 0 });
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const observer = new ResizeObserver(() =>
      setSize({ width: element.clientWidth, height: element.clientHeight }),
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return size;
}

function fromMiddle(e: { clientX: number; clientY: number }, element: HTMLElement) {
  const box = element.getBoundingClientRect();
  return { x: e.clientX - box.left - box.width / 2, y: e.clientY - box.top - box.height / 2 };
}

/** One of two drawings; both move together. */
export function DrawingPane(props: DrawingPaneProps) {
  const { side, title, picture, marks, nameOf, chosen, onChoose, onFit } = props;
  const { frame, boxes, svg } = picture;
  const ref = useRef<HTMLElement>(null);
  const held = useRef<{ x: number; y: number } | null>(null);
  const size = useSize(ref);
  const { zoom, x, y, at } = usePanes();
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    // React's own listener is passive and could not keep the page from scrolling.
    const onWheel = (e: WheelEvent) => {
      e.preventDefault();
      if (e.ctrlKey || e.metaKey) zoomBy(1.0015 ** -e.deltaY, fromMiddle(e, element));
      else panBy(-e.deltaX, -e.deltaY);
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, []);
  const onKeyDown = (e: KeyboardEvent) => {
    const pan = { ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[e.key];
    if (pan) panBy((pan[0] as number) * NUDGE, (pan[1] as number) * NUDGE);
    else if (e.key === '+' || e.key === '=') zoomBy(1.25);
    else if (e.key === '-') zoomBy(0.8);
    else if (e.key === '0') onFit();
    else return;
    e.preventDefault();
  };
  const onPointerMove = (e: PointerEvent) => {
    if (!held.current) return;
    panBy(e.clientX - held.current.x, e.clientY - held.current.y);
    held.current = { x: e.clientX, y: e.clientY };
  };
  const left = size.width / 2 + x - (at[side].x - frame.x) * zoom;
  const top = size.height / 2 + y - (at[side].y - frame.y) * zoom;
  return (
    <section
      ref={ref}
      className="pane"
      aria-label={title}
      data-testid={`pane-${side}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: arrows move it, + and − zoom it.
      tabIndex={0}
      onKeyDown={onKeyDown}
      onPointerDown={(e) => {
        if ((e.target as HTMLElement).closest('button')) return;
        held.current = { x: e.clientX, y: e.clientY };
        e.currentTarget.setPointerCapture(e.pointerId);
      }}
      onPointerMove={onPointerMove}
      onPointerUp={() => {
        held.current = null;
      }}
    >
      <div
        className="pane-picture"
        style={{ left, top, width: frame.width * zoom, height: frame.height * zoom }}
      >
        <SvgImage svg={svg} alt={title} />
        {[...marks.nodes].map(([id, { kind, lines }]) => {
          const box = boxes.get(id);
          if (!box) return null;
          return (
            <button
              key={id}
              type="button"
              tabIndex={-1}
              className="pane-node"
              aria-pressed={chosen === id}
              aria-label={`${nameOf(id)}: ${kind}${lines.length > 0 ? `, ${lines.join(', ')}` : ''}`}
              title={[`${signs[kind]} ${kind}`, ...lines].join('\n')}
              style={{
                left: (box.x - frame.x - 4) * zoom,
                top: (box.y - frame.y - 4) * zoom,
                width: (box.width + 8) * zoom,
                height: (box.height + 8) * zoom,
              }}
              onClick={() => onChoose(id)}
            />
          );
        })}
        {chosen !== null && !marks.nodes.has(chosen) && boxes.has(chosen) && (
          <Ring
            box={boxes.get(chosen) as { x: number; y: number; width: number; height: number }}
            {...{ frame, zoom }}
          />
        )}
      </div>
    </section>
  );
}

interface RingProps {
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  readonly frame: { readonly x: number; readonly y: number };
  readonly zoom: number;
}

/** Round what did not change itself, but stands where the other drawing differs. */
function Ring({ box, frame, zoom }: RingProps) {
  return (
    <div
      className="pane-ring"
      style={{
        left: (box.x - frame.x - 6) * zoom,
        top: (box.y - frame.y - 6) * zoom,
        width: (box.width + 12) * zoom,
        height: (box.height + 12) * zoom,
      }}
    />
  );
}
