/** What charts beside each other have in common: how they are drawn, which part is seen, where the pointer is. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Axis } from './axes.ts';
import type { Range } from './window.ts';

export interface ChartsState {
  readonly axis: Axis;
  readonly range: Range | null;
  /** A place on the x axis; null: nobody points. */
  readonly cursor: number | null;
  readonly log: boolean;
}
export type ChartsStore = StoreApi<ChartsState> & { readonly frames: Frames };

/** All charts of a group are drawn in one frame, once, however often it was asked for. */
export class Frames {
  readonly #draws = new Set<() => void>();
  #asked = 0;

  add(draw: () => void): () => void {
    this.#draws.add(draw);
    this.request();
    return () => void this.#draws.delete(draw);
  }

  request(): void {
    this.#asked ||= requestAnimationFrame(() => {
      this.#asked = 0;
      for (const draw of this.#draws) draw();
    });
  }
}

export function createCharts(): ChartsStore {
  const frames = new Frames();
  const store = createStore<ChartsState>(() => ({ axis: 'step', range: null, cursor: null, log: false }));
  store.subscribe((now, before) => {
    if (now.range !== before.range || now.cursor !== before.cursor) frames.request();
  });
  return Object.assign(store, { frames });
}

/** Another axis has other places: all of it is shown. */
export const setAxis = (store: ChartsStore, axis: Axis) =>
  store.setState({ axis, range: null, cursor: null });
