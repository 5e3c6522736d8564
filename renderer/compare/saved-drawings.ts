/** Drawings that lie in files, for comparing. */
import { create } from 'zustand';
import type { StemmaDocument } from '../../src/document/model.ts';
import type { DocumentEntry } from '../../src/services/contract.ts';
import { call } from '../bridge.ts';
import { parseDrawing } from '../files/actions.ts';
import { sayError } from '../ui/toasts.tsx';

interface SavedDrawings {
  /** Each place once, newest first. */
  readonly entries: readonly DocumentEntry[];
  /** By place, as last read. */
  readonly read: Readonly<Record<string, StemmaDocument>>;
  readonly errors: Readonly<Record<string, unknown>>;
}

export const useSaved = create<SavedDrawings>(() => ({ entries: [], read: {}, errors: {} }));

export async function listSaved(): Promise<void> {
  try {
    const { documents, recent } = await call('documents.list', {});
    const all = new Map([...documents, ...recent].map((entry) => [entry.place, entry]));
    useSaved.setState({
      entries: [...all.values()].sort((a, b) => (a.modifiedAt < b.modifiedAt ? 1 : -1)),
    });
  } catch (error) {
    sayError(error);
  }
}

/** Anew each time: a file may have changed since. */
export async function readSaved(place: string): Promise<void> {
  try {
    const { text, name } = await call('documents.open', { place });
    const document = parseDrawing(text, name);
    useSaved.setState(({ read, errors: { [place]: _, ...errors } }) => ({
      read: { ...read, [place]: document },
      errors,
    }));
  } catch (error) {
    useSaved.setState(({ errors }) => ({ errors: { ...errors, [place]: error } }));
  }
}
