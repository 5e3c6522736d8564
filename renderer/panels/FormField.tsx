import { type ReactNode, useId, useRef } from 'react';
import type { ParamKind, ParamValue } from '../../src/schema/params.ts';
import { ChoiceField, SwitchField } from './FormChoice.tsx';
import { type ControlProps, NumberField, TextField } from './FormNumber.tsx';
import { PairField } from './FormPair.tsx';
import { labelOf, storedOf } from './form-values.ts';

interface FormFieldProps {
  readonly param: string;
  readonly kind: ParamKind;
  /** What each node stores of it; undefined: nothing. */
  readonly given: readonly unknown[];
  /** `visit` is the same while the person stays in the field, so that the history joins what is typed. */
  readonly onChange: (value: ParamValue, visit: string) => void;
  readonly label?: string;
  readonly extra?: ReactNode;
  readonly first?: boolean;
}

let visits = 0;

/** One parameter, of one node or of several, in the control that its kind wants. */
export function FormField({ param, kind, given, onChange, label, extra, first }: FormFieldProps) {
  const id = useId();
  const visit = useRef('');
  const stored = storedOf(kind, given);
  const onValue = (value: ParamValue) => onChange(value, visit.current);
  const props: ControlProps = {
    ...{ id, kind, stored, onValue, extra, first },
    label: label ?? labelOf(param),
    help: kind.help,
    onReset: stored.isDefault ? undefined : () => onValue(kind.default),
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only notes when the control inside is entered.
    <div
      className="form-field"
      data-param={param}
      onFocus={(e) => {
        if (!e.currentTarget.contains(e.relatedTarget)) visit.current = `${id} ${++visits}`;
      }}
    >
      <Control {...props} />
    </div>
  );
}

function Control(props: ControlProps) {
  switch (props.kind.field) {
    case 'integer':
    case 'number':
      return <NumberField {...props} />;
    case 'pair':
      return <PairField {...props} />;
    case 'list':
    case 'stages':
    case 'text':
      return <TextField {...props} />;
    case 'switch':
      return <SwitchField {...props} />;
    case 'choice':
      return <ChoiceField {...props} />;
  }
}
