/** Runs that are ticked in the list, to be compared. */
import { create } from 'zustand';

export const useTicked = create<{ readonly runs: readonly string[] }>(() => ({ runs: [] }));

export const toggleTicked = (run: string) =>
  useTicked.setState(({ runs }) => ({
    runs: runs.includes(run) ? runs.filter((r) => r !== run) : [...runs, run],
  }));
