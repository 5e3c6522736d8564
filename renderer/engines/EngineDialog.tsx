import { useEffect, useState } from 'react';
import type { EngineInstallation, EngineInstalling } from '../../src/services/contract.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { BeforeInstall } from './BeforeInstall.tsx';
import { Ended } from './Ended.tsx';
import { Installed } from './Installed.tsx';
import { Installing } from './Installing.tsx';
import { answerOffer, installingOf } from './install.ts';
import { loadEngines, loadInstallation, useEngines } from './store.ts';

/** Installing the native engine, from what it costs to what it gained; and removing it. */
export function EngineDialog({ onClose }: { readonly onClose: () => void }) {
  const installation = useEngines((s) => s.installation);
  useEffect(() => {
    answerOffer();
    void loadInstallation();
    // They tell of GPUs.
    loadEngines();
  }, []);
  return (
    <Dialog title="TensorFlow, the native engine" onClose={onClose} width={560} className="engine-dialog">
      {installation ? (
        <Content {...{ installation, onClose }} />
      ) : (
        <p role="status">Looking at what can be installed here…</p>
      )}
    </Dialog>
  );
}

/** The same end, whenever it is told. */
const endKey = (state: EngineInstalling | null) => JSON.stringify(state);

interface ContentProps {
  readonly installation: EngineInstallation;
  readonly onClose: () => void;
}

function Content({ installation, onClose }: ContentProps) {
  const { state, installed } = installation;
  // What was done before this was opened is no news: it shows what is installed. A failure stays until it is read.
  const [seen, setSeen] = useState(() => (state?.phase === 'done' ? endKey(state) : null));
  const running = installingOf(state);
  if (running) return <Installing state={running} onClose={onClose} />;
  const again = () => setSeen(endKey(state));
  if (state && state.phase !== 'cancelled' && endKey(state) !== seen)
    return <Ended {...{ state, installation, again, onClose }} />;
  if (installed) return <Installed {...{ installation, installed, onClose }} />;
  return <BeforeInstall installation={installation} />;
}
