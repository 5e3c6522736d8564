import { Info, RotateCcw } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '../ui/Button.tsx';
import { Tip } from '../ui/Tip.tsx';

/** A longer help is a tooltip. */
const SHORT = 46;

export interface RowProps {
  /** Of the control; its label is `ID-label`, what is said below it `ID-note`. */
  readonly id: string;
  readonly label: string;
  readonly help: string;
  /** Absent: there is nothing to reset. */
  readonly onReset?: (() => void) | undefined;
  /** Beside the label. */
  readonly extra?: ReactNode;
}

interface FormRowProps extends RowProps {
  readonly error: string | undefined;
  /** The control takes the whole width, below its label. */
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** A label, its control, what is wrong with it, and what it means. */
export function FormRow({ id, label, help, error, wide = false, onReset, extra, children }: FormRowProps) {
  const long = help.length > SHORT;
  return (
    <div className="form-row" data-wide={wide || undefined}>
      <div className="form-label">
        <label htmlFor={id} id={`${id}-label`}>
          {label}
        </label>
        {long && (
          <Tip text={help}>
            <button type="button" className="form-info" aria-label={`About ${label}: ${help}`}>
              <Info size={12} aria-hidden="true" />
            </button>
          </Tip>
        )}
        {onReset && (
          <IconButton label={`Reset ${label} to its default`} small className="form-reset" onClick={onReset}>
            <RotateCcw size={12} />
          </IconButton>
        )}
        {extra}
      </div>
      <div className="form-control">{children}</div>
      <p id={`${id}-note`} className={error ? 'form-error' : 'form-help'} role={error ? 'alert' : undefined}>
        {error ? `Expected ${error}.` : long ? '' : help}
      </p>
    </div>
  );
}
