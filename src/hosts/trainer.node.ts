/** The trainer process: waits for a job, reports, obeys between steps; ends when its parent does. */
import { constants, setPriority } from 'node:os';
import { AppError, describeError } from '../base/errors.ts';
import { runAddData } from '../services/add-data.node.ts';
import { describe } from '../services/describe.node.ts';
import { runExperiment } from '../services/experiment.node.ts';
import { runExport } from '../services/exports.node.ts';
import type { AskMessage, FromTrainer, StartMessage, ToTrainer } from '../services/jobs.ts';
import { inWords } from '../services/memory-words.ts';
import { runProbe } from '../services/probe.node.ts';
import { runTraining } from '../services/training.node.ts';
import { runEvaluate } from '../services/use/evaluate.node.ts';
import { Mailbox } from '../services/use/mailbox.ts';
import { runUse } from '../services/use/questions.node.ts';
import { portToParent } from './trainer-port.node.ts';

let wanted: 'go' | 'pause' | 'stop' = 'go';
let wake = () => {};
/** For jobs that do not ask between steps. */
const stopped = new AbortController();
const asked = new Mailbox<AskMessage>();
const control = {
  async wanted() {
    // Lets messages of the parent in.
    await new Promise((resolve) => setImmediate(resolve));
    return wanted;
  },
  async resumed() {
    while (wanted === 'pause') await new Promise<void>((resolve) => (wake = resolve));
  },
};

function run(message: StartMessage): Promise<unknown> {
  switch (message.kind) {
    case 'train':
      return runTraining(message.job, control, (event) => post({ type: 'event', event }));
    case 'experiment':
      return runExperiment(message.job, control, (event) => post({ type: 'event', event }));
    case 'probe':
      return runProbe(message.job);
    case 'export':
      // Something else may be training.
      setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
      return runExport(message.job);
    case 'addData':
      setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
      return runAddData(message.job, stopped.signal, (event) => post({ type: 'event', event }));
    case 'evaluate':
      setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
      return runEvaluate(message.job, control, (event) => post({ type: 'event', event }));
    case 'use':
      setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
      return runUse(message.job, asked, (event) => post({ type: 'event', event }));
    case 'describe':
      return describe();
  }
}

async function start(message: StartMessage): Promise<void> {
  try {
    post({ type: 'done', result: await run(message) });
  } catch (thrown) {
    const error = inWords(thrown);
    const known = error instanceof AppError;
    if (!known) process.stderr.write(`${(error as Error).stack}\n`);
    const hint = known ? error.hint : undefined;
    post({
      type: 'failed',
      code: known ? error.code : 'bug',
      message: known ? error.message : describeError(error),
      ...(hint !== undefined && { hint }),
    });
  }
}

const post: (message: FromTrainer) => void = portToParent((given) => {
  const message = given as ToTrainer;
  if (message.type === 'start') void start(message);
  // Who was told to stop does not go on.
  if (message.type === 'pause' && wanted !== 'stop') wanted = 'pause';
  if (message.type === 'resume' && wanted !== 'stop') wanted = 'go';
  if (message.type === 'ask') asked.put(message);
  if (message.type === 'stop') {
    wanted = 'stop';
    stopped.abort();
    asked.close();
  }
  if (message.type === 'end') process.exit(0);
  wake();
});
// A terminal sends Ctrl+C to the whole group; what it means is for the parent to say.
process.on('SIGINT', () => {});
