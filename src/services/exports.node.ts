/** A run or a drawing, written for use elsewhere, read back and compared. Needs an engine, so hosts run it as a job. */
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { diskFiles } from '../base/disk.node.ts';
import { AppError } from '../base/errors.ts';
import { writeFileSafely } from '../base/files.node.ts';
import { RandomStream } from '../base/random.ts';
import type { Session } from '../compile/session.ts';
import { tf } from '../compile/tf.ts';
import type { Fit } from '../data/dataset.ts';
import { unit } from '../data/normalise.ts';
import { readDocument } from '../document/file.ts';
import { chooseEngine } from '../engines/index.node.ts';
import { startPortable } from '../engines/portable/backend.node.ts';
import { exportVerified } from '../formats/export.node.ts';
import type { About } from '../formats/format.ts';
import { findFormat } from '../formats/index.node.ts';
import { networkOf } from '../lower/index.ts';
import { layerAt, type Network } from '../network/network.ts';
import { elementsOf } from '../network/shape.ts';
import { completeRecipe } from '../recipe/recipe.ts';
import { addExport, RunReader } from '../runs/store.node.ts';
import { initialise } from '../weights/initialise.ts';
import type { Weights } from '../weights/tensors.ts';
import type { ExportEntry, ExportResult } from './contract.ts';
import { isKnownType } from './documents.node.ts';
import type { ExportJob } from './jobs.ts';
import { openStoredRun } from './stored-run.node.ts';
import { readTrained, type Trained } from './use/trained.node.ts';

/** The drawing itself is one of the formats, and the one that carries no weights. */
export const DOCUMENT_FORMAT = 'document';
const SAMPLES = 8;

export interface ExportOptions {
  readonly engine?: string;
  /** Of fresh weights. */
  readonly seed?: number;
}

interface Source {
  readonly title: string;
  readonly network: Network;
  readonly weights: Weights;
  readonly model: Pick<Session, 'predict'>;
  /** Absent where nothing was trained. */
  readonly trained?: Trained;
}

async function freshSource(text: string, { engine: id, seed = 1 }: ExportOptions): Promise<Source> {
  const document = readDocument(text, 'the drawing', isKnownType);
  const network = networkOf(document);
  const weights = initialise(network, seed);
  const { engine } = await chooseEngine(id);
  const model = await engine.open(network, weights, completeRecipe({ seed }));
  return { title: document.title, network, weights, model };
}

const fitWords: Readonly<Record<Fit, string>> = {
  crop: 'resized bilinearly until the shorter side fits the input, the middle kept',
  pad: 'resized bilinearly until the longer side fits the input, black around it',
};

/** Where nothing was trained, pictures are taken as they are. */
function aboutOf({ title, network, trained }: Source): About {
  const inputShape = layerAt(network, network.input).shape;
  const { mean, std } = trained ?? unit;
  const list = (values: number | readonly number[]) => (typeof values === 'number' ? [values] : values);
  return {
    ...{ title, classes: trained?.classes ?? [], inputShape, mean: list(mean), std: list(std) },
    pictures: `bytes ÷ 255, ${trained?.fit ? fitWords[trained.fit] : 'resized bilinearly to the input'}, then (x − mean) ÷ std`,
    output: 'logits, before softmax',
  };
}

async function writeModel(formatId: string, place: string, source: Source) {
  const { network, weights, model } = source;
  const stream = new RandomStream(1, 0, 'export/samples');
  const { shape } = layerAt(network, network.input);
  const images = Float32Array.from({ length: SAMPLES * elementsOf(shape) }, () => stream.uniform() * 2 - 1);
  const samples = { images, count: SAMPLES, logits: await model.predict(images, SAMPLES) };
  const format = findFormat(formatId);
  const about = aboutOf(source);
  const { verification, notes } = await exportVerified(format, place, network, weights, samples, about);
  return { ...verification, notes };
}

async function writeDrawing(place: string, text: string) {
  await diskFiles.makeFolder(dirname(place), { recursive: true });
  await writeFileSafely(place, text);
  if ((await readFile(place, 'utf8')) !== text)
    throw new AppError('export/differs', `${place} reads otherwise than it was written.`);
  return { largestDifference: 0, agreement: 1, samples: 0, by: 'reading it back, byte by byte', notes: [] };
}

async function write(format: string, place: string, source: RunReader | string, options: ExportOptions) {
  const isRun = typeof source !== 'string';
  if (format === DOCUMENT_FORMAT) {
    if (!isRun) readDocument(source, 'the drawing', isKnownType);
    return writeDrawing(place, isRun ? await source.document() : source);
  }
  findFormat(format);
  const opened = isRun
    ? { ...(await openStoredRun(source, options.engine)), trained: await readTrained(source) }
    : await freshSource(source, options);
  // What is written is built with tf.js, for which an engine that computes without it has set nothing to compute on.
  if (!tf.engine().backendName) await startPortable();
  return writeModel(format, place, opened);
}

/**
 * An export of a run is noted with it. Of a run without weights the drawing can still be had.
 * @throws AppError for what cannot be written, or answers differently; what stood at the place is then unchanged
 */
export async function runExport(
  { source, format, place: given }: ExportJob,
  options: ExportOptions = {},
): Promise<ExportResult> {
  const place = resolve(given);
  const from = 'run' in source ? new RunReader(source.run) : source.document;
  const run = typeof from === 'string' ? undefined : from;
  const written = await write(format, place, from, options);
  const { notes, ...verification } = written;
  const entry: ExportEntry = { format, place, at: new Date().toISOString(), ...verification };
  if (run) await addExport(run.folder, entry);
  return { ...entry, trained: run !== undefined && format !== DOCUMENT_FORMAT, notes };
}
