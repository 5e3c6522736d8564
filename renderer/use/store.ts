/** What a trained network is asked, and what it answers. */
import { create } from 'zustand';
import { describeError } from '../../src/base/errors.ts';
import type { AskedPicture, Prediction, TrainedNetwork } from '../../src/services/contract.ts';
import { call } from '../bridge.ts';
import { sayError } from '../ui/toasts.tsx';
import { type GivenPicture, MOST_PICTURES } from './files.ts';
import { Latest } from './latest.ts';

export interface UseItem extends GivenPicture {
  readonly id: number;
  readonly prediction: Prediction | null;
}

export interface UseState {
  readonly run: string | null;
  readonly network: TrainedNetwork | null;
  /** Why it cannot be asked. */
  readonly error: unknown;
  readonly mode: 'draw' | 'pictures';
  readonly drawing: UseItem | null;
  readonly items: readonly UseItem[];
  readonly selected: number | null;
  readonly invert: boolean;
  /** Whose map is shown. */
  readonly map: number | 'answer';
  /** Of the map, from 0 to 1. */
  readonly opacity: number;
  /** How many pictures more than can be held were given. */
  readonly leftOut: number;
}

const nothing = {
  ...{ run: null, network: null, error: null, drawing: null, items: [], selected: null },
  ...{ invert: false, map: 'answer', opacity: 0.6, leftOut: 0, mode: 'draw' },
} as const satisfies UseState;

export const useUse = create<UseState>(() => nothing);

const DRAWING = 0;
const latest = new Latest<number>();
let lastId = DRAWING;

/** What the network was trained on looks like digits drawn with a pen. */
export const takesDigits = ({ classes }: TrainedNetwork) =>
  classes.length === 10 && classes.every((name, i) => name === `${i}`);

export const shownItem = ({ mode, drawing, items, selected }: UseState): UseItem | null =>
  mode === 'draw' ? drawing : (items.find(({ id }) => id === selected) ?? null);

export async function openNetwork(run: string): Promise<void> {
  useUse.setState({ ...nothing, run });
  try {
    const network = await call('predict.open', { run });
    if (useUse.getState().run !== run) return;
    useUse.setState({ network, mode: takesDigits(network) ? 'draw' : 'pictures' });
  } catch (error) {
    if (useUse.getState().run === run) useUse.setState({ error });
  }
}

export function closeNetwork(): void {
  const { run } = useUse.getState();
  latest.drop();
  useUse.setState(nothing);
  // One that is gone already is let go as well.
  if (run !== null) call('predict.close', { run }).catch(() => {});
}

const change = (id: number, of: (item: UseItem) => UseItem) =>
  useUse.setState(({ drawing, items }) =>
    id === DRAWING
      ? { drawing: drawing && of(drawing) }
      : { items: items.map((item) => (item.id === id ? of(item) : item)) },
  );

/** Asked again when its turn comes, as things stand then. */
function ask(id: number, first = false): void {
  latest.put(
    id,
    async () => {
      const state = useUse.getState();
      const item = id === DRAWING ? state.drawing : state.items.find((i) => i.id === id);
      const { run, map, network } = state;
      if (!item?.picture || run === null || !network) return;
      try {
        const prediction = await call('predict.run', {
          ...{ run, picture: item.picture },
          invert: id !== DRAWING && state.invert,
          // A map costs as much as the answer: where nobody looks it is left out.
          map: shownItem(state)?.id === id && !('why' in network.map) ? map : null,
        });
        if (useUse.getState().run !== run) return;
        change(id, (i) => ({ ...i, prediction, error: null }));
      } catch (error) {
        if (useUse.getState().run !== run) return;
        if (id === DRAWING) sayError(error);
        else change(id, (i) => ({ ...i, prediction: null, error: describeError(error) }));
      }
    },
    first,
  );
}

/** Null: nothing is drawn. */
export function askDrawing(picture: AskedPicture | null): void {
  if (picture === null) {
    useUse.setState({ drawing: null });
    return;
  }
  useUse.setState(({ drawing }) => ({
    drawing: { id: DRAWING, name: 'drawing', picture, prediction: drawing?.prediction ?? null, error: null },
  }));
  ask(DRAWING, true);
}

export function addPictures(given: readonly GivenPicture[]): void {
  const { items } = useUse.getState();
  const taken = given.slice(0, Math.max(0, MOST_PICTURES - items.length));
  const fresh = taken.map((picture): UseItem => ({ ...picture, id: ++lastId, prediction: null }));
  const leftOut = given.length - taken.length;
  const selected = fresh[0]?.id ?? useUse.getState().selected;
  useUse.setState({ mode: 'pictures', items: [...items, ...fresh], selected, leftOut });
  for (const { id } of fresh) ask(id);
}

export const clearPictures = () => useUse.setState({ items: [], selected: null, leftOut: 0 });

/** The one looked at, with its map. */
export function askShown(): void {
  const item = shownItem(useUse.getState());
  if (item) ask(item.id, true);
}

export function select(id: number): void {
  useUse.setState({ selected: id });
  askShown();
}

export function showMap(map: UseState['map']): void {
  useUse.setState({ map });
  askShown();
}

export function setInvert(invert: boolean): void {
  useUse.setState({ invert });
  askShown();
  const state = useUse.getState();
  for (const { id } of state.items) if (id !== shownItem(state)?.id) ask(id);
}

export function setMode(mode: UseState['mode']): void {
  useUse.setState({ mode });
  askShown();
}
