import {
  cloneElement,
  type HTMLAttributes,
  type ReactElement,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react';
import { createPortal } from 'react-dom';
import { showShortcut } from './shortcut.ts';

interface TipProps {
  readonly text: string;
  readonly shortcut?: string | undefined;
  readonly children: ReactElement<HTMLAttributes<HTMLElement>>;
}

const DELAY_MS = 450;

/** A tooltip on hover and on keyboard focus; Escape hides it (WCAG 1.4.13). */
export function Tip({ text, shortcut, children }: TipProps) {
  const [at, setAt] = useState<{ x: number; y: number; above: boolean } | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const id = useId();
  const hide = () => {
    clearTimeout(timer.current);
    setAt(null);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  const show = (target: HTMLElement, delay: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      const box = target.getBoundingClientRect();
      const above = box.bottom > innerHeight - 60;
      setAt({ x: box.left + box.width / 2, y: above ? box.top - 6 : box.bottom + 6, above });
    }, delay);
  };
  const given = children.props;
  const target = cloneElement(children, {
    'aria-describedby': at ? id : given['aria-describedby'],
    onPointerEnter: (e) => {
      given.onPointerEnter?.(e);
      show(e.currentTarget, DELAY_MS);
    },
    onPointerLeave: (e) => {
      given.onPointerLeave?.(e);
      hide();
    },
    onPointerDown: (e) => {
      given.onPointerDown?.(e);
      hide();
    },
    onFocus: (e) => {
      given.onFocus?.(e);
      if (e.currentTarget.matches(':focus-visible')) show(e.currentTarget, DELAY_MS);
    },
    onBlur: (e) => {
      given.onBlur?.(e);
      hide();
    },
    onKeyDown: (e) => {
      given.onKeyDown?.(e);
      if (e.key === 'Escape') hide();
    },
  });
  return (
    <>
      {target}
      {at &&
        createPortal(
          <div
            id={id}
            role="tooltip"
            className="tooltip"
            style={{
              left: Math.max(8, Math.min(at.x, innerWidth - 170)),
              top: at.y,
              translate: `-50% ${at.above ? '-100%' : '0'}`,
            }}
          >
            {text}
            {shortcut && <kbd>{showShortcut(shortcut)}</kbd>}
          </div>,
          document.body,
        )}
    </>
  );
}
