import { showInstall } from '../engines/install.ts';
import { documentNow } from '../state/editor.ts';
import { active, controlRun, queueTraining, startTraining, whyNotStart } from '../training/control.ts';
import type { Command } from './command.ts';

const needsRun = () => (active() ? undefined : 'nothing is being trained.');

export const trainCommands: readonly Command[] = [
  {
    id: 'train.start',
    title: 'Train',
    category: 'Train',
    words: 'start run fit',
    shortcuts: ['Shift+Enter'],
    blocked: whyNotStart,
    run: startTraining,
  },
  {
    id: 'train.queue',
    title: 'Add to the queue',
    category: 'Train',
    words: 'later after next wait',
    blocked: () => (documentNow().nodes.length === 0 ? 'nothing is drawn yet.' : undefined),
    run: queueTraining,
  },
  {
    id: 'train.pause',
    title: 'Pause or resume training',
    category: 'Train',
    shortcuts: ['Shift+P'],
    blocked: needsRun,
    run: () => controlRun(active()?.phase === 'paused' ? 'resume' : 'pause'),
  },
  {
    id: 'train.stop',
    title: 'Stop training and keep the weights',
    category: 'Train',
    blocked: needsRun,
    run: () => controlRun('stop'),
  },
  {
    id: 'train.cancel',
    title: 'Cancel training',
    category: 'Train',
    blocked: needsRun,
    run: () => controlRun('cancel'),
  },
  {
    id: 'train.engine',
    title: 'Native engine (TensorFlow)…',
    category: 'Train',
    words: 'install remove faster gpu engines',
    run: showInstall,
  },
];
