import { CircleCheck, Copy, FolderSearch, TriangleAlert } from 'lucide-react';
import type { ExportEntry } from '../../src/services/contract.ts';
import { call } from '../bridge.ts';
import { useApp } from '../state/app.ts';
import { IconButton } from '../ui/Button.tsx';
import { copyText } from '../ui/copy.ts';
import { sayError } from '../ui/toasts.tsx';
import { verificationWords } from './export-words.ts';

/** Where an export lies, to be copied, and shown where the system can. */
export function Place({ place }: { readonly place: string }) {
  const dialogs = useApp((s) => s.info?.dialogs);
  return (
    <div className="place">
      <code className="mono text-selectable">{place}</code>
      <IconButton small label="Copy the place" onClick={() => void copyText(place, 'The place')}>
        <Copy size={13} />
      </IconButton>
      {dialogs && (
        <IconButton
          small
          label="Show it in its folder"
          onClick={() => call('shell.reveal', { place }).catch(sayError)}
        >
          <FolderSearch size={13} />
        </IconButton>
      )}
    </div>
  );
}

/** What reading it back has shown. */
export function Verification({ entry }: { readonly entry: ExportEntry }) {
  const { good, words } = verificationWords(entry);
  return (
    <p className={`callout text-selectable ${good ? 'good' : 'warn'}`}>
      {good ? <CircleCheck size={14} aria-hidden /> : <TriangleAlert size={14} aria-hidden />}
      <span>{words}</span>
    </p>
  );
}

export function ExportList({ exports }: { readonly exports: readonly ExportEntry[] }) {
  return (
    <ul className="export-list">
      {exports.map((entry) => (
        <li key={`${entry.place} ${entry.at}`}>
          <b>{entry.format}</b>
          <Place place={entry.place} />
          <Verification entry={entry} />
        </li>
      ))}
    </ul>
  );
}
