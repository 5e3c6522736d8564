import { FileText, Upload } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Answers } from '../../src/services/contract.ts';
import { call } from '../bridge.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { sayError } from '../ui/toasts.tsx';
import { openFile, openPlace } from './actions.ts';

const when = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** Drawings that the host knows, and files that the browser may give. */
export function OpenDialog({ onClose }: { readonly onClose: () => void }) {
  const [known, setKnown] = useState<Answers['documents.list']>();
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    call('documents.list', {}).then(setKnown, sayError);
  }, []);
  // The newest drawing is what is wanted most.
  useEffect(() => {
    if (known) list.current?.querySelector('button')?.focus();
  }, [known]);
  const all = known && [
    ...known.documents,
    ...known.recent.filter((r) => !known.documents.some((d) => d.place === r.place)),
  ];
  return (
    <Dialog title="Open a drawing" onClose={onClose} width={560}>
      <div className="file-list" ref={list}>
        {all?.map((entry) => (
          <button
            key={entry.place}
            type="button"
            className="file-item"
            onClick={() => {
              onClose();
              void openPlace(entry.place);
            }}
          >
            <FileText size={16} />
            <span className="file-name">{entry.name}</span>
            <span className="muted">{when.format(new Date(entry.modifiedAt))}</span>
          </button>
        ))}
        {all?.length === 0 && <p className="muted">No drawings yet in {known?.folder}.</p>}
      </div>
      <div className="file-foot">
        <input
          ref={input}
          type="file"
          accept=".stemma,application/json"
          hidden
          aria-label="A .stemma file"
          onChange={(e) => {
            const [file] = e.target.files ?? [];
            if (!file) return;
            onClose();
            void openFile(file);
          }}
        />
        <Button onClick={() => input.current?.click()}>
          <Upload size={14} /> A file from elsewhere…
        </Button>
      </div>
    </Dialog>
  );
}
