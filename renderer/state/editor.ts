/** The drawing that is edited: its history, what it means, what is selected. Everything changes through edits. */
import { create } from 'zustand';
import { differenceEdit } from '../../src/document/difference.ts';
import type { Edit } from '../../src/document/edits.ts';
import {
  type History,
  perform,
  redo,
  startHistory,
  type UndoPolicy,
  undo,
} from '../../src/document/history.ts';
import { emptyDocument, type PortRef, type StemmaDocument } from '../../src/document/model.ts';
import { type Diagnostic, diagnose, type Lowered, lower } from '../../src/lower/index.ts';
import { sayError } from '../ui/toasts.tsx';

export interface Selection {
  readonly nodes: ReadonlySet<string>;
  /** Wires by where they end: `wireKey`. */
  readonly wires: ReadonlySet<string>;
  readonly notes: ReadonlySet<string>;
}

export const wireKey = ({ node, port }: PortRef) => `${node}\n${port}`;
export const nothingSelected: Selection = { nodes: new Set(), wires: new Set(), notes: new Set() };

export interface EditorState {
  /** Of this sitting; the draft bears it. */
  readonly id: string;
  readonly history: History;
  /** Of the whole drawing. */
  readonly lowered: Lowered;
  readonly diagnostics: readonly Diagnostic[];
  /** What the canvas shows: the network, or the inside of a custom block. */
  readonly shown: Lowered;
  readonly shownDiagnostics: readonly Diagnostic[];
  /** What the drawing is for, where a recipe names data: how many classes it must answer. */
  readonly classes: number | undefined;
  /** Where it lies; null: nowhere yet. */
  readonly place: string | null;
  readonly tag: string | null;
  /** The document that lies there; the very object, or null. */
  readonly saved: StemmaDocument | null;
  readonly selection: Selection;
  /** Ids (paths, for inner ones) of nodes that are opened in place. */
  readonly opened: ReadonlySet<string>;
  /** The custom block whose inside is edited; null: the network. */
  readonly inside: string | null;
}

const fresh = (document: StemmaDocument, classes?: number) => {
  const lowered = lower(document);
  const diagnostics = diagnose(lowered, { classes });
  const history = startHistory(document);
  return { history, lowered, diagnostics, shown: lowered, shownDiagnostics: diagnostics };
};

export const useEditor = create<EditorState>(() => ({
  id: crypto.randomUUID(),
  ...fresh(emptyDocument()),
  classes: undefined,
  place: null,
  tag: null,
  saved: null,
  selection: nothingSelected,
  opened: new Set<string>(),
  inside: null,
}));

/** The drawing as it is now. */
export const documentNow = () => useEditor.getState().history.document;

/** What the canvas shows of it. */
export const shownNow = () => useEditor.getState().shown.document;

export const isDirty = ({ history, saved, place }: EditorState) =>
  saved === null ? place !== null || history.past.length > 0 : history.document !== saved;

function moveTo(history: History): void {
  useEditor.setState(({ lowered: before, classes, selection, inside }) => {
    const lowered = lower(history.document, before);
    const diagnostics = diagnose(lowered, { classes });
    return {
      history,
      lowered,
      diagnostics,
      shown: lowered,
      shownDiagnostics: diagnostics,
      selection: stillThere(selection, history.document, inside),
      inside: history.document.blocks.some((b) => b.type === inside) ? inside : null,
    };
  });
}

/** What an undo took away cannot stay selected. */
function stillThere(selection: Selection, document: StemmaDocument, inside: string | null): Selection {
  const graph = document.blocks.find((b) => b.type === inside) ?? document;
  const ids = new Set(graph.nodes.map((n) => n.id));
  const ends = new Set(graph.wires.map((w) => wireKey(w.to)));
  const nodes = [...selection.nodes].filter((id) => ids.has(id));
  const wires = [...selection.wires].filter((key) => ends.has(key));
  if (nodes.length === selection.nodes.size && wires.length === selection.wires.size) return selection;
  return { ...selection, nodes: new Set(nodes), wires: new Set(wires) };
}

/** One entry of the history, unless the policy says otherwise. */
export function apply(edit: Edit, policy?: UndoPolicy): void {
  if (edit.changes.length === 0) return;
  moveTo(perform(useEditor.getState().history, edit, policy));
}

/**
 * Builds an edit on what is shown and applies it. What cannot be done is said in words, and nothing changes.
 * @returns the edit; undefined where it could not be built
 */
export function attempt(build: (document: StemmaDocument) => Edit, policy?: UndoPolicy): Edit | undefined {
  return tried(() => build(shownNow()), policy);
}

/** Like `attempt`, on the whole document whatever is shown: title, recipe. */
export function attemptOnDocument(
  build: (document: StemmaDocument) => Edit,
  policy?: UndoPolicy,
): Edit | undefined {
  return tried(() => build(documentNow()), policy);
}

function tried(build: () => Edit, policy?: UndoPolicy): Edit | undefined {
  try {
    const edit = build();
    apply(edit, policy);
    return edit;
  } catch (error) {
    sayError(error);
    return undefined;
  }
}

/** What is shown becomes another drawing, as one entry of the history. */
export const becomeShown = (after: StemmaDocument, label: string) =>
  void attempt((before) => differenceEdit(before, after, label));

export const undoEdit = () => moveTo(undo(useEditor.getState().history));
export const redoEdit = () => moveTo(redo(useEditor.getState().history));

/** Another drawing takes the place of this one. */
export function openDocument(
  document: StemmaDocument,
  from: { place?: string | null; tag?: string | null; saved?: boolean; id?: string } = {},
): void {
  useEditor.setState({
    id: from.id ?? crypto.randomUUID(),
    ...fresh(document, useEditor.getState().classes),
    place: from.place ?? null,
    tag: from.tag ?? null,
    saved: from.saved ? document : null,
    selection: nothingSelected,
    opened: new Set(),
    inside: null,
  });
}

/** How many classes the recipe's data has; the output is checked against it. */
export function setClasses(classes: number | undefined): void {
  useEditor.setState((s) => (s.classes === classes ? s : { classes, ...diagnosed(s, classes) }));
}

export function select(selection: Partial<Selection>): void {
  useEditor.setState({ selection: { ...nothingSelected, ...selection } });
}

export const selectNodes = (ids: Iterable<string>) => select({ nodes: new Set(ids) });

function diagnosed({ lowered, shown, shownDiagnostics }: EditorState, classes: number | undefined) {
  const diagnostics = diagnose(lowered, { classes });
  return { diagnostics, shownDiagnostics: shown === lowered ? diagnostics : shownDiagnostics };
}
