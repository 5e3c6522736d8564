/** When a training's state is stored, so that it can go on after whatever ends it. */
import type { Session, SessionState } from '../compile/session.ts';
import type { Recipe } from '../recipe/recipe.ts';
import type { RunWriter } from '../runs/store.node.ts';
import type { Position } from '../training/loop.ts';
import { assertFinite } from './finite.ts';

/** Storing takes a twentieth of the time at most, where nobody asks for more. */
const COST = 20;
/** What a run may lose that is killed, where its epochs are long. */
const AT_LEAST_EVERY_MS = 120_000;

export interface Checkpointed {
  readonly run: RunWriter;
  readonly model: Pick<Session, 'state'>;
  readonly recipe: Pick<Recipe, 'checkpointEvery'>;
}

export class Checkpoints {
  readonly #given: Checkpointed;
  #stored: number;
  #ended = performance.now();
  #tookMs = 0;

  /** `from`: the position that is stored already. */
  constructor(given: Checkpointed, from: Position) {
    this.#given = given;
    this.#stored = from.steps;
  }

  /** After a step. @throws AppError('file/write' | 'training/not-finite') */
  async after(position: Position, epoch: number, epochEnded: boolean): Promise<void> {
    const { checkpointEvery } = this.#given.recipe;
    const since = performance.now() - this.#ended;
    const asked = checkpointEvery > 0 && position.steps % checkpointEvery === 0;
    const due = since > COST * this.#tookMs && (epochEnded || since > AT_LEAST_EVERY_MS);
    if (asked || due) await this.store(position, epoch);
  }

  /** Nothing where this position is stored already. @throws AppError('file/write' | 'training/not-finite') */
  async store(position: Position, epoch: number): Promise<void> {
    if (position.steps === this.#stored) return;
    const began = performance.now();
    const { run, model } = this.#given;
    const state = await model.state();
    assertFinite(state.weights);
    await run.saveCheckpoint('last', state, { epoch, position });
    await run.saveWeights(answering(state));
    this.#stored = position.steps;
    this.#ended = performance.now();
    this.#tookMs = this.#ended - began;
  }
}

/** The weights that a person wants: averaged where averages are kept. */
function answering({ weights, averages }: SessionState) {
  return averages.size === 0 ? weights : new Map([...weights, ...averages]);
}
