import { useEffect } from 'react';
import { loadMemory } from './store.ts';

const EVERY_MS = 5000;

/** Asks what memory the machine has free, again and again while somebody looks at it. */
export function useMemory(): void {
  useEffect(() => {
    const ask = () => {
      if (!document.hidden) void loadMemory();
    };
    ask();
    const timer = setInterval(ask, EVERY_MS);
    return () => clearInterval(timer);
  }, []);
}
