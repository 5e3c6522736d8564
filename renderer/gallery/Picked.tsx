import { useId } from 'react';

interface PickedProps<T extends string> {
  readonly label: string;
  readonly options: readonly T[];
  readonly value: T;
  /** What the present choice means. */
  readonly help: string;
  readonly onChange: (value: T) => void;
}

/** A few words side by side, and what the chosen one means. */
export function Picked<T extends string>({ label, options, value, help, onChange }: PickedProps<T>) {
  const id = useId();
  return (
    <div className="field">
      <span className="field-label" id={id}>
        {label}
      </span>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a border and a legend. */}
      <div className="segmented picked" role="group" aria-labelledby={id} aria-describedby={`${id}-help`}>
        {options.map((option) => (
          <button key={option} type="button" aria-pressed={option === value} onClick={() => onChange(option)}>
            {option}
          </button>
        ))}
      </div>
      <span className="field-help" id={`${id}-help`}>
        {help}
      </span>
    </div>
  );
}
