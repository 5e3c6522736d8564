/** Autosave: what was drawn is on the host's disk half a second later, whatever happens then. */
import { writeDocument } from '../../src/document/file.ts';
import { call } from '../bridge.ts';
import { useApp } from '../state/app.ts';
import { type EditorState, isDirty, useEditor } from '../state/editor.ts';
import { sayError } from '../ui/toasts.tsx';

const DELAY_MS = 500;

let timer: ReturnType<typeof setTimeout> | undefined;
/** The draft that the host holds; undefined: none. */
let held: string | undefined;
/** One after the other, so that a draft that was dropped does not come back. */
let last: Promise<void> = Promise.resolve();
const inTurn = (action: () => Promise<unknown>) => {
  last = last.then(action).then(() => {}, sayError);
  return last;
};

export async function dropDraft(id: string): Promise<void> {
  clearTimeout(timer);
  if (held !== id) return;
  held = undefined;
  await inTurn(() => call('drafts.drop', { id }));
}

function put({ id, history: { document }, place, tag }: EditorState): void {
  held = id;
  const text = writeDocument(document);
  void inTurn(() => call('drafts.put', { id, title: document.title, place, tag, text }));
}

/** Keeps a draft of every drawing that has unsaved changes. */
export function keepDrafts(): () => void {
  // A host that was started anew does not know yet that this page holds its draft.
  useApp.subscribe((now, before) => {
    const back = now.connection === 'connected' && before.connection === 'lost';
    if (back && isDirty(useEditor.getState())) put(useEditor.getState());
  });
  return useEditor.subscribe((now, before) => {
    if (now.history.document === before.history.document && now.saved === before.saved) return;
    clearTimeout(timer);
    if (isDirty(now)) timer = setTimeout(() => put(useEditor.getState()), DELAY_MS);
    else if (held === now.id) void dropDraft(now.id);
  });
}

/** What was restored has no file that holds it: it is kept as a draft again, under this page. */
export function adoptDraft(): void {
  put(useEditor.getState());
}
