import { type KeyboardEvent, useRef, useState } from 'react';
import type { ParamValue, Parsed } from '../../src/schema/params.ts';

interface EntryOptions {
  /** What is stored, as it is shown; empty where several nodes differ. */
  readonly stored: string;
  /** What is expected, where what is stored does not fit. */
  readonly expected: string | undefined;
  readonly parse: (text: string) => Parsed<ParamValue>;
  readonly show: (value: ParamValue) => string;
  readonly onValue: (value: ParamValue) => void;
  /** By arrow keys; absent: none. */
  readonly onStep?: ((by: number) => void) | undefined;
}

/**
 * A text that is read at each key: what fits is stored at once, what does not stays in the field with what was
 * expected, also when the field is left. Escape brings back what was stored when the field was entered.
 */
export function useEntry({ stored, expected, parse, show, onValue, onStep }: EntryOptions) {
  const [draft, setDraft] = useState<{ readonly text: string; readonly on: string } | null>(null);
  const entered = useRef(stored);
  const parsed = draft && parse(draft.text);
  // Once something else changes what is stored, as an undo does, a draft has had its day.
  const stands = draft && (parsed?.ok ? show(parsed.value) === stored : draft.on === stored);
  const change = (text: string) => {
    setDraft(text.trim() === stored ? null : { text, on: stored });
    const next = parse(text);
    if (next.ok && show(next.value) !== stored) onValue(next.value);
  };
  return {
    error: !stands ? expected : parsed && !parsed.ok ? parsed.expected : undefined,
    /** For the input itself. */
    input: {
      value: stands ? draft.text : stored,
      spellCheck: false,
      autoComplete: 'off',
      onFocus: () => {
        entered.current = stored;
      },
      onChange: (e: { target: { value: string } }) => change(e.target.value),
      onBlur: () => {
        if (parsed?.ok) setDraft(null);
      },
      onKeyDown: (e: KeyboardEvent) => {
        if (e.key === 'Escape') {
          setDraft(null);
          const before = parse(entered.current);
          if (before.ok && show(before.value) !== stored) onValue(before.value);
        } else if (onStep && (e.key === 'ArrowUp' || e.key === 'ArrowDown')) {
          onStep((e.key === 'ArrowUp' ? 1 : -1) * (e.shiftKey ? 10 : 1));
          setDraft(null);
          e.preventDefault();
        }
      },
    },
  };
}
