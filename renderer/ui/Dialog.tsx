import { X } from 'lucide-react';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { IconButton } from './Button.tsx';
import { useBackdrop } from './backdrop.ts';

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly foot?: ReactNode;
  readonly width?: number;
  readonly className?: string;
}

/** A modal dialog: the browser keeps the focus inside, Escape closes it, the focus returns where it was. */
export function Dialog({ title, onClose, children, foot, width = 520, className = '' }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  const backdrop = useBackdrop(onClose);
  useEffect(() => {
    const dialog = ref.current;
    const before = document.activeElement;
    if (dialog && !dialog.open) dialog.showModal();
    // The browser would begin at Close; a person begins with the content.
    if (!dialog?.querySelector('[autofocus]'))
      dialog
        ?.querySelector<HTMLElement>(
          '.dialog-body :is(input, select, textarea):not([hidden]), .dialog-foot .primary, .dialog-body button',
        )
        ?.focus();
    return () => {
      dialog?.close();
      if (before instanceof HTMLElement || before instanceof SVGElement) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={ref}
      className={`dialog ${className}`}
      aria-labelledby={id}
      style={{ ['--dialog-width' as string]: `${width}px` }}
      onCancel={(e) => {
        e.preventDefault();
        onClose();
      }}
      {...backdrop}
      onKeyDown={(e) => e.stopPropagation()}
    >
      <div className="dialog-head">
        <h2 id={id}>{title}</h2>
        <IconButton label="Close" onClick={onClose}>
          <X size={16} />
        </IconButton>
      </div>
      <div className="dialog-body">{children}</div>
      {foot && <div className="dialog-foot">{foot}</div>}
    </dialog>
  );
}
