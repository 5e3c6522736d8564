import { useRef, useState } from 'react';
import { rename } from '../../src/document/edits.ts';
import { nameProblem } from '../../src/document/names.ts';
import { attempt, shownNow } from '../state/editor.ts';
import { focusNode } from './focus.ts';
import { setUi } from './ui.ts';

/** The name of a node, edited where it stands. Enter keeps it, Escape does not. */
export function NameField({ id, name }: { readonly id: string; readonly name: string }) {
  const [text, setText] = useState(name);
  const wrong = nameProblem(shownNow(), text.trim(), id);
  // A field that goes away loses the focus, which is no wish to keep its text.
  const closed = useRef(false);
  const close = () => {
    closed.current = true;
    setUi({ renaming: null });
    focusNode(id);
  };
  const keep = () => {
    if (closed.current) return;
    if (wrong) return;
    if (text.trim() !== name) attempt((d) => rename(d, id, text.trim()));
    close();
  };
  return (
    <span className="block-rename nodrag nopan">
      <input
        // biome-ignore lint/a11y/noAutofocus: the person asked to type here.
        autoFocus
        className="input"
        aria-label={`New name of ${name}`}
        aria-invalid={wrong !== undefined}
        value={text}
        spellCheck={false}
        onFocus={(e) => e.currentTarget.select()}
        onChange={(e) => setText(e.target.value)}
        onBlur={() => !closed.current && (wrong ? close() : keep())}
        onPointerDown={(e) => e.stopPropagation()}
        onDoubleClick={(e) => e.stopPropagation()}
        onKeyDown={(e) => {
          e.stopPropagation();
          if (e.key === 'Enter') keep();
          if (e.key === 'Escape') close();
        }}
      />
      {wrong && (
        <span role="alert" className="block-rename-problem">
          {wrong}
        </span>
      )}
    </span>
  );
}
