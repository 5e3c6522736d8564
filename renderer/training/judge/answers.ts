/** Pictures of a run with what was answered, fetched a page at a time. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { AnsweredPictures, CallArgument } from '../../../src/services/contract.ts';
import { call } from '../../bridge.ts';

export type Look =
  | { readonly kind: 'wrong' | 'unsure' | 'gained' | 'lost' }
  | { readonly kind: 'cell'; readonly truth: number; readonly answer: number };

type Wanted = Pick<CallArgument<'runs.answers'>, 'order' | 'truth' | 'answer' | 'changed'>;

export function wantedOf(look: Look): Wanted {
  if (look.kind === 'cell') return { order: 'wrong', truth: look.truth, answer: look.answer };
  if (look.kind === 'gained') return { order: 'unsure', changed: 'right' };
  if (look.kind === 'lost') return { order: 'wrong', changed: 'wrong' };
  return { order: look.kind };
}

const PAGE = 24;
/** The host writes what it tells a moment later. */
const SETTLE_MS = 400;

export interface Fetched {
  /** Null: not yet, or this run kept none. */
  readonly pages: readonly AnsweredPictures[];
  readonly state: 'asking' | 'none' | 'there' | { readonly error: unknown };
}

/** `step`: of the last report; another asks again. */
export function useAnswers(run: string, set: 'validation' | 'test', look: Look, step: number) {
  const [fetched, setFetched] = useState<Fetched>({ pages: [], state: 'asking' });
  const asked = useRef(0);
  const lastStep = useRef(step);
  const wanted = JSON.stringify(wantedOf(look));
  const ask = useCallback(
    async (before: readonly AnsweredPictures[]) => {
      const turn = ++asked.current;
      const from = before.reduce((n, page) => n + page.count, 0);
      try {
        const rest = JSON.parse(wanted) as Wanted;
        const page = await call('runs.answers', { run, set, ...rest, from, count: PAGE });
        if (turn !== asked.current) return;
        // A look that came meanwhile has another order.
        const kept = page?.step === before[0]?.step ? before : [];
        setFetched(page ? { pages: [...kept, page], state: 'there' } : { pages: [], state: 'none' });
      } catch (error) {
        if (turn === asked.current) setFetched({ pages: [], state: { error } });
      }
    },
    [run, set, wanted],
  );
  useEffect(() => {
    const timer = setTimeout(() => void ask([]), lastStep.current === step ? 0 : SETTLE_MS);
    lastStep.current = step;
    return () => clearTimeout(timer);
  }, [ask, step]);
  return { ...fetched, more: () => void ask(fetched.pages) };
}
