/** A person's own pictures: what is being added, and what was. The host does it; every page hears of it. */
import { create } from 'zustand';
import { AppError } from '../../src/base/errors.ts';
import type { CallArgument, Events, OwnData } from '../../src/services/contract.ts';
import { bridge, call } from '../bridge.ts';
import { show, useApp } from '../state/app.ts';
import { loadDatasets } from '../training/catalogue.ts';
import { say, sayError } from '../ui/toasts.tsx';

type Progress = Events['data.adding'];

interface Adding {
  /** Null: nothing is being added. */
  readonly progress: Progress | null;
}

export const useAdding = create<Adding>(() => ({ progress: null }));

/** `id`: a set that is here already; null: another is to be added. */
export const showOwnData = (id: string | null) => show({ kind: 'data', id });

export const wasCancelled = (error: unknown) => error instanceof AppError && error.code === 'data/cancelled';

const isShown = () => useApp.getState().overlay?.kind === 'data';

/** @throws AppError with the host's words */
export async function add(argument: CallArgument<'data.add'>): Promise<OwnData> {
  const begun = { phase: 'listing', done: 0, total: 0, broken: 0, over: false } as const;
  useAdding.setState({ progress: { ...begun, place: argument.place } });
  try {
    const found = await call('data.add', argument);
    if (!isShown())
      say({
        kind: 'good',
        text: `${found.title} is among your data.`,
        action: { title: 'Show', run: () => showOwnData(found.id) },
      });
    return found;
  } catch (error) {
    // Where the dialog is open it tells it itself.
    if (!isShown() && !wasCancelled(error)) sayError(error);
    throw error;
  } finally {
    useAdding.setState({ progress: null });
    await loadDatasets();
  }
}

export const cancelAdding = () => void call('data.cancelAdd', {}).catch(sayError);

export function watchOwnData(): void {
  bridge.on('data.adding', (progress) => useAdding.setState({ progress: progress.over ? null : progress }));
  bridge.on('data.changed', () => void loadDatasets());
}
