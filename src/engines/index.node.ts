import { describeError } from '../base/errors.ts';
import { availabilityOf, type Choice, choose, offersOf } from './ask.node.ts';
import { cpu } from './cpu.node.ts';
import { describeMachine } from './describe-machine.node.ts';
import type { Availability, Engine } from './engine.ts';
import type { Machine } from './machine.ts';
import { portable } from './portable.node.ts';
import type { Need } from './select.ts';
import { provenTensorFlow } from './tensorflow/try.node.ts';
import { tensorflow, tensorflowFound } from './tensorflow.node.ts';
import { tensorflowOps } from './tensorflow-ops.node.ts';
import { webgpu } from './webgpu.node.ts';

/** Every engine. A new one is its file and one line here. */
export const engines: readonly Engine[] = [tensorflow, webgpu, portable, tensorflowOps, cpu];

let described: Promise<Machine> | undefined;

/** This machine; asked once a process, because drivers may take seconds to answer. */
export function thisMachine(): Promise<Machine> {
  described ??= provenTensorFlow().then(
    (found) => describeMachine(tensorflowFound(found)),
    // That one library cannot even be tried keeps no other engine from running; it is told with that engine.
    (error: unknown) => describeMachine({ found: false, why: describeError(error) }),
  );
  return described;
}

/** What an engine says of this machine, with each device that it could use. */
export async function askEngine(engine: Engine): Promise<Availability> {
  return availabilityOf(await offersOf(engine, await thisMachine()));
}

/**
 * The engine asked for, as 'tensorflow', 'tensorflow@cuda:1' or '@gpu', or the best that is available.
 * @param need what the run takes for tensors: a device that has not so much is passed over, and that is told
 * @throws AppError where the one asked for is unknown or cannot run here
 */
export async function chooseEngine(
  wish?: string,
  among: readonly Engine[] = engines,
  need: Need = 0,
): Promise<Choice> {
  return choose(among, await thisMachine(), wish, need);
}
