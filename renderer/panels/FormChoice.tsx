import type { ControlProps } from './FormNumber.tsx';
import { FormRow } from './FormRow.tsx';

export function SwitchField({ stored, onValue, first, kind: _, ...row }: ControlProps) {
  return (
    <FormRow {...row} error={stored.expected}>
      <input
        id={row.id}
        type="checkbox"
        role="switch"
        aria-checked={stored.differ ? 'mixed' : stored.value === true}
        className="switch"
        ref={(input) => {
          if (input) input.indeterminate = stored.differ;
        }}
        checked={stored.value === true}
        aria-invalid={stored.expected !== undefined}
        aria-describedby={`${row.id}-note`}
        data-inspector-first={first || undefined}
        onChange={(e) => onValue(e.target.checked)}
      />
    </FormRow>
  );
}

/** So many letters fit side by side. */
const MOST_LETTERS = 16;

/** Few short options lie side by side; more are a list. */
export function ChoiceField({ kind, stored, onValue, first, ...row }: ControlProps) {
  const { options = [] } = kind;
  const short = options.length <= 3 && options.join('').length <= MOST_LETTERS;
  const shared = {
    id: row.id,
    'aria-describedby': `${row.id}-note`,
    'data-inspector-first': first || undefined,
  };
  return (
    <FormRow {...row} error={stored.expected}>
      {short ? (
        <Segments
          label={row.label}
          options={options.map((id) => ({ id, title: id }))}
          chosen={stored.value as string | undefined}
          onChoose={onValue}
          first={first}
        />
      ) : (
        <select
          {...shared}
          className="input"
          value={(stored.value as string | undefined) ?? ''}
          aria-invalid={stored.expected !== undefined}
          onChange={(e) => onValue(e.target.value)}
        >
          {stored.value === undefined && (
            <option value="" disabled>
              {stored.differ ? 'differ' : stored.text}
            </option>
          )}
          {options.map((option) => (
            <option key={option}>{option}</option>
          ))}
        </select>
      )}
    </FormRow>
  );
}

interface SegmentsProps {
  readonly label: string;
  readonly options: readonly { readonly id: string; readonly title: string }[];
  readonly chosen: string | undefined;
  readonly onChoose: (id: string) => void;
  readonly first?: boolean | undefined;
}

export function Segments({ label, options, chosen, onChoose, first }: SegmentsProps) {
  return (
    <fieldset className="segmented form-segments" aria-label={label}>
      {options.map(({ id, title }, i) => (
        <button
          key={id}
          type="button"
          aria-pressed={id === chosen}
          data-inspector-first={(first && i === 0) || undefined}
          onClick={() => {
            if (id !== chosen) onChoose(id);
          }}
        >
          {title}
        </button>
      ))}
    </fieldset>
  );
}
