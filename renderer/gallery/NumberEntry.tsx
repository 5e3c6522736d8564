import { useId, useState } from 'react';

interface NumberEntryProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly onChange: (value: number) => void;
  /** What is typed is no such number; nothing was changed. */
  readonly onWrong: (label: string, wrong: boolean) => void;
}

/** A whole number as it is typed; only one that fits is passed on. */
export function NumberEntry({ label, value, min, max, onChange, onWrong }: NumberEntryProps) {
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const wrong = typed !== null;
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        className="input"
        inputMode="numeric"
        autoComplete="off"
        value={typed ?? value}
        aria-invalid={wrong}
        aria-describedby={wrong ? `${id}-error` : undefined}
        onChange={(e) => {
          const text = e.target.value;
          const number = Number(text);
          const fits = /^\d+$/.test(text) && number >= min && number <= max;
          setTyped(fits ? null : text);
          onWrong(label, !fits);
          if (fits) onChange(number);
        }}
        onBlur={() => {
          setTyped(null);
          onWrong(label, false);
        }}
      />
      {wrong && (
        <span className="field-error" id={`${id}-error`}>
          {min} to {max}
        </span>
      )}
    </div>
  );
}
