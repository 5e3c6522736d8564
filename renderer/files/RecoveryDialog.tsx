import { useEffect, useState } from 'react';
import type { DraftEntry } from '../../src/services/contract.ts';
import { call } from '../bridge.ts';
import { useApp } from '../state/app.ts';
import { openDocument } from '../state/editor.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { say, sayError } from '../ui/toasts.tsx';
import { leaveDrawing, parseDrawing } from './actions.ts';
import { adoptDraft } from './drafts.ts';

const when = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

export async function bringBack(id: string): Promise<void> {
  const draft = await call('drafts.read', { id });
  const document = parseDrawing(draft.text, draft.title);
  openDocument(document, { id, place: draft.place, tag: draft.tag, recovered: true });
  adoptDraft();
}

async function restored(entry: DraftEntry): Promise<void> {
  await bringBack(entry.id);
  useApp.setState({ view: 'design' });
  say({ kind: 'good', text: `"${entry.title}" is back as it was.` });
}

/** Unsaved drawings that a crash, a kill or a closed page left. */
export function RecoveryDialog({ onClose }: { readonly onClose: () => void }) {
  const [drafts, setDrafts] = useState<readonly DraftEntry[]>();
  useEffect(() => {
    call('drafts.list', {}).then(setDrafts, sayError);
  }, []);
  const restore = (entry: DraftEntry) => {
    onClose();
    // Not read before it is wanted: the host offers what was read to nobody else.
    leaveDrawing(() => void restored(entry).catch(sayError));
  };
  const drop = async (id: string) => {
    await call('drafts.drop', { id }).catch(sayError);
    const left = drafts?.filter((d) => d.id !== id) ?? [];
    setDrafts(left);
    if (left.length === 0) onClose();
  };
  return (
    <Dialog
      title="Unsaved drawings"
      onClose={onClose}
      width={540}
      foot={<Button onClick={onClose}>{drafts?.length === 0 ? 'Close' : 'Decide later'}</Button>}
    >
      <p className="muted">
        {drafts?.length === 0
          ? 'There are none: nothing waits to be restored.'
          : 'These have changes that were not saved when Stemma or its page ended. Nothing of them is lost.'}
      </p>
      <div className="file-list">
        {drafts?.map((entry) => (
          <div key={entry.id} className="file-item">
            <span className="file-name">{entry.title}</span>
            <span className="muted">{when.format(new Date(entry.savedAt))}</span>
            <Button small kind="danger" onClick={() => void drop(entry.id)}>
              Throw away
            </Button>
            <Button small kind="primary" onClick={() => restore(entry)}>
              Restore
            </Button>
          </div>
        ))}
      </div>
    </Dialog>
  );
}
