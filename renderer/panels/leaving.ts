import { useEffect, useRef } from 'react';

/**
 * Keeps what was typed where the field itself goes away: a press on another node selects it before the browser moves
 * the focus, and a shortcut shows another view.
 */
export function useKeepOnLeaving(keep: () => void): void {
  const latest = useRef(keep);
  latest.current = keep;
  useEffect(() => () => latest.current(), []);
}
