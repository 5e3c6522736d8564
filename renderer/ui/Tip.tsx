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
/** Half of its largest width: nearer to an edge of the window it keeps to the edge. */
const EDGE = 164;

/** A tooltip on hover and on keyboard focus; Escape hides it (WCAG 1.4.13). */
export function Tip({ text, shortcut, children }: TipProps) {
  const [at, setAt] = useState<{
    x: number;
    y: number;
    above: boolean;
    edge: 'left' | 'right' | null;
  } | null>(null);
  /** What was pressed has been understood; it says nothing until the pointer has left. */
  const pressed = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const id = useId();
  const hide = () => {
    clearTimeout(timer.current);
    setAt(null);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  const show = (target: HTMLElement, delay: number) => {
    clearTimeout(timer.current);
    if (pressed.current) return;
    timer.current = setTimeout(() => {
      const box = target.getBoundingClientRect();
      const above = box.bottom > innerHeight - 60;
      const x = box.left + box.width / 2;
      setAt({
        x,
        y: above ? box.top - 6 : box.bottom + 6,
        above,
        edge: x < EDGE ? 'left' : x > innerWidth - EDGE ? 'right' : null,
      });
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
      pressed.current = false;
      hide();
    },
    onPointerDown: (e) => {
      given.onPointerDown?.(e);
      pressed.current = true;
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
              ...(at.edge ? { [at.edge]: 8 } : { left: at.x }),
              top: at.y,
              translate: `${at.edge ? '0' : '-50%'} ${at.above ? '-100%' : '0'}`,
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
