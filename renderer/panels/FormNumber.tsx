import { Minus, Plus } from 'lucide-react';
import type { ParamKind, ParamValue } from '../../src/schema/params.ts';
import { Button } from '../ui/Button.tsx';
import { FormRow, type RowProps } from './FormRow.tsx';
import { useEntry } from './form-entry.ts';
import { expectedOf, parseText, type Stored, showValue, stepOf, stepped } from './form-values.ts';

export interface ControlProps extends RowProps {
  readonly kind: ParamKind;
  readonly stored: Stored;
  readonly onValue: (value: ParamValue) => void;
  readonly first?: boolean | undefined;
}

export const parsing = (kind: ParamKind) => (text: string) => {
  const parsed = parseText(kind, text);
  return parsed.ok ? parsed : { ok: false as const, expected: expectedOf(kind, parsed.expected) };
};

/** Numbers with a point are left out: a bound of 1e-12 is no value that ARIA takes. */
const counting = (kind: ParamKind, value: ParamValue | undefined) =>
  ({
    role: 'spinbutton',
    inputMode: 'numeric',
    'aria-valuenow': typeof value === 'number' ? value : undefined,
    'aria-valuemin': kind.min,
    'aria-valuemax': kind.max,
  }) as const;

/** One number, with − and +; arrow keys do the same, with Shift ten at once. */
export function NumberField({ kind, stored, onValue, first, ...row }: ControlProps) {
  const { value } = stored;
  const step = (by: number) => {
    if (typeof value === 'number') onValue(stepped(kind, value, by * stepOf(kind, value)));
  };
  const { error, input } = useEntry({
    ...{ stored: stored.text, expected: stored.expected, onValue, onStep: step },
    parse: parsing(kind),
    show: (v) => showValue(kind, v),
  });
  return (
    <FormRow {...row} error={error}>
      <div className="form-stepper">
        <Button
          small
          tabIndex={-1}
          aria-label={`Less ${row.label}`}
          disabled={value === undefined || value === kind.min}
          onClick={() => step(-1)}
        >
          <Minus size={12} />
        </Button>
        <input
          {...input}
          id={row.id}
          className="input"
          {...(kind.field === 'integer' ? counting(kind, value) : { inputMode: 'decimal' })}
          placeholder={stored.differ ? 'differ' : undefined}
          aria-invalid={error !== undefined}
          aria-describedby={`${row.id}-note`}
          data-inspector-first={first || undefined}
        />
        <Button
          small
          tabIndex={-1}
          aria-label={`More ${row.label}`}
          disabled={value === undefined || value === kind.max}
          onClick={() => step(1)}
        >
          <Plus size={12} />
        </Button>
      </div>
    </FormRow>
  );
}

/** Shapes, paddings, stages: a list as text. */
export function TextField({ kind, stored, onValue, first, ...row }: ControlProps) {
  const { error, input } = useEntry({
    ...{ stored: stored.text, expected: stored.expected, onValue },
    parse: parsing(kind),
    show: (v) => showValue(kind, v),
  });
  return (
    <FormRow {...row} error={error} wide={kind.field === 'stages'}>
      <input
        {...input}
        id={row.id}
        className="input"
        placeholder={stored.differ ? 'differ' : undefined}
        aria-invalid={error !== undefined}
        aria-describedby={`${row.id}-note`}
        data-inspector-first={first || undefined}
      />
    </FormRow>
  );
}
