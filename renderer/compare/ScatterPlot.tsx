import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { figureKinds, showFigure } from '../../src/compare/figures.ts';
import { startFrom } from '../files/actions.ts';
import { SvgImage } from '../picture/SvgImage.tsx';
import { useApp } from '../state/app.ts';
import { documentNow } from '../state/editor.ts';
import { useTheme } from '../ui/theme.ts';
import { coloursNow } from './save-scatter.ts';
import { DOT, type Dot, type ScatterChoice, scatterOf } from './scatter.ts';
import { scatterSvg } from './scatter-svg.ts';
import { openRunOf, runOf } from './subjects.ts';
import { templateLike } from './templates.ts';
import { type TradePoint, tradeAxes } from './trade-points.ts';

const LEAST_HEIGHT = 320;
const CARD = { width: 240, height: 190 };

const kindWords: Readonly<Record<TradePoint['kind'], string>> = {
  run: 'Run',
  open: 'The open drawing, not trained yet',
  template: 'Template, not trained yet',
};

function open({ subject }: TradePoint): void {
  const run = runOf(subject);
  if (run !== null) openRunOf(run);
  else if (subject === 'open') useApp.setState({ view: 'design' });
  else startFrom(templateLike(subject.slice('template:'.length), documentNow()));
}

/** 'ResNet-18: Test accuracy 93 %, Parameters 11.2 M' */
function wordsOf({ label, figures }: TradePoint, { x, y }: ScatterChoice): string {
  const told = [y, x].map((key) => `${figureKinds[key].title} ${showFigure(key, figures[key])}`);
  return `${label}: ${told.join(', ')}`;
}

/** From a point to the next to the left or right. */
function onArrow(e: KeyboardEvent<HTMLUListElement>): void {
  const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[e.key];
  if (by === undefined) return;
  const dots = [...e.currentTarget.querySelectorAll<HTMLElement>('.scatter-dot')].sort(
    (a, b) => a.offsetLeft - b.offsetLeft || a.offsetTop - b.offsetTop,
  );
  dots[dots.indexOf(document.activeElement as HTMLElement) + by]?.focus();
  e.preventDefault();
}

interface ScatterPlotProps {
  readonly points: readonly TradePoint[];
  readonly choice: ScatterChoice;
}

export function ScatterPlot({ points, choice }: ScatterPlotProps) {
  const box = useRef<HTMLDivElement>(null);
  const [{ width, height }, setSize] = useState({ width: 0, height: 0 });
  const [hovered, setHovered] = useState<Dot | null>(null);
  const [stop, setStop] = useState(0);
  const theme = useTheme();
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const observer = new ResizeObserver(() =>
      setSize({ width: element.clientWidth, height: Math.max(LEAST_HEIGHT, element.clientHeight) }),
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const { x, y, logX, logY } = choice;
  const scatter = useMemo(
    () => (width === 0 ? null : scatterOf(points, { x, y, logX, logY }, width, height)),
    [points, x, y, logX, logY, width, height],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme says when the page's colours are others.
  const svg = useMemo(
    () => scatter && scatterSvg(scatter, coloursNow(), `${scatter.titleY} against ${scatter.titleX}`),
    [scatter, theme],
  );
  return (
    <>
      <div className="scatter" ref={box} data-testid="scatter">
        {scatter && svg && (
          <>
            <SvgImage svg={svg} alt={`${scatter.titleY} against ${scatter.titleX}`} />
            <ul aria-label="Points" onKeyDown={onArrow}>
              {scatter.dots.map((dot, i) => (
                <li key={dot.point.subject}>
                  <button
                    type="button"
                    className="scatter-dot"
                    data-subject={dot.point.subject}
                    // One stop for the keyboard; arrows lead on from there.
                    tabIndex={i === Math.min(stop, scatter.dots.length - 1) ? 0 : -1}
                    aria-label={`${wordsOf(dot.point, choice)}${dot.onFront ? ', on the front' : ''}`}
                    style={{ left: dot.cx - DOT - 6, top: dot.cy - DOT - 6 }}
                    onPointerEnter={() => setHovered(dot)}
                    onPointerLeave={() => setHovered(null)}
                    onFocus={() => {
                      setHovered(dot);
                      setStop(i);
                    }}
                    onBlur={() => setHovered(null)}
                    onKeyDown={(e) => e.key === 'Escape' && setHovered(null)}
                    onClick={() => open(dot.point)}
                  />
                </li>
              ))}
            </ul>
            {hovered && <Card dot={hovered} width={width} height={height} />}
          </>
        )}
      </div>
      <p className="muted scatter-legend">
        Filled: trained. Hollow: not trained; time and memory are estimates for the open drawing's recipe.
        Ringed, and joined by the broken line: nothing here beats it in both.
        {scatter && scatter.left > 0 && ` ${scatter.left} with neither figure are not drawn.`}
      </p>
    </>
  );
}

function Card({
  dot,
  width,
  height,
}: {
  readonly dot: Dot;
  readonly width: number;
  readonly height: number;
}) {
  const { point, cx, cy } = dot;
  const left = cx + CARD.width + 30 > width ? cx - CARD.width - 18 : cx + 18;
  const top = Math.max(4, Math.min(cy - 20, height - CARD.height));
  const known = tradeAxes.filter((key) => point.figures[key] !== null);
  return (
    <div className="scatter-card" style={{ left, top, width: CARD.width }}>
      <b>{point.label}</b>
      <span className="muted">{kindWords[point.kind]}</span>
      <dl>
        {known.map((key) => (
          <div key={key}>
            <dt>{figureKinds[key].title}</dt>
            <dd>
              {showFigure(key, point.figures[key])}
              {point.estimated.has(key) && <span className="muted"> estimate</span>}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
