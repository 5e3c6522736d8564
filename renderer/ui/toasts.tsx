import { X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { create } from 'zustand';
import { AppError, describeError } from '../../src/base/errors.ts';
import { Button, IconButton } from './Button.tsx';

export interface Toast {
  readonly id: number;
  readonly kind: 'info' | 'good' | 'bad';
  readonly text: string;
  readonly hint?: string | undefined;
  readonly action?: { readonly title: string; readonly run: () => void } | undefined;
}

interface ToastState {
  readonly toasts: readonly Toast[];
}

const useToasts = create<ToastState>(() => ({ toasts: [] }));
let last = 0;

/** Says something in the corner, and to screen readers. What went wrong stays until it is closed. */
export function say(toast: Omit<Toast, 'id'>): void {
  const id = ++last;
  useToasts.setState(({ toasts }) => ({
    toasts: [...toasts.filter((t) => t.text !== toast.text).slice(-3), { ...toast, id }],
  }));
  if (toast.kind !== 'bad') setTimeout(() => dismiss(id), toast.action ? 9000 : 5000);
}

export function sayError(error: unknown): void {
  if (error instanceof AppError) say({ kind: 'bad', text: error.message, hint: error.hint });
  else {
    console.error(error);
    say({
      kind: 'bad',
      text: describeError(error),
      hint: 'This is a mistake of Stemma. Your drawing is kept; please report it.',
    });
  }
}

function dismiss(id: number): void {
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((t) => t.id !== id) }));
}

export function Toasts() {
  const toasts = useToasts((s) => s.toasts);
  const ref = useRef<HTMLElement>(null);
  useEffect(() => {
    const element = ref.current;
    if (!element || toasts.length === 0) return;
    // Shown anew each time, so that it lies above a dialog that was opened since.
    if (element.matches(':popover-open')) element.hidePopover();
    element.showPopover();
  }, [toasts]);
  return (
    <section ref={ref} popover="manual" className="toasts" aria-live="polite" aria-label="Messages">
      {toasts.map(({ id, kind, text, hint, action }) => (
        <div key={id} className={`toast ${kind}`} role={kind === 'bad' ? 'alert' : undefined}>
          <div className="toast-text">
            <div>{text}</div>
            {hint && <div className="toast-hint">{hint}</div>}
          </div>
          {action && (
            <Button
              small
              onClick={() => {
                dismiss(id);
                action.run();
              }}
            >
              {action.title}
            </Button>
          )}
          <IconButton label="Dismiss" small onClick={() => dismiss(id)}>
            <X size={14} />
          </IconButton>
        </div>
      ))}
    </section>
  );
}
