/** What can train here, what of it is installed, the memory there is: as the host tells. */
import { create } from 'zustand';
import { AppError } from '../../src/base/errors.ts';
import type { EngineInfo, EngineInstallation, MachineMemory } from '../../src/services/contract.ts';
import { call } from '../bridge.ts';
import { useApp } from '../state/app.ts';
import { changeSettings } from '../state/settings.ts';
import { sayError } from '../ui/toasts.tsx';

interface Engines {
  /** Null: not told yet. */
  readonly engines: readonly EngineInfo[] | null;
  readonly installation: EngineInstallation | null;
  /** Of the machine, when it was last asked. */
  readonly memory: MachineMemory | null;
}

export const useEngines = create<Engines>(() => ({ engines: null, installation: null, memory: null }));

/** What is asked here, nobody asked for: that the host is gone is told above the page already. */
function sayUnlessGone(error: unknown): void {
  if (!(error instanceof AppError && error.code === 'host/gone')) sayError(error);
}

/** The host starts a process to ask its engines: once, until they are others. */
export function loadEngines(): void {
  if (useEngines.getState().engines === null) void reloadEngines();
}

export const reloadEngines = () =>
  call('engines.list', {}).then((engines) => useEngines.setState({ engines }), sayUnlessGone);

export const loadInstallation = () =>
  call('engines.installation', { engine: 'tensorflow' }).then(
    (installation) => useEngines.setState({ installation }),
    sayUnlessGone,
  );

/** A change of less than this changes no figure. */
const NOTICED_BYTES = 50e6;

export const loadMemory = () =>
  call('app.memory', {}).then((memory) => {
    const before = useEngines.getState().memory?.availableBytes ?? Number.NEGATIVE_INFINITY;
    if (Math.abs(memory.availableBytes - before) > NOTICED_BYTES) useEngines.setState({ memory });
  }, sayUnlessGone);

/** What the person wants to train with; '': the fastest that is available. */
export const useWish = () => useApp((s) => s.settings.engine ?? '');
export const wishNow = () => useApp.getState().settings.engine ?? '';
export const setWish = (engine: string) => changeSettings({ engine });
