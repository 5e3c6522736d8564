/** A run's network, held open for questions. Runs inside a process of its own. */

import { AppError } from '../../base/errors.ts';
import { featureMapOf } from '../../compile/feature-map.ts';
import { look, overPicture } from '../../compile/grad-cam.ts';
import { type Tensor, tf } from '../../compile/tf.ts';
import { portableOps, startPortable } from '../../engines/portable/backend.node.ts';
import { weightsOf } from '../../network/network.ts';
import { RunReader } from '../../runs/store.node.ts';
import { softmaxRows } from '../../training/samples.ts';
import type { Prediction, Saliency, TrainedNetwork } from '../contract.ts';
import type { AskMessage, Question, UseEvent, UseJob } from '../jobs.ts';
import { inWords } from '../memory-words.ts';
import { pixelsOf } from '../pictures.ts';
import { askedPicture, isStrangelyBright, seenBy } from './asked-picture.node.ts';
import { inspectFilters, inspectMaps } from './inside.node.ts';
import {
  readStored,
  readTrained,
  type StoredWeights,
  stampOf,
  type Trained,
  type WeightsStamp,
} from './trained.node.ts';

const TOP = 10;
interface Loaded extends Omit<StoredWeights, 'weights'> {
  readonly stamp: WeightsStamp;
  readonly tensors: ReadonlyMap<string, Tensor>;
}

class OpenNetwork {
  readonly #folder: string;
  #trained: Trained | undefined;
  #loaded: Loaded | undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** With the weights as they are stored now. */
  async #ready(): Promise<{ trained: Trained; loaded: Loaded; run: RunReader }> {
    const run = new RunReader(this.#folder);
    this.#trained ??= await readTrained(run);
    const trained = this.#trained;
    const stamp = await stampOf(run);
    if (this.#loaded?.stamp.version !== stamp.version) await this.#load(run, trained, stamp);
    return { run, trained, loaded: this.#loaded as Loaded };
  }

  async #load(run: RunReader, { network }: Trained, stamp: WeightsStamp): Promise<void> {
    const { weights, step } = await readStored(run, stamp);
    const tensors = new Map<string, Tensor>();
    for (const { path, shape } of weightsOf(network)) {
      const tensor = weights.get(path);
      if (tensor?.shape.join() !== shape.join())
        throw new AppError(
          'weights/misfit',
          `Weight ${path} of ${stamp.file}: expected [${shape.join(', ')}], received ${tensor ? `[${tensor.shape.join(', ')}]` : 'none'}.`,
        );
      tensors.set(path, tf.tensor(tensor.data, [...shape]));
    }
    for (const tensor of this.#loaded?.tensors.values() ?? []) tensor.dispose();
    this.#loaded = { stamp, tensors, step };
  }

  async facts(): Promise<TrainedNetwork> {
    const { run, trained, loaded } = await this.#ready();
    const { title, shape, classes, recipe, network } = trained;
    const map = featureMapOf(network);
    return {
      ...{ run: run.record.id, title, shape, classes, data: recipe.data },
      ...{ step: loaded.step, storedAt: loaded.stamp.storedAt },
      map: 'why' in map ? map : { layer: map.path, size: [map.shape[0], map.shape[1]] },
    };
  }

  /** What inspecting needs, besides what is asked. */
  async inspected() {
    const { run, trained, loaded } = await this.#ready();
    return { run, trained, tensors: loaded.tensors, step: loaded.step };
  }

  async predict({ picture: asked, invert, map }: Question & { kind: 'predict' }): Promise<Prediction> {
    const { trained, loaded } = await this.#ready();
    const { network, shape, classes } = trained;
    const [height, width, channels] = shape;
    if (typeof map === 'number' && map >= classes.length)
      throw new AppError('predict/class', `There is no class ${map}: the network has ${classes.length}.`);
    const { picture, notes } = await askedPicture(asked, channels, invert);
    const { images, bytes } = seenBy(trained, picture);
    const x = tf.tensor(images, [1, ...shape]);
    const seen = look(network, loaded.tensors, x, { ops: portableOps, ...(map !== null && { map }) });
    x.dispose();
    const logits = (await seen.logits.data()) as Float32Array;
    const ranked = (softmaxRows(logits, 1)[0] ?? [])
      .map((probability, index) => ({ index, name: classes[index] ?? `${index}`, probability }))
      .sort((a, b) => b.probability - a.probability);
    const saliency =
      seen.map && map !== null
        ? await saliencyOf(trained, seen.map, map === 'answer' ? (ranked[0]?.index ?? 0) : map)
        : null;
    tf.dispose([seen.logits, ...(seen.map ? [seen.map] : [])]);
    return {
      ...{ step: loaded.step, storedAt: loaded.stamp.storedAt, top: ranked.slice(0, TOP), saliency, notes },
      picture: { pixels: pixelsOf(bytes), count: 1, height, width, channels },
      brightBorder: isStrangelyBright(trained, picture),
    };
  }
}

async function saliencyOf({ network, shape }: Trained, map: Tensor, classIndex: number): Promise<Saliency> {
  const feature = featureMapOf(network);
  const large = overPicture(map, [shape[0], shape[1]]);
  const values = await large.data();
  large.dispose();
  const bytes = Uint8Array.from(values, (value) => Math.round(value * 255));
  const layer = 'path' in feature ? feature.path : '';
  return { classIndex, layer, bytes: pixelsOf(bytes), empty: bytes.every((value) => value === 0) };
}

async function answerTo(question: Question, open: OpenNetwork) {
  switch (question.kind) {
    case 'open':
      return open.facts();
    case 'predict':
      return open.predict(question);
    case 'maps':
      return inspectMaps(await open.inspected(), question);
    case 'filters':
      return inspectFilters(await open.inspected(), question);
  }
}

/** Until nobody asks any more. What one question fails with is its answer; the next is heard all the same. */
export async function runUse(
  { run }: UseJob,
  asked: AsyncIterable<AskMessage>,
  emit: (event: UseEvent) => void,
): Promise<null> {
  await startPortable();
  const open = new OpenNetwork(run);
  for await (const { id, question } of asked) {
    try {
      const value = await answerTo(question, open);
      emit({ id, ok: true, value });
    } catch (thrown) {
      const error = inWords(thrown);
      if (!(error instanceof AppError)) throw error;
      const { code, message, hint = null } = error;
      emit({ id, ok: false, error: { code, message, hint } });
    }
  }
  return null;
}
