/** Custom blocks: editing their inside, and taking nodes apart. */
import { chain } from '../../src/document/edits.ts';
import type { StemmaDocument } from '../../src/document/model.ts';
import { lower } from '../../src/lower/index.ts';
import { unpackNode } from '../../src/lower/unpack.ts';
import { goInside, shownNow, useEditor } from '../state/editor.ts';
import { say } from '../ui/toasts.tsx';
import { attemptAndSelect } from './place.ts';
import { chosenNodes } from './selection-edits.ts';

/** Shows the inside of a node's block; says why where it has none that can be edited. */
function editBlockOf(id: string): void {
  const { nodes, blocks } = shownNow();
  const node = nodes.find((n) => n.id === id);
  if (blocks.some((b) => b.type === node?.type)) goInside(node?.type ?? null);
  else
    say({
      kind: 'info',
      text: `'${node?.name}' is no block of yours: its inside is the same for everyone.`,
      hint: 'Unpack it, or make a block of it, to change what is inside.',
    });
}

export function editSelectedBlock(): void {
  const [id] = chosenNodes();
  if (id !== undefined) editBlockOf(id);
}

export const leaveBlock = () => goInside(null);

export function unpackSelection(): void {
  const ids = chosenNodes();
  attemptAndSelect((d) => {
    const name = d.nodes.find((n) => n.id === ids[0])?.name;
    return chain(
      d,
      `Unpack ${ids.length === 1 ? name : `${ids.length} nodes`}`,
      ids.map((id) => (now: StemmaDocument) => unpackNode(lower(now, useEditor.getState().shown), id)),
    );
  });
}

/** How many nodes of the drawing, and of its blocks' insides, are of a block. */
export const usesOf = ({ nodes, blocks }: StemmaDocument, type: string): number =>
  [nodes, ...blocks.map((b) => b.nodes)].flat().filter((n) => n.type === type).length;
