import { useEditor, wireKey } from '../state/editor.ts';
import { InspectorBlock } from './InspectorBlock.tsx';
import { InspectorDrawing } from './InspectorDrawing.tsx';
import { InspectorInner } from './InspectorInner.tsx';
import { InspectorMany } from './InspectorMany.tsx';
import { InspectorNode } from './InspectorNode.tsx';
import { InspectorNote } from './InspectorNote.tsx';
import { InspectorWire } from './InspectorWire.tsx';

/** What is selected, right of the drawing. */
export function Inspector() {
  return (
    <div className="inspector">
      <Selected />
    </div>
  );
}

function Selected() {
  const { selection, shown, inside, history } = useEditor();
  const { nodes, wires, notes } = selection;
  const [key] = nodes;
  if (nodes.size > 1) return <InspectorMany ids={nodes} />;
  if (key !== undefined) {
    const item = shown.nodes.get(key);
    return item ? <InspectorNode key={key} item={item} /> : <InspectorInner key={key} of={key} />;
  }
  const wire = shown.document.wires.find((w) => wires.has(wireKey(w.to)));
  if (wires.size === 1 && wire) return <InspectorWire key={wireKey(wire.to)} wire={wire} />;
  const note = shown.document.notes.find((n) => notes.has(n.id));
  if (notes.size === 1 && wires.size === 0 && note) return <InspectorNote key={note.id} note={note} />;
  const block = history.document.blocks.find((b) => b.type === inside);
  return block ? <InspectorBlock key={block.type} block={block} /> : <InspectorDrawing />;
}
