/** Sentences about installing the native engine. */
import type {
  EngineGain,
  EngineInstallation,
  EngineInstalling,
  EngineVariant,
  InstallPhase,
} from '../../src/services/contract.ts';
import { bytes } from '../ui/format.ts';

/** In the order in which they happen. */
export const steps: readonly { readonly phase: InstallPhase; readonly title: string }[] = [
  { phase: 'asking', title: 'Ask' },
  { phase: 'fetching', title: 'Download' },
  { phase: 'verifying', title: 'Verify' },
  { phase: 'unpacking', title: 'Unpack' },
  { phase: 'trying', title: 'Try' },
  { phase: 'measuring', title: 'Measure' },
];

export const isEnded = (phase: InstallPhase) =>
  phase === 'done' || phase === 'failed' || phase === 'cancelled';

/** Which of the steps it is in; after the last where it is done. */
export const stepOf = ({ phase }: EngineInstalling) => {
  const at = steps.findIndex((s) => s.phase === phase);
  return at < 0 ? steps.length : at;
};

const hasBytes = (phase: InstallPhase) => ['fetching', 'verifying', 'unpacking'].includes(phase);

/** Of what it is doing now, from 0 to 1; undefined: not known. */
export const shareOf = ({ done, total }: EngineInstalling) =>
  total === null || total === 0 ? undefined : Math.min(1, done / total);

/** '93.1 MB of 279 MB', 'try 2 of 3' */
export function amountOf({ phase, done, total }: EngineInstalling): string {
  if (!hasBytes(phase)) return total === null || total < 2 ? '' : `${Math.min(done + 1, total)} of ${total}`;
  if (total === null) return done > 0 ? bytes(done) : '';
  return `${bytes(done)} of ${bytes(total)}`;
}

/** 'TensorFlow 2.21.0: downloads 279 MB, takes 853 MB on the disk' */
export const sizesOf = ({ downloadBytes, diskBytes }: EngineVariant) =>
  `${bytes(downloadBytes)} to download, ${bytes(diskBytes)} on the disk`;

const ms = (value: number) => `${Number(value.toPrecision(3))} ms`;

/** 2.4; from 10 on without decimals. */
const times = (ratio: number) => (ratio >= 10 ? ratio.toFixed(0) : ratio.toFixed(1));

/** 'A step takes 104 ms instead of 291 ms: 2.8 times as fast.' */
export function gainSentence({ portableStepMs: before, tensorflowStepMs: after }: EngineGain): string {
  const ratio = before / after;
  const words =
    ratio >= 1.05
      ? `${times(ratio)} times as fast`
      : 'no faster; Stemma still takes it first, and you can choose otherwise';
  return `A step takes ${ms(after)} instead of ${ms(before)}: ${words}.`;
}

/** What came of an installation, in one sentence. */
export function endSentence({ phase, message, error, measured }: EngineInstalling): string {
  if (phase === 'done') return `TensorFlow is installed.${measured ? ` ${gainSentence(measured)}` : ''}`;
  if (phase === 'cancelled') return 'The installation was cancelled. Nothing has changed.';
  return error?.message ?? message;
}

const sources: Readonly<Record<NonNullable<EngineInstallation['found']>['source'], string>> = {
  named: 'in the folder that was named',
  installed: 'installed by Stemma',
  python: 'of an installed Python package',
  'tfjs-node': 'of tfjs-node',
};

/** Where the library that is used comes from. */
export const sourceWords = ({ source, version, folder }: NonNullable<EngineInstallation['found']>) =>
  `TensorFlow${version && ` ${version}`}, ${sources[source]}: ${folder}`;
