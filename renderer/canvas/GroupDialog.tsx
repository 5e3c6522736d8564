import { useState } from 'react';
import { groupNodes } from '../../src/document/group.ts';
import type { CustomBlock, DocNode } from '../../src/document/model.ts';
import { schemaOf } from '../../src/lower/index.ts';
import { useEditor } from '../state/editor.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { ends, exposedOf, type Wish } from './grouping.ts';
import { attemptAndSelect } from './place.ts';
import { chosenNodes } from './selection-edits.ts';

/** Asks for the name and the repeat of a block that the selection becomes, and what its uses may set. */
export function GroupDialog({ onClose }: { readonly onClose: () => void }) {
  const { document } = useEditor.getState().shown;
  const [ids] = useState(chosenNodes);
  const chosen = new Set(ids);
  const nodes = document.nodes.filter((n) => chosen.has(n.id));
  const { inputs, outputs } = ends(document, chosen);
  const [name, setName] = useState('my-block');
  const [repeat, setRepeat] = useState(1);
  const [wishes, setWishes] = useState<readonly Wish[]>([]);
  const repeatable = inputs === 1 && outputs === 1;
  const wrong =
    name.trim() === ''
      ? 'Give it a name.'
      : !Number.isInteger(repeat) || repeat < 1 || repeat > 1000
        ? 'Repeat expected a whole number from 1 to 1000.'
        : repeat > 1 && !repeatable
          ? `To repeat, it needs one input and one output; this selection has ${inputs} and ${outputs}.`
          : undefined;
  const make = () => {
    if (wrong) return;
    const options = { name: name.trim(), repeat, exposed: exposedOf(nodes, wishes) };
    if (attemptAndSelect((d) => groupNodes(d, ids, options))) onClose();
  };
  return (
    <Dialog
      title="Make a block"
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" disabled={wrong !== undefined} onClick={make}>
            Make block
          </Button>
        </>
      }
    >
      <form
        className="group-form"
        onSubmit={(e) => {
          e.preventDefault();
          make();
        }}
      >
        <p className="muted">
          {nodes.length === 1 ? 'One node becomes' : `${nodes.length} nodes become`} one that can be used
          again and repeated. Weights stay.
        </p>
        <label className="field">
          <span className="field-label">Name</span>
          <input className="input" value={name} maxLength={100} onChange={(e) => setName(e.target.value)} />
        </label>
        <label className="field">
          <span className="field-label">Repeat</span>
          <input
            className="input"
            type="number"
            min={1}
            max={1000}
            value={repeat}
            onChange={(e) => setRepeat(e.target.valueAsNumber)}
          />
          <span className="field-help">How many copies follow one another.</span>
        </label>
        {wrong && (
          <p className="field-error" role="alert">
            {wrong}
          </p>
        )}
        <Wishes nodes={nodes} blocks={document.blocks} wishes={wishes} onChange={setWishes} />
      </form>
    </Dialog>
  );
}

interface WishesProps {
  readonly nodes: readonly DocNode[];
  readonly blocks: readonly CustomBlock[];
  readonly wishes: readonly Wish[];
  readonly onChange: (wishes: readonly Wish[]) => void;
}

function Wishes({ nodes, blocks, wishes, onChange }: WishesProps) {
  const lists = nodes.map((node) => ({ node, params: Object.keys(schemaOf(node.type, blocks) ?? {}) }));
  if (lists.every(({ params }) => params.length === 0)) return null;
  return (
    <fieldset className="group-wishes">
      <legend>Parameters that each use may set</legend>
      {lists.map(({ node, params }) =>
        params.map((param) => {
          const wish = wishes.find((w) => w.node === node.id && w.param === param);
          const others = wishes.filter((w) => w !== wish);
          return (
            <div key={`${node.id}\n${param}`} className="group-wish">
              <label>
                <input
                  type="checkbox"
                  checked={wish !== undefined}
                  onChange={(e) =>
                    onChange(
                      e.target.checked ? [...others, { node: node.id, param, firstOnly: false }] : others,
                    )
                  }
                />
                {node.name} <b>{param}</b>
              </label>
              {wish && (
                <label>
                  <input
                    type="checkbox"
                    checked={wish.firstOnly}
                    onChange={(e) => onChange([...others, { ...wish, firstOnly: e.target.checked }])}
                  />
                  first copy only
                </label>
              )}
            </div>
          );
        }),
      )}
    </fieldset>
  );
}
