import { useEffect, useState } from 'react';

/** What takes longer than a frame is computed after the frame is shown; undefined until then. */
export function useLater<T>(key: unknown, compute: () => T): T | undefined {
  const [known, setKnown] = useState<{ readonly key: unknown; readonly value: T }>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says when it is another question.
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(() => setKnown({ key, value: compute() }));
    });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, [key]);
  return known && known.key === key ? known.value : undefined;
}
