/** The program of a thread that makes batches: works off what it is asked, in order, into shared memory. */
import { parentPort } from 'node:worker_threads';
import { AppError, describeError, invariant } from '../base/errors.ts';
import type { PictureSet } from './dataset.ts';
import { decodeFiles } from './decode.node.ts';
import { placeOf } from './feed.ts';
import type { PipelineOptions } from './pipeline.ts';
import { type Ring, slotOf } from './ring.ts';
import { createFiller, type Filler } from './window.ts';
import type { Failure, FromWorker, ToWorker } from './worker-messages.ts';

invariant(parentPort, 'this program runs as a worker thread');
const port = parentPort;
const post = (message: FromWorker) => port.postMessage(message);

interface Stream {
  readonly options: PipelineOptions<PictureSet>;
  readonly ring: Ring;
  /** Made at the first batch, so that its errors are those of a batch. */
  filler?: Filler;
}
const streams = new Map<number, Stream>();

function failureOf(error: unknown): Failure {
  if (!(error instanceof AppError)) return { message: describeError(error) };
  const { code, message, hint } = error;
  return { code, message, ...(hint !== undefined && { hint }) };
}

async function make(id: number, number: number, slot: number): Promise<void> {
  const stream = streams.get(id);
  if (!stream) return;
  try {
    stream.filler ??= createFiller(stream.options, decodeFiles);
    const { filler, options, ring } = stream;
    const { epoch, index } = placeOf(filler.stepsPerEpoch, number);
    const { images, labels, mixed } = slotOf(ring, options, slot);
    await filler.fill(epoch, index, images, labels, mixed);
    post({ type: 'made', stream: id, number });
  } catch (error) {
    post({ type: 'failed', stream: id, number, why: failureOf(error) });
  }
}

/** One batch after the other: a filler makes one at a time. */
let last: Promise<void> = Promise.resolve();

port.on('message', (message: ToWorker) => {
  if (message.type === 'open') streams.set(message.stream, { options: message.options, ring: message.ring });
  if (message.type === 'make') last = last.then(() => make(message.stream, message.number, message.slot));
  if (message.type === 'close') streams.delete(message.stream);
});
post({ type: 'started' });
