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
import { insideOf, intoBlock } from '../../src/document/inside.ts';
import { emptyDocument, type PortRef, type StemmaDocument } from '../../src/document/model.ts';
import {
  type Diagnostic,
  diagnose,
  diagnoseInside,
  type Fix,
  fixes,
  fixesInside,
  type Lowered,
  lower,
  shapesOfFirstUse,
} from '../../src/lower/index.ts';
import { sayError } from '../ui/toasts.tsx';

/** Pages over plain HTTP from another machine have no `randomUUID`. */
const newId = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  );

export interface Selection {
  readonly nodes: ReadonlySet<string>;
  /** Wires by where they end: `wireKey`. */
  readonly wires: ReadonlySet<string>;
  readonly notes: ReadonlySet<string>;
}

export const wireKey = ({ node, port }: PortRef) => `${node}\n${port}`;
export const nothingSelected: Selection = { nodes: new Set(), wires: new Set(), notes: new Set() };

/** What the drawing means. */
interface Meaning {
  /** Of the whole drawing. */
  readonly lowered: Lowered;
  readonly diagnostics: readonly Diagnostic[];
  /** What the canvas shows: the network, or the inside of a custom block. */
  readonly shown: Lowered;
  readonly shownDiagnostics: readonly Diagnostic[];
}

export interface EditorState extends Meaning {
  /** Of this sitting; the draft bears it. */
  readonly id: string;
  readonly history: History;
  /** What the drawing is for, where a recipe names data: how many classes it must answer. */
  readonly classes: number | undefined;
  /** Where it lies; null: nowhere yet. */
  readonly place: string | null;
  readonly tag: string | null;
  /** The document that lies there; the very object, or null. */
  readonly saved: StemmaDocument | null;
  /** It comes from a draft: nothing else holds it until it is saved. */
  readonly recovered: boolean;
  readonly selection: Selection;
  /** Keys of the scene's nodes that are opened in place. */
  readonly opened: ReadonlySet<string>;
  /** The custom block whose inside is edited; null: the network. */
  readonly inside: string | null;
}

function meaningOf(
  document: StemmaDocument,
  inside: string | null,
  classes: number | undefined,
  before?: Meaning,
): Meaning {
  const lowered = lower(document, before?.lowered);
  const diagnostics = diagnose(lowered, { classes });
  if (inside === null) return { lowered, diagnostics, shown: lowered, shownDiagnostics: diagnostics };
  const shown = lower(insideOf(document, inside, shapesOfFirstUse(lowered, inside)), before?.shown);
  return { lowered, diagnostics, shown, shownDiagnostics: diagnoseInside(shown) };
}

const fresh = (document: StemmaDocument, classes?: number) => ({
  history: startHistory(document),
  ...meaningOf(document, null, classes),
  selection: nothingSelected,
  opened: new Set<string>(),
  inside: null,
});

export const useEditor = create<EditorState>(() => ({
  id: newId(),
  ...fresh(emptyDocument()),
  classes: undefined,
  place: null,
  tag: null,
  saved: null,
  recovered: false,
}));

/** The drawing as it is now. */
export const documentNow = () => useEditor.getState().history.document;

/** What the canvas shows of it. */
export const shownNow = () => useEditor.getState().shown.document;

export const isDirty = ({ history, saved, place, recovered }: EditorState) =>
  saved === null ? recovered || place !== null || history.past.length > 0 : history.document !== saved;

function moveTo(history: History): void {
  useEditor.setState((before) => {
    const { document } = history;
    const inside = document.blocks.some((b) => b.type === before.inside) ? before.inside : null;
    const meaning = meaningOf(document, inside, before.classes, before);
    const selection =
      inside === before.inside ? stillThere(before.selection, meaning.shown.document) : nothingSelected;
    return { history, inside, ...meaning, selection };
  });
}

/** What an undo took away cannot stay selected. */
function stillThere(selection: Selection, { nodes, wires, notes }: StemmaDocument): Selection {
  const kept = (chosen: ReadonlySet<string>, there: Iterable<string>) => {
    if (chosen.size === 0) return chosen;
    const all = new Set(there);
    // Inner nodes of what is opened in place are 'OWNER>…'.
    const left = [...chosen].filter((key) => all.has(key.split('>')[0] as string));
    return left.length === chosen.size ? chosen : new Set(left);
  };
  const next = {
    nodes: kept(
      selection.nodes,
      nodes.map((n) => n.id),
    ),
    wires: kept(
      selection.wires,
      wires.map((w) => wireKey(w.to)),
    ),
    notes: kept(
      selection.notes,
      notes.map((n) => n.id),
    ),
  };
  const same =
    next.nodes === selection.nodes && next.wires === selection.wires && next.notes === selection.notes;
  return same ? selection : next;
}

function apply(edit: Edit, policy?: UndoPolicy): void {
  if (edit.changes.length > 0) moveTo(perform(useEditor.getState().history, edit, policy));
}

/**
 * Builds an edit on what is shown and applies it: one entry of the history, unless the policy says otherwise. What
 * cannot be done is said in words, and nothing changes.
 * @returns the edit; undefined where it could not be built
 */
export function attempt(build: (document: StemmaDocument) => Edit, policy?: UndoPolicy): Edit | undefined {
  return tried((document) => {
    const { inside, shown } = useEditor.getState();
    const edit = build(shown.document);
    return inside === null ? edit : intoBlock(document, inside, shown.document, edit);
  }, policy);
}

/** Like `attempt`, on the whole document whatever is shown: title, recipe. */
export function attemptOnDocument(
  build: (document: StemmaDocument) => Edit,
  policy?: UndoPolicy,
): Edit | undefined {
  return tried(build, policy);
}

function tried(build: (document: StemmaDocument) => Edit, policy?: UndoPolicy): Edit | undefined {
  try {
    const edit = build(documentNow());
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

/** Edits that would remove a problem of what is shown. They are tried one by one, so ask for few. */
export function fixesOf(diagnostic: Diagnostic): readonly Fix[] {
  const { inside, shown, classes } = useEditor.getState();
  return inside === null ? fixes(shown, diagnostic, { classes }) : fixesInside(shown, diagnostic);
}

/** Another drawing takes the place of this one. */
export function openDocument(
  document: StemmaDocument,
  from: {
    place?: string | null;
    tag?: string | null;
    saved?: boolean;
    recovered?: boolean;
    id?: string;
  } = {},
): void {
  useEditor.setState({
    id: from.id ?? newId(),
    ...fresh(document, useEditor.getState().classes),
    place: from.place ?? null,
    tag: from.tag ?? null,
    saved: from.saved ? document : null,
    recovered: from.recovered ?? false,
  });
}

/** How many classes the recipe's data has; the output is checked against it. */
export function setClasses(classes: number | undefined): void {
  const state = useEditor.getState();
  if (state.classes === classes) return;
  useEditor.setState({ classes, ...meaningOf(state.history.document, state.inside, classes, state) });
}

/** Shows the inside of a custom block, or (null) the network. */
export function goInside(inside: string | null): void {
  useEditor.setState((state) => ({
    inside,
    selection: nothingSelected,
    opened: new Set<string>(),
    ...meaningOf(state.history.document, inside, state.classes, state),
  }));
}

export function select(selection: Partial<Selection>): void {
  useEditor.setState({ selection: { ...nothingSelected, ...selection } });
}

export const selectNodes = (ids: Iterable<string>) => select({ nodes: new Set(ids) });
