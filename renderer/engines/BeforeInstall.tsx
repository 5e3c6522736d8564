import { Download, HardDrive, ShieldCheck, Terminal } from 'lucide-react';
import { useId, useState } from 'react';
import type { EngineInstallation, EngineVariant } from '../../src/services/contract.ts';
import { Button } from '../ui/Button.tsx';
import { bytes } from '../ui/format.ts';
import { nvidiaOf } from './choice.ts';
import { install } from './install.ts';
import { sourceWords } from './install-words.ts';
import { KNOWN_GAIN } from './known-gain.ts';
import { useEngines } from './store.ts';

/** What it costs and does, before it is begun. */
export function BeforeInstall({ installation }: { readonly installation: EngineInstallation }) {
  const { variants, client, why, found } = installation;
  const nvidia = nvidiaOf(useEngines((s) => s.engines));
  const offered = variants.filter((v) => !v.gpu || nvidia !== undefined);
  const [gpu, setGpu] = useState(false);
  const [wheel, setWheel] = useState('');
  const variant = offered.find((v) => v.gpu === gpu) ?? offered[0];
  const path = wheel.trim() || null;
  if (!variant) return <p className="callout text-selectable">{why}</p>;
  return (
    <div className="engine-before">
      <p>
        Stemma trains without it, on the portable engine. TensorFlow’s native library does the same work
        faster. {KNOWN_GAIN} What it gains here is measured when it is installed.
      </p>
      {found && <p className="callout text-selectable">There is one already: {sourceWords(found)}.</p>}
      {offered.length > 1 && <Variants {...{ offered, gpu, setGpu, nvidia: nvidia ?? '' }} />}
      <Costs variant={variant} client={client} />
      {why && <p className="callout warn text-selectable">{why}</p>}
      <WheelField {...{ wheel, setWheel, isOpen: client === null }} />
      <div className="engine-actions">
        <Button
          kind="primary"
          disabled={client === null && path === null}
          onClick={() => void install(variant.gpu, path)}
        >
          <Download size={14} aria-hidden /> Install{path === null && ` (${bytes(variant.downloadBytes)})`}
        </Button>
      </div>
    </div>
  );
}

interface VariantsProps {
  readonly offered: readonly EngineVariant[];
  readonly gpu: boolean;
  readonly setGpu: (gpu: boolean) => void;
  readonly nvidia: string;
}

function Variants({ offered, gpu, setGpu, nvidia }: VariantsProps) {
  return (
    <fieldset className="engine-variants">
      <legend>For</legend>
      {offered.map((v) => (
        <label key={String(v.gpu)}>
          <input type="radio" name="variant" checked={v.gpu === gpu} onChange={() => setGpu(v.gpu)} />
          <span>
            {v.gpu ? `the processor and ${nvidia}` : 'the processor'}
            <span className="muted"> · {bytes(v.downloadBytes)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function Costs({ variant, client }: { readonly variant: EngineVariant; readonly client: string | null }) {
  const { version, downloadBytes, diskBytes } = variant;
  return (
    <ul className="engine-costs">
      <li>
        <HardDrive size={15} aria-hidden />
        <span>
          <b>{bytes(downloadBytes)}</b> to download, <b>{bytes(diskBytes)}</b> on the disk; both together
          while it is unpacked.
        </span>
      </li>
      <li>
        <Terminal size={15} aria-hidden />
        <span>
          {client ? (
            <>
              <code>{client}</code> downloads TensorFlow {version} from your package index. Nothing of Python
              is installed, and none runs when you train.
            </>
          ) : (
            <>The file that you name is read; nothing is fetched.</>
          )}
        </span>
      </li>
      <li>
        <ShieldCheck size={15} aria-hidden />
        <span>
          Every file is checked against a sum that Stemma knows, then tried in a process of its own. Only when
          that has trained a small network is it taken. You can go on working.
        </span>
      </li>
    </ul>
  );
}

interface WheelFieldProps {
  readonly wheel: string;
  readonly setWheel: (wheel: string) => void;
  readonly isOpen: boolean;
}

/** For machines that fetch nothing themselves. */
function WheelField({ wheel, setWheel, isOpen }: WheelFieldProps) {
  const id = useId();
  return (
    <details className="more" open={isOpen}>
      <summary>From a file on this machine</summary>
      <div className="field">
        <label className="field-label" htmlFor={id}>
          Path of the wheel, or of a folder of wheels
        </label>
        <input
          id={id}
          className="input"
          spellCheck={false}
          placeholder="/home/me/Downloads/tensorflow_cpu-….whl"
          value={wheel}
          onChange={(e) => setWheel(e.target.value)}
        />
      </div>
    </details>
  );
}
