import { useEffect, useState } from 'react';

/** Whether Shift is held: then a drag on the empty canvas draws a box. */
export function useShiftHeld(): boolean {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    const onKey = (e: KeyboardEvent) => setHeld(e.shiftKey);
    const onBlur = () => setHeld(false);
    addEventListener('keydown', onKey, true);
    addEventListener('keyup', onKey, true);
    addEventListener('blur', onBlur);
    return () => {
      removeEventListener('keydown', onKey, true);
      removeEventListener('keyup', onKey, true);
      removeEventListener('blur', onBlur);
    };
  }, []);
  return held;
}
