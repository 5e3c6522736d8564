import { RotateCcw } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '../ui/Button.tsx';
import { Tip } from '../ui/Tip.tsx';

/** A longer help is a tooltip of the label, and stands below while the control is used by keyboard. */
const SHORT = 46;

export interface RowProps {
  /** Of the control; its label is `ID-label`, its help `ID-note`. */
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
  const name = (
    <label htmlFor={id} id={`${id}-label`} data-tip={long || undefined}>
      {label}
    </label>
  );
  return (
    <div className="form-row" data-wide={wide || undefined}>
      <div className="form-label">
        {long ? <Tip text={help}>{name}</Tip> : name}
        {onReset && (
          <IconButton label={`Reset ${label} to its default`} small className="form-reset" onClick={onReset}>
            <RotateCcw size={12} />
          </IconButton>
        )}
        {extra}
      </div>
      <div className="form-control">{children}</div>
      {error && (
        <p className="form-error" role="alert">
          Expected {error}.
        </p>
      )}
      <p id={`${id}-note`} className="form-help" data-long={long || undefined}>
        {help}
      </p>
    </div>
  );
}
