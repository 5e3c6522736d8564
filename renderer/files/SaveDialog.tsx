import { useState } from 'react';
import { call } from '../bridge.ts';
import { useApp } from '../state/app.ts';
import { documentNow } from '../state/editor.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { sayError } from '../ui/toasts.tsx';
import { downloadDocument, fileNameOf, saveTo } from './actions.ts';

interface Props {
  readonly onClose: () => void;
  readonly then?: (() => void) | undefined;
}

/** A name in the host's folder; where the host has a dialog of the system, that one is used instead. */
export function SaveDialog({ onClose, then }: Props) {
  const [name, setName] = useState(fileNameOf(documentNow().title));
  const folder = useApp((s) => s.info?.documentsFolder);
  const save = async () => {
    try {
      const { place } = await call('documents.placeFor', { name });
      onClose();
      await saveTo(place, null, then);
    } catch (error) {
      sayError(error);
    }
  };
  return (
    <Dialog
      title="Save the drawing"
      onClose={onClose}
      width={460}
      foot={
        <>
          <Button
            onClick={() => {
              downloadDocument();
              onClose();
            }}
          >
            Download instead
          </Button>
          <Button kind="primary" disabled={name.trim() === ''} onClick={() => void save()}>
            Save
          </Button>
        </>
      }
    >
      <form
        onSubmit={(e) => {
          e.preventDefault();
          if (name.trim() !== '') void save();
        }}
      >
        <label className="field">
          <span className="field-label">Name</span>
          <input
            className="input"
            value={name}
            maxLength={100}
            onFocus={(e) => e.target.select()}
            onChange={(e) => setName(e.target.value)}
          />
          <span className="field-help">Lies in {folder}, as NAME.stemma.</span>
        </label>
      </form>
    </Dialog>
  );
}
