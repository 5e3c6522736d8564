/** Whose weights the next training begins with. */
import { useEffect, useState } from 'react';
import { create } from 'zustand';
import { describeError } from '../../src/base/errors.ts';
import { writeDocument } from '../../src/document/file.ts';
import type { StemmaDocument } from '../../src/document/model.ts';
import type { RunMatch } from '../../src/services/contract.ts';
import { call } from '../bridge.ts';
import { useRecipe, useSettled } from '../training/use-checked.ts';

export interface FromState {
  readonly run: string | null;
  readonly title: string;
}

export const useFrom = create<FromState>(() => ({ run: null, title: '' }));

/** What `training.start` is told of it. */
export function fromNow(): { readonly from?: { readonly run: string } } {
  const { run } = useFrom.getState();
  return run === null ? {} : { from: { run } };
}

export const forgetFrom = () => useFrom.setState({ run: null, title: '' });

export type Matched = { readonly match: RunMatch } | { readonly error: string } | null;

const SETTLE_MS = 400;

const ask = async (document: StemmaDocument, run: string, classes: readonly string[]): Promise<Matched> => {
  try {
    const asked = { document: writeDocument(document), from: { run }, classes: [...classes] };
    return { match: await call('training.match', asked) };
  } catch (error) {
    return { error: describeError(error) };
  }
};

/** What the drawing as it stands would take over; null: not told yet. */
export function useMatch(run: string | null): Matched {
  const { document, data } = useRecipe();
  const settled = useSettled(document, SETTLE_MS);
  const classes = data?.classes;
  const [matched, setMatched] = useState<Matched>(null);
  useEffect(() => {
    if (run === null || !classes) return;
    let isWanted = true;
    void ask(settled, run, classes).then((told) => {
      if (isWanted) setMatched(told);
    });
    return () => {
      isWanted = false;
    };
  }, [settled, run, classes]);
  return matched;
}
