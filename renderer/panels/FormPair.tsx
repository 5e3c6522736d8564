import { Link2, Unlink2 } from 'lucide-react';
import { useState } from 'react';
import type { ParamValue } from '../../src/schema/params.ts';
import { IconButton } from '../ui/Button.tsx';
import { type ControlProps, parsing } from './FormNumber.tsx';
import { FormRow } from './FormRow.tsx';
import { useEntry } from './form-entry.ts';
import { showValue, stepped } from './form-values.ts';

/** Height and width: one number while they are linked, two else. */
export function PairField(props: ControlProps) {
  const { kind, stored, onValue, first, ...row } = props;
  const value = stored.value as readonly [number, number] | undefined;
  const [apart, setApart] = useState(false);
  if (value && (apart || value[0] !== value[1]))
    return (
      <ApartField
        {...props}
        value={value}
        onValue={(next) => {
          // Both may be the same on the way to what is typed.
          setApart(true);
          onValue(next);
        }}
        onLink={() => setApart(false)}
      />
    );
  return <LinkedField {...{ kind, stored, onValue, first, ...row }} onUnlink={() => setApart(true)} />;
}

function LinkedField({
  kind,
  stored,
  onValue,
  first,
  onUnlink,
  ...row
}: ControlProps & { onUnlink: () => void }) {
  const value = stored.value as readonly [number, number] | undefined;
  const { error, input } = useEntry({
    ...{ stored: stored.text, expected: stored.expected, onValue },
    parse: (text) => {
      const parsed = parsing(kind)(text);
      return parsed.ok && /\d\D+\d/.test(text)
        ? { ok: false, expected: 'one number for both; the link beside it sets them apart' }
        : parsed;
    },
    show: (v) => showValue(kind, v),
    onStep: (by) => {
      if (value) onValue([stepped(kind, value[0], by), stepped(kind, value[0], by)]);
    },
  });
  return (
    <FormRow {...row} error={error}>
      <div className="form-pair">
        <input
          {...input}
          id={row.id}
          className="input"
          inputMode="numeric"
          placeholder={stored.differ ? 'differ' : undefined}
          aria-invalid={error !== undefined}
          aria-describedby={`${row.id}-note`}
          data-inspector-first={first || undefined}
        />
        {value && (
          <IconButton label={`${row.label}: set height and width apart`} small onClick={onUnlink}>
            <Link2 size={13} />
          </IconButton>
        )}
      </div>
    </FormRow>
  );
}

interface ApartProps extends ControlProps {
  readonly value: readonly [number, number];
  readonly onLink: () => void;
}

function ApartField({ kind, stored, onValue, first, value, onLink, ...row }: ApartProps) {
  const [height, width] = value;
  const options = (side: 0 | 1) => ({
    ...{ stored: String(value[side]), expected: undefined, onValue },
    parse: (text: string) => {
      const one = parsing(kind)(text);
      if (!one.ok) return one;
      return kind.parse(value.with(side, (one.value as readonly number[])[0] as number));
    },
    show: (v: ParamValue) => String((v as readonly number[])[side]),
    onStep: (by: number) => onValue(value.with(side, stepped(kind, value[side], by))),
  });
  const top = useEntry(options(0));
  const side = useEntry(options(1));
  const link = () => {
    if (height !== width) onValue([height, height]);
    onLink();
  };
  const shared = { className: 'input', inputMode: 'numeric', 'aria-describedby': `${row.id}-note` } as const;
  return (
    <FormRow {...row} error={top.error ?? side.error ?? stored.expected}>
      <div className="form-pair">
        <input
          {...{ ...shared, ...top.input }}
          id={row.id}
          aria-label={`${row.label}, height`}
          aria-invalid={top.error !== undefined}
          data-inspector-first={first || undefined}
        />
        <span aria-hidden="true">×</span>
        <input
          {...{ ...shared, ...side.input }}
          aria-label={`${row.label}, width`}
          aria-invalid={side.error !== undefined}
        />
        <IconButton label={`${row.label}: make width the height`} small onClick={link}>
          <Unlink2 size={13} />
        </IconButton>
      </div>
    </FormRow>
  );
}
