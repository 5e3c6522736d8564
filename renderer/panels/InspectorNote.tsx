import { useEffect, useState } from 'react';
import type { Note } from '../../src/document/model.ts';
import { setNoteText } from '../canvas/notes.ts';
import { useKeepOnLeaving } from './leaving.ts';

/** A comment's or a frame's text. */
export function InspectorNote({ note: { id, kind, text } }: { readonly note: Note }) {
  const [given, setGiven] = useState(text);
  useEffect(() => setGiven(text), [text]);
  const keep = () => setNoteText(id, given);
  useKeepOnLeaving(keep);
  return (
    <>
      <header className="inspector-head">
        <h2>{kind === 'comment' ? 'Comment' : 'Frame'}</h2>
        <p>{kind === 'comment' ? 'Words beside the drawing.' : 'Goes round nodes and moves with them.'}</p>
      </header>
      <label className="field">
        <span className="field-label">Text</span>
        <textarea
          className="input"
          rows={kind === 'comment' ? 6 : 2}
          maxLength={10_000}
          value={given}
          data-inspector-first
          onChange={(e) => setGiven(e.target.value)}
          onBlur={keep}
        />
      </label>
    </>
  );
}
