import type { EngineInstalling } from '../../src/services/contract.ts';
import { Ring } from '../ui/Ring.tsx';
import { Tip } from '../ui/Tip.tsx';
import { installingOf, showInstall } from './install.ts';
import { amountOf, shareOf, stepOf, steps } from './install-words.ts';
import { useEngines } from './store.ts';

/** In the header while the native engine is installed: how far it is. */
export function InstallChip() {
  const state = useEngines((s) => installingOf(s.installation?.state));
  return state && <Chip state={state} />;
}

function Chip({ state }: { readonly state: EngineInstalling }) {
  const share = shareOf(state);
  const words = `Installing TensorFlow. ${state.message} ${amountOf(state)}`.trim();
  return (
    <Tip text={words}>
      <button
        type="button"
        className="training-chip install-chip"
        onClick={showInstall}
        data-testid="install-chip"
      >
        <Ring share={share ?? 0} />
        <span aria-hidden="true">{steps[stepOf(state)]?.title}</span>
        <span className="visually-hidden">{words}. Show the installation</span>
      </button>
    </Tip>
  );
}
