/** A part of a drawing as text, to be pasted into this drawing or another. */
import { AppError } from '../base/errors.ts';
import { findBlock } from '../blocks/index.ts';
import { isOpKind } from '../network/ops/index.ts';
import type { Change, Edit } from './apply.ts';
import { chain, removeNode } from './edits.ts';
import { isEnd } from './ends.ts';
import { readDocument } from './file.ts';
import { checkPlace, MAX_NODES } from './format.ts';
import { STEP_X } from './layout.ts';
import { mergeBlocks } from './merge-blocks.ts';
import { type DocNode, emptyDocument, FORMAT_VERSION, type Note, type StemmaDocument } from './model.ts';
import { nextName } from './names.ts';
import { freeNoteId, removeNote } from './notes.ts';
import { blocksWithin } from './uses.ts';

const isPasteable = ({ type }: DocNode) => type !== 'block-input' && type !== 'block-output';

/**
 * Nodes and notes of these ids, the wires among them, and the blocks that they use. `version` is the document
 * format's, so that what an older Stemma copied is read as its files are.
 * @throws AppError where nothing is selected
 */
export function copyText(document: StemmaDocument, ids: readonly string[]): string {
  const chosen = new Set(ids);
  const nodes = document.nodes.filter((n) => chosen.has(n.id) && isPasteable(n));
  const notes = document.notes.filter((n) => chosen.has(n.id));
  if (nodes.length + notes.length === 0)
    throw new AppError('edit/nothing', 'Nothing is selected that can be copied.', {
      hint: 'Select nodes, comments or frames first.',
    });
  const copied = new Set(nodes.map((n) => n.id));
  const used = blocksWithin(nodes, document.blocks);
  return JSON.stringify({
    ...{ format: 'stemma-clip', version: FORMAT_VERSION, nodes },
    wires: document.wires.filter((w) => copied.has(w.from.node) && copied.has(w.to.node)),
    notes,
    blocks: document.blocks.filter((b) => used.has(b.type)),
  });
}

/** @throws AppError where nothing is selected */
export function cut(document: StemmaDocument, ids: readonly string[]): { text: string; edit: Edit } {
  const text = copyText(document, ids);
  const chosen = new Set(ids);
  const steps = [
    ...document.nodes
      .filter((n) => chosen.has(n.id) && isPasteable(n))
      .map((n) => (d: StemmaDocument) => removeNode(d, n.id)),
    ...document.notes.filter((n) => chosen.has(n.id)).map((n) => (d: StemmaDocument) => removeNote(d, n.id)),
  ];
  const what = steps.length === 1 ? 'one item' : `${steps.length} items`;
  return { text, edit: chain(document, `Cut ${what}`, steps) };
}

/**
 * Puts what `copyText` gave into a drawing, its upper left corner at a place, or where it stood, or right of that where
 * something stands at the very place. Free names stay, so what was cut keeps its weights. Blocks that the drawing has too are
 * used; a different one of the same type gets another type.
 * @throws AppError in words where the text is no such thing
 */
export function paste(
  document: StemmaDocument,
  text: string,
  at: { readonly x: number; readonly y: number } | undefined,
): Edit {
  const clip = readClip(text);
  const present = new Set(document.nodes.map((n) => n.type));
  const kept = clip.nodes.filter((n, i) => {
    const repeated = clip.nodes.findIndex((m) => m.type === n.type) < i;
    return !isEnd(n) || !(present.has(n.type) || repeated);
  });
  if (kept.length + clip.notes.length === 0)
    throw new AppError('edit/nothing', 'Nothing of what was copied can be pasted here.', {
      hint: 'A network has one input and one output, and this drawing has them.',
    });
  if (document.nodes.length + kept.length > MAX_NODES)
    throw new AppError(
      'edit/too-many',
      `The drawing would have ${document.nodes.length + kept.length} nodes; it can have at most ${MAX_NODES}.`,
    );
  const { added, typeOf } = mergeBlocks(document.blocks, clip.blocks);
  const shift = shiftFor(document, kept, clip.notes, at);
  const takenIds = new Set([...document.nodes, ...document.notes].map((n) => n.id));
  const takenNames = new Set(document.nodes.map((n) => n.name));
  const idOf = new Map<string, string>();
  const nodes = kept.map((node): DocNode => {
    const id = nextName(takenIds, node.id);
    const name = nextName(takenNames, node.name);
    takenIds.add(id);
    takenNames.add(name);
    idOf.set(node.id, id);
    const place = moved(node, shift);
    checkPlace(place, name);
    return { ...node, ...place, id, name, type: typeOf.get(node.type) ?? node.type };
  });
  const notes: Note[] = [];
  for (const note of clip.notes)
    notes.push({
      ...note,
      id: freeNoteId({ nodes: document.nodes, notes: [...document.notes, ...notes] }),
      ...moved(note, shift),
    });
  const wires = clip.wires.flatMap(({ from, to }) => {
    const [source, target] = [idOf.get(from.node), idOf.get(to.node)];
    if (source === undefined || target === undefined) return [];
    return [{ from: { ...from, node: source }, to: { ...to, node: target } }];
  });
  const [only] = nodes;
  return {
    label: `Paste ${nodes.length === 1 && only ? only.name : `${nodes.length + notes.length} items`}`,
    changes: [
      ...added.map((value): Change => ({ put: 'block', type: value.type, value })),
      ...nodes.map((value): Change => ({ put: 'node', id: value.id, value })),
      ...wires.map((value): Change => ({ put: 'wire', to: value.to, value })),
      ...notes.map((value): Change => ({ put: 'note', id: value.id, value })),
    ],
  };
}

function readClip(text: string): StemmaDocument {
  // Most of what lies on a clipboard is no Stemma drawing; that is no damaged one either.
  if (!/^\s*\{\s*"format"\s*:\s*"stemma-clip"/.test(text))
    throw new AppError('clip/format', 'The clipboard holds nothing that was copied in Stemma.', {
      hint: 'Select nodes in a drawing and copy them first.',
    });
  const { title, recipe } = emptyDocument('');
  const asDocument = text.replace(
    /"stemma-clip"/,
    `"stemma","title":${JSON.stringify(title)},"recipe":${JSON.stringify(recipe)}`,
  );
  return readDocument(asDocument, 'The clipboard', (type) => isOpKind(type) || findBlock(type) !== undefined);
}

interface Place {
  readonly x: number;
  readonly y: number;
}
const moved = ({ x, y }: Place, shift: Place) => ({ x: x + shift.x, y: y + shift.y });

function shiftFor(
  document: StemmaDocument,
  nodes: readonly DocNode[],
  notes: readonly Note[],
  at: Place | undefined,
): Place {
  const items: readonly Place[] = [...nodes, ...notes];
  const edge = (pick: (...all: number[]) => number, axis: 'x' | 'y') =>
    items.reduce((best, item) => pick(best, item[axis]), items[0]?.[axis] ?? 0);
  const left = edge(Math.min, 'x');
  if (at) return { x: at.x - left, y: at.y - edge(Math.min, 'y') };
  const aside = edge(Math.max, 'x') - left + STEP_X;
  const taken = new Set([...document.nodes, ...document.notes].map((n) => `${n.x} ${n.y}`));
  let x = 0;
  // Beyond 2^53 a step leads nowhere.
  for (let tries = 0; tries < 100 && items.some((n) => taken.has(`${n.x + x} ${n.y}`)); tries++) x += aside;
  return { x, y: 0 };
}
