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
  /** Text only, perhaps long: the body itself takes the focus, so that keys scroll it. */
  readonly text?: boolean;
}

/** A modal dialog: the browser keeps the focus inside, Escape closes it, the focus returns where it was. */
export function Dialog({
  title,
  onClose,
  children,
  foot,
  width = 520,
  className = '',
  text = false,
}: DialogProps) {
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
          'section.dialog-body, .dialog-body :is(input, select, textarea):not([hidden], details:not([open]) *), .dialog-foot .primary, .dialog-body button',
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
      onKeyDown={(e) => {
        e.stopPropagation();
        // Not the browser's own save and open.
        if ((e.ctrlKey || e.metaKey) && /^[so]$/i.test(e.key)) e.preventDefault();
      }}
    >
      <div className="dialog-head">
        <h2 id={id}>{title}</h2>
        <IconButton label="Close" onClick={onClose}>
          <X size={16} />
        </IconButton>
      </div>
      {text ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: without a control inside it could not be scrolled by keys.
        <section className="dialog-body" aria-label={title} tabIndex={0}>
          {children}
        </section>
      ) : (
        <div className="dialog-body">{children}</div>
      )}
      {foot && <div className="dialog-foot">{foot}</div>}
    </dialog>
  );
}
