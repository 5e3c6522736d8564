import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { EngineInstallation } from '../../src/services/contract.ts';
import { Button } from '../ui/Button.tsx';
import { bytes } from '../ui/format.ts';
import { Gain } from './Gain.tsx';
import { removeEngine } from './install.ts';
import { sourceWords } from './install-words.ts';

const when = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

interface InstalledProps {
  readonly installation: EngineInstallation;
  readonly installed: NonNullable<EngineInstallation['installed']>;
  readonly onClose: () => void;
}

/** What is installed, and the way to remove it. */
export function Installed({ installation: { found }, installed, onClose }: InstalledProps) {
  const { version, gpu, folder, diskBytes, at, threads, measured } = installed;
  const facts: readonly (readonly [string, string])[] = [
    ['Version', `${version}${gpu ? ', with NVIDIA’s libraries' : ''}`],
    ['Folder', folder],
    ['On the disk', bytes(diskBytes)],
    ['Installed', when.format(new Date(at))],
    ['Threads', threads === null ? 'as TensorFlow chooses' : `${threads}, the fastest that were tried here`],
  ];
  return (
    <div className="engine-installed">
      {measured && <Gain measured={measured} />}
      <dl className="facts-list text-selectable">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {found && found.source !== 'installed' && (
        <p className="callout warn text-selectable">
          Another library is used before it: {sourceWords(found)}.
        </p>
      )}
      <div className="engine-actions">
        <Remove diskBytes={diskBytes} />
        <Button kind="primary" onClick={onClose}>
          Close
        </Button>
      </div>
    </div>
  );
}

/** Asks where it stands: a question of its own would take the dialog's place. */
function Remove({ diskBytes }: { readonly diskBytes: number }) {
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  if (!asked)
    return (
      <Button kind="danger" onClick={() => setAsked(true)}>
        <Trash2 size={14} aria-hidden /> Remove…
      </Button>
    );
  return (
    <fieldset className="engine-remove" aria-label="Remove it?">
      <span>Remove it? {bytes(diskBytes)} become free; runs and drawings stay.</span>
      <Button small autoFocus onClick={() => setAsked(false)} disabled={busy}>
        Keep it
      </Button>
      <Button
        small
        kind="danger"
        disabled={busy}
        onClick={() => {
          setBusy(true);
          void removeEngine().finally(() => setBusy(false));
        }}
      >
        {busy ? 'Removing…' : 'Remove'}
      </Button>
    </fieldset>
  );
}
