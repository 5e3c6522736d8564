/** How two drawings are looked at together: one zoom and one way of moving, each with a point of its own to look at. */
import { create } from 'zustand';
import type { Side } from './marks.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface PaneView {
  /** Pixels a unit of the drawing. */
  readonly zoom: number;
  /** From the middle of a pane to where the looked-at points are, in pixels. */
  readonly x: number;
  readonly y: number;
  /** In each drawing's own coordinates. */
  readonly at: readonly [Point, Point];
}

const LEAST = 0.05;
const MOST = 4;

export const usePanes = create<PaneView>(() => ({
  ...{ zoom: 1, x: 0, y: 0 },
  at: [
    { x: 0, y: 0 },
    { x: 0, y: 0 },
  ],
}));

export const panBy = (x: number, y: number) => usePanes.setState((v) => ({ x: v.x + x, y: v.y + y }));

/** What stands `from` the middle of a pane stays there. */
export function zoomBy(factor: number, from: Point = { x: 0, y: 0 }): void {
  usePanes.setState((v) => {
    const zoom = Math.min(MOST, Math.max(LEAST, v.zoom * factor));
    const real = zoom / v.zoom;
    return { zoom, x: from.x + (v.x - from.x) * real, y: from.y + (v.y - from.y) * real };
  });
}

interface Extent {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Both whole, or the wider one's top where that would be too small to read. */
export function fitPanes(frames: readonly [Extent, Extent], pane: { width: number; height: number }): void {
  const zoom = Math.min(1, ...frames.map((f) => Math.min(pane.width / f.width, pane.height / f.height)));
  const middle = (f: Extent): Point => ({ x: f.x + f.width / 2, y: f.y + f.height / 2 });
  usePanes.setState({ zoom, x: 0, y: 0, at: [middle(frames[0]), middle(frames[1])] });
}

/** Brings a point of each into the middle; null: what is seen there now stays. */
export function lookAt(points: readonly [Point | null, Point | null], least: number): void {
  usePanes.setState((v) => {
    const seen = (side: Side): Point => ({ x: v.at[side].x - v.x / v.zoom, y: v.at[side].y - v.y / v.zoom });
    return { zoom: Math.max(v.zoom, least), x: 0, y: 0, at: [points[0] ?? seen(0), points[1] ?? seen(1)] };
  });
}
