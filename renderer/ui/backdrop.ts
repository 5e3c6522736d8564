import { type MouseEvent, type PointerEvent, useRef } from 'react';

/**
 * Handlers of a dialog that a click beside it closes: one that began there, since the browser also calls it a click on
 * the dialog where text in it was marked and the button let go of outside.
 */
export function useBackdrop(onClose: () => void) {
  const began = useRef(false);
  return {
    onPointerDown: (e: PointerEvent<HTMLElement>) => {
      began.current = e.target === e.currentTarget;
    },
    onClick: (e: MouseEvent<HTMLElement>) => {
      if (began.current && e.target === e.currentTarget) onClose();
    },
  };
}
