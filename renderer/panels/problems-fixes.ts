/** Fixes are tried one by one, so they are looked for when their row is seen, and one row a turn. */
import { type RefObject, useEffect, useState } from 'react';
import type { Diagnostic, Fix, Lowered } from '../../src/lower/index.ts';
import { fixesOf, useEditor } from '../state/editor.ts';

const queue = new Set<() => void>();

function turn(): void {
  const [first] = queue;
  if (!first) return;
  queue.delete(first);
  try {
    first();
  } finally {
    if (queue.size > 0) setTimeout(turn);
  }
}

/** @returns what takes it back */
export function later(task: () => void): () => void {
  queue.add(task);
  if (queue.size === 1) setTimeout(turn);
  return () => queue.delete(task);
}

/** Undefined: not known yet. */
export function useFixes(
  diagnostic: Diagnostic,
  row: RefObject<HTMLElement | null>,
): readonly Fix[] | undefined {
  const shown = useEditor((s) => s.shown);
  const [seen, setSeen] = useState(false);
  const [found, setFound] = useState<{ of: Lowered; fixes: readonly Fix[] }>();
  useEffect(() => {
    const element = row.current;
    if (!element) return;
    const observer = new IntersectionObserver(([entry]) => setSeen(entry?.isIntersecting ?? false));
    observer.observe(element);
    return () => observer.disconnect();
  }, [row]);
  useEffect(
    () => (seen ? later(() => setFound({ of: shown, fixes: fixesOf(diagnostic) })) : undefined),
    [seen, shown, diagnostic],
  );
  return found?.of === shown ? found.fixes : undefined;
}
