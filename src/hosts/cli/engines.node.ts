/** The command on engines: which there are, installing and removing TensorFlow's library, naming one. */
import { AppError } from '../../base/errors.ts';
import type { Availability } from '../../engines/engine.ts';
import { enginesHome } from '../../engines/home.node.ts';
import { askEngine, chooseEngine, engines } from '../../engines/index.node.ts';
import { installTensorFlow } from '../../engines/install/install.node.ts';
import type { Gain } from '../../engines/install/installed.node.ts';
import { planFor, whyNoPlan } from '../../engines/install/plan.ts';
import { removeTensorFlow } from '../../engines/install/remove.node.ts';
import { installationNow } from '../../engines/install/state.node.ts';
import { installTfjsNode } from '../../engines/install/tfjs-node.node.ts';
import { locateTensorFlow } from '../../engines/tensorflow/locate.node.ts';
import { forgetNamed, nameFolder } from '../../engines/tensorflow/named.node.ts';
import { nodeFork } from '../../services/node-fork.node.ts';
import { trialsOn } from '../../services/trial.node.ts';
import { type Options, stringOption } from './arguments.ts';
import type { Answer, Command } from './command.ts';
import { installPrinter } from './install-progress.ts';

const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;

/** Where there are several to choose between: '--engine tensorflow@cuda:1'. */
const devicesOf = ({ devices = [] }: Availability) =>
  devices.length < 2
    ? ''
    : devices
        .map(
          ({ device, available, reason }) =>
            `\n    ${(device?.id ?? '').padEnd(10)} ${available ? 'available' : 'not here '}  ${device ? `${device.name}: ` : ''}${reason}`,
        )
        .join('');

async function list(): Promise<Answer> {
  const all = await Promise.all(
    engines.map(async (e) => ({ id: e.id, title: e.title, ...(await askEngine(e)) })),
  );
  const { engine } = await chooseEngine();
  const lines = all.map(
    (e) =>
      `${e.id === engine.id ? '*' : ' '} ${e.id.padEnd(12)} ${e.available ? 'available' : 'not here '}  ${e.reason}${e.available ? ` Device: ${e.device}.` : ''}${devicesOf(e)}`,
  );
  const { looked } = locateTensorFlow();
  return {
    text: lines.join('\n'),
    json: { engines: all, chosen: engine.id, installation: installationNow(), looked },
  };
}

const showGain = ({ portableStepMs, tensorflowStepMs, work }: Gain) =>
  `A step (${work}) takes ${tensorflowStepMs.toFixed(0)} ms; ${portableStepMs.toFixed(0)} ms on the portable engine, ${(portableStepMs / tensorflowStepMs).toFixed(1)} times as long.`;

/** Ctrl+C cancels. */
async function cancellable<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const cancel = () => {
    process.stderr.write('\nCancelling …\n');
    controller.abort();
  };
  process.once('SIGINT', cancel);
  try {
    return await work(controller.signal);
  } finally {
    process.off('SIGINT', cancel);
  }
}

async function installLibrary(options: Options): Promise<Answer> {
  const gpu = options.gpu === true;
  const plan = planFor(process.platform, process.arch, gpu);
  if (!plan) throw new AppError('engine/no-plan', whyNoPlan(process.platform, process.arch, gpu));
  const wheel = stringOption(options, 'wheel');
  const began = performance.now();
  const { version, diskBytes, threads, measured } = await cancellable((signal) =>
    installTensorFlow({
      ...{ home: enginesHome(), plan, signal, onProgress: installPrinter() },
      runTrial: trialsOn(nodeFork()),
      ...(wheel !== undefined && { wheel }),
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  const { found } = installationNow();
  const isUsed = found?.source === 'installed';
  return {
    text: [
      `TensorFlow ${version} is installed: ${megabytes(diskBytes)}, in ${seconds.toFixed(0)} s${threads === null ? '' : `, ${threads} ${threads === 1 ? 'thread' : 'threads'}`}.`,
      ...(measured ? [showGain(measured)] : []),
      ...(isUsed
        ? []
        : [`It is not used as long as another is named: ${found?.folder ?? 'see stemma engines'}.`]),
    ].join('\n'),
    json: { version, gpu, diskBytes, threads, measured, seconds, found },
  };
}

async function install(what: string | undefined, options: Options): Promise<Answer> {
  if (what === 'tensorflow') return installLibrary(options);
  if (what !== 'tfjs-node')
    throw new AppError(
      'cli/words',
      `Expected 'stemma engines install tensorflow' or 'install tfjs-node', received '${what ?? 'nothing'}'.`,
    );
  const folder = await cancellable((signal) =>
    installTfjsNode({ signal, onLine: (line) => process.stderr.write(`${line}\n`) }),
  );
  return { text: `tfjs-node-gpu fetched its library into ${folder}.`, json: { folder } };
}

async function use(folder: string | undefined): Promise<Answer> {
  if (folder === undefined)
    throw new AppError(
      'cli/words',
      "Expected 'stemma engines use FOLDER', or 'use auto' to look for it again.",
    );
  if (folder === 'auto') {
    await forgetNamed();
    const { found } = installationNow();
    return {
      text: found ? `TensorFlow is used from ${found.folder}.` : 'No TensorFlow library is named or found.',
      json: { found },
    };
  }
  const place = await nameFolder(folder);
  return {
    text: `TensorFlow is used from ${place}; 'stemma engines use auto' undoes that.`,
    json: { folder: place },
  };
}

export const enginesCommand: Command = async ([verb, what], options) => {
  if (verb !== 'install' && (options.gpu || options.wheel))
    throw new AppError('cli/option', "--gpu and --wheel belong to 'stemma engines install tensorflow'.");
  if (verb === undefined) return list();
  if (verb === 'install') return install(what, options);
  if (verb === 'use') return use(what);
  if (verb !== 'remove' || what !== undefined)
    throw new AppError(
      'cli/words',
      `Expected install, use or remove behind 'stemma engines', received '${[verb, what].filter(Boolean).join(' ')}'.`,
    );
  const removed = await removeTensorFlow(enginesHome());
  return {
    text: removed
      ? "Stemma's TensorFlow library was removed."
      : 'Stemma has installed none; nothing was removed.',
    json: { removed },
  };
};
