import { type NodeProps, NodeResizer } from '@xyflow/react';
import { memo, useRef, useState } from 'react';
import type { NoteFlowNode } from './flow.ts';
import { focusNode } from './focus.ts';
import { resizeNote, setNoteText } from './notes.ts';
import { setUi, useCanvasUi } from './ui.ts';

/** A comment, or a frame that stands behind nodes. */
export const NoteNode = memo(function NoteNode({ data: { note }, selected }: NodeProps<NoteFlowNode>) {
  const editing = useCanvasUi((s) => s.renaming === note.id);
  const { id, kind, text } = note;
  return (
    <>
      <NodeResizer
        isVisible={selected}
        minWidth={96}
        minHeight={48}
        onResizeEnd={(_, { x, y, width, height }) => resizeNote(id, { x, y, width, height })}
      />
      <div className={`note note-${kind}`}>
        {editing ? (
          <NoteField id={id} kind={kind} text={text} />
        ) : (
          <div className="note-text">{text || (kind === 'comment' ? 'Double-click to write' : '')}</div>
        )}
      </div>
    </>
  );
});

function NoteField({ id, kind, text }: { id: string; kind: 'comment' | 'frame'; text: string }) {
  const [value, setValue] = useState(text);
  // A field that goes away loses the focus, which is no wish to keep its text.
  const closed = useRef(false);
  const close = () => {
    closed.current = true;
    setUi({ renaming: null });
    focusNode(id);
  };
  const keep = () => {
    if (closed.current) return;
    setNoteText(id, value);
    close();
  };
  return (
    <textarea
      // biome-ignore lint/a11y/noAutofocus: the person asked to type here.
      autoFocus
      className="note-field nodrag nopan nowheel"
      aria-label={kind === 'comment' ? 'Text of the comment' : 'Title of the frame'}
      maxLength={10_000}
      rows={kind === 'frame' ? 1 : undefined}
      value={value}
      onFocus={(e) => e.currentTarget.select()}
      onChange={(e) => setValue(e.target.value)}
      onBlur={keep}
      onKeyDown={(e) => {
        e.stopPropagation();
        if (e.key === 'Escape') close();
        if (e.key === 'Enter' && (kind === 'frame' || e.ctrlKey || e.metaKey)) {
          e.preventDefault();
          keep();
        }
      }}
    />
  );
}
