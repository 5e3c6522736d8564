/** uPlot as our charts use it: fed with what is seen, moved by a store that it shares with its neighbours. */
import uPlot from 'uplot';
import { type Axis, along, increments, tickWords } from './axes.ts';
import { type ChartLook, fullRange } from './lines.ts';
import { panned, selected, zoomed } from './range.ts';
import type { ChartsStore } from './store.ts';
import { drawnOf, type Range, type Track } from './window.ts';

const css = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** One notch of a mouse's wheel is 100. */
const ZOOM_A_NOTCH = 1.2;

/** Dots that would touch each other say nothing; one value alone is no line. */
function hasDots(u: uPlot, series: number, sparse: boolean): boolean {
  let count = 0;
  for (const value of u.data[series] ?? []) if (typeof value === 'number') count++;
  return count === 1 || (sparse && count * 8 < u.bbox.width / devicePixelRatio);
}

export interface PlotGiven extends ChartLook {
  readonly store: ChartsStore;
  readonly height: number;
  readonly stepsPerEpoch: number;
}

export const tracksOf = (
  { lines, stepsPerEpoch }: Pick<PlotGiven, 'lines' | 'stepsPerEpoch'>,
  axis: Axis,
): Track[] => lines.map(({ places, y }) => ({ ...along(axis, places, stepsPerEpoch), y }));

export class Plot {
  readonly #made: uPlot;
  readonly #given: () => PlotGiven;
  readonly #store: ChartsStore;
  readonly #box: HTMLElement;
  readonly #onScreen: IntersectionObserver;
  readonly #size: ResizeObserver;
  readonly #forget: () => void;
  #isSeen = true;
  /** What the lines on the screen were made of. */
  #drawn: readonly unknown[] = [];

  constructor(box: HTMLElement, given: () => PlotGiven) {
    this.#box = box;
    this.#given = given;
    this.#store = given().store;
    this.#made = new uPlot(this.#options(), [[]], box);
    this.#forget = this.#store.frames.add(() => this.#draw());
    this.#size = new ResizeObserver(() => {
      this.#made.setSize({ width: box.clientWidth, height: given().height });
      this.#store.frames.request();
    });
    this.#size.observe(box);
    this.#onScreen = new IntersectionObserver((entries) => {
      this.#isSeen = entries.at(-1)?.isIntersecting ?? true;
      if (this.#isSeen) this.#store.frames.request();
    });
    this.#onScreen.observe(box);
    this.#made.over.addEventListener('wheel', this.#onWheel, { passive: false });
  }

  destroy(): void {
    this.#forget();
    this.#size.disconnect();
    this.#onScreen.disconnect();
    this.#made.over.removeEventListener('wheel', this.#onWheel);
    this.#made.destroy();
  }

  get full(): Range {
    return fullRange(tracksOf(this.#given(), this.#store.getState().axis));
  }

  #draw(): void {
    if (!this.#isSeen) return;
    const made = this.#made;
    const { axis, range, cursor } = this.#store.getState();
    const given = this.#given();
    const tracks = tracksOf(given, axis);
    const [min, max] = range ?? fullRange(tracks);
    const pixels = Math.max(1, made.bbox.width);
    // A pointer that moves changes no line.
    const wanted = [min, max, pixels, ...tracks.flatMap(({ y }) => [y, y.length])];
    if (wanted.some((value, i) => value !== this.#drawn[i])) {
      this.#drawn = wanted;
      made.batch(() => {
        made.setData(drawnOf(tracks, [min, max], pixels, given.log) as uPlot.AlignedData, false);
        made.setScale('x', { min, max });
      });
    }
    const left = cursor === null ? -10 : made.valToPos(cursor, 'x');
    made.setCursor({ left, top: cursor === null ? -10 : 1 }, false);
  }

  readonly #onWheel = (event: WheelEvent) => {
    const { range } = this.#store.getState();
    const isOurs =
      event.ctrlKey || event.metaKey || range !== null || this.#box.contains(document.activeElement);
    if (!isOurs) return;
    const { left } = this.#made.over.getBoundingClientRect();
    const isAcross = Math.abs(event.deltaX) > Math.abs(event.deltaY);
    const next = isAcross
      ? panned(range, this.full, event.deltaX / this.#made.over.clientWidth)
      : zoomed(
          range,
          this.full,
          this.#made.posToVal(event.clientX - left, 'x'),
          ZOOM_A_NOTCH ** (event.deltaY / 100),
        );
    // All of it is seen already: the page scrolls.
    if (next === null && range === null && !event.ctrlKey) return;
    event.preventDefault();
    this.#store.setState({ range: next });
  };

  #onSelect(made: uPlot): void {
    const { left, width } = made.select;
    if (width === 0) return;
    const range = selected(made.posToVal(left, 'x'), made.posToVal(left + width, 'x'), this.full);
    made.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    this.#store.setState({ range });
  }

  #options(): uPlot.Options {
    const { lines, height, show, log, range } = this.#given();
    const { axis: along } = this.#store.getState();
    const axis: uPlot.Axis = {
      stroke: css('--ink-3'),
      font: `11px ${css('--font')}`,
      grid: { stroke: css('--line'), width: 1 },
      ticks: { show: false },
      gap: 4,
    };
    return {
      ...{ width: this.#box.clientWidth, height, padding: [8, 10, 0, 0], legend: { show: false } },
      cursor: {
        ...{ y: false, drag: { x: true, y: false, setScale: false, dist: 4 } },
        points: { size: (_, i) => (lines[i - 1]?.pale ? 0 : 7) },
        bind: {
          dblclick: () => () => {
            this.#store.setState({ range: null });
            return null;
          },
        },
      },
      scales: {
        x: { time: false, auto: false },
        y: { distr: log ? 3 : 1, ...(range && !log && { range: [...range] as uPlot.Range.MinMax }) },
      },
      axes: [
        {
          ...{ ...axis, size: 26, space: 64, incrs: [...increments[along]] },
          values: (_, ticks) => ticks.map((v) => tickWords(along, v)),
        },
        {
          ...axis,
          size: 46,
          space: height < 120 ? 20 : 30,
          values: (_, ticks) => ticks.map((v) => (v === null ? '' : show(v))),
        },
      ],
      series: [
        {},
        ...lines.map(
          ({ label, colour, width, opacity = 1, sparse = false }): uPlot.Series => ({
            ...{ label, stroke: css(colour), width, alpha: opacity, spanGaps: sparse },
            points: { show: (u, i) => hasDots(u, i, sparse), size: 6, fill: css(colour) },
          }),
        ),
      ],
      hooks: {
        setCursor: [
          (u) => {
            const { left = -1 } = u.cursor;
            this.#store.setState({ cursor: left < 0 ? null : u.posToVal(left, 'x') });
          },
        ],
        setSelect: [(u) => this.#onSelect(u)],
      },
    };
  }
}
