/** Trainings that wait, as the host tells them. */
import { create } from 'zustand';
import type { CallArgument, QueueState } from '../../../src/services/contract.ts';
import { bridge, call } from '../../bridge.ts';
import { sayError } from '../../ui/toasts.tsx';

export const useQueue = create<QueueState>(() => ({ held: false, entries: [] }));

const take = (state: QueueState) => useQueue.setState(state);

export const refreshQueue = () => call('queue.list', {}).then(take, sayError);
export const watchQueue = () => bridge.on('queue.changed', take);

/** @throws AppError */
export async function addToQueue(entry: CallArgument<'queue.add'>): Promise<void> {
  take(await call('queue.add', entry));
}
export const holdQueue = (held: boolean) => call('queue.hold', { held }).then(take, sayError);
export const removeWaiting = (id: string) => call('queue.remove', { id }).then(take, sayError);

/** `to`: its place among all, from 0; shown there at once. */
export function moveWaiting(id: string, to: number): void {
  const { entries } = useQueue.getState();
  const entry = entries.find((one) => one.id === id);
  if (!entry || to < 0 || to >= entries.length) return;
  const rest = entries.filter((one) => one !== entry);
  useQueue.setState({ entries: [...rest.slice(0, to), entry, ...rest.slice(to)] });
  void call('queue.move', { id, to }).then(take, (error: unknown) => {
    sayError(error);
    void refreshQueue();
  });
}
