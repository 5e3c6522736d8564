/** When a training's state is stored, so that it can go on after whatever ends it. */
import type { Session, SessionState } from '../compile/session.ts';
import type { Recipe } from '../recipe/recipe.ts';
import type { RunWriter } from '../runs/store.node.ts';
import type { Verdict } from '../training/best.ts';
import type { Position } from '../training/loop.ts';
import type { Weights } from '../weights/tensors.ts';
import { assertFinite } from './finite.ts';

/** Storing takes a twentieth of the time at most, where nobody asks for more. */
const COST = 20;
/** What a run may lose that is killed, where its epochs are long and storing is quick. */
const AT_LEAST_EVERY_MS = 10_000;

export interface Checkpointed {
  readonly run: RunWriter;
  readonly model: Pick<Session, 'state'>;
  readonly recipe: Pick<Recipe, 'checkpointEvery' | 'keepBest'>;
}

export class Checkpoints {
  readonly #given: Checkpointed;
  #stored: number;
  /** Of the weights that were stored here; a run that goes on may have died before it stored those of its checkpoint. */
  #answering: number | undefined;
  #ended = performance.now();
  #tookMs = 0;

  /** `from`: the position that is stored already. */
  constructor(given: Checkpointed, from: Position) {
    this.#given = given;
    this.#stored = from.owesLook ? -1 : from.steps;
  }

  /** After a step. @throws AppError('file/write' | 'training/not-finite') */
  async after(position: Position, epoch: number, epochEnded: boolean, verdict?: Verdict): Promise<void> {
    const { checkpointEvery } = this.#given.recipe;
    const since = performance.now() - this.#ended;
    const asked = checkpointEvery > 0 && position.steps % checkpointEvery === 0;
    const due = since > COST * this.#tookMs && (epochEnded || since > AT_LEAST_EVERY_MS);
    if (!verdict?.keep && !asked && !due) return;
    const began = performance.now();
    const state = await this.#state();
    if (verdict?.keep) await this.#keep(state, position, epoch);
    if (asked || due) await this.#store(state, position, epoch, began);
  }

  /** Among the best, by the loss on the held-out pictures; those that it drives out go with the next 'last'. */
  async #keep(state: SessionState, position: Position, epoch: number): Promise<void> {
    const loss = position.best.kept.find(({ steps }) => steps === position.steps)?.loss;
    await this.#given.run.saveCheckpoint('best', state, {
      ...{ epoch, position },
      ...(loss !== undefined && { score: -loss }),
    });
  }

  async #state(): Promise<SessionState> {
    const state = await this.#given.model.state();
    assertFinite(state.weights);
    return state;
  }

  /** Nothing where this position is stored already. @throws AppError('file/write' | 'training/not-finite') */
  async store(position: Position, epoch: number): Promise<void> {
    if (position.steps === this.#stored) return;
    const began = performance.now();
    await this.#store(await this.#state(), position, epoch, began);
  }

  /** `began`: when the state was asked for, so that all that storing takes is known. */
  async #store(state: SessionState, position: Position, epoch: number, began: number): Promise<void> {
    const { run, recipe } = this.#given;
    await run.saveCheckpoint('last', state, { epoch, position }, { keepBest: Math.max(1, recipe.keepBest) });
    this.#stored = position.steps;
    await this.#saveWeights(state);
    this.#ended = performance.now();
    this.#tookMs = this.#ended - began;
  }

  async #saveWeights(state: SessionState): Promise<void> {
    await this.#given.run.saveWeights(weightsThatAnswer(state), state.steps);
    this.#answering = state.steps;
  }

  /** At the end: as `store`, and the weights are those of this position whoever stored it. @throws as `store` */
  async end(position: Position, epoch: number): Promise<void> {
    await this.store(position, epoch);
    if (position.steps > 0 && this.#answering !== position.steps)
      await this.#saveWeights(await this.#state());
  }
}

/** The weights that a person wants: averaged where averages are kept. */
export function weightsThatAnswer({
  weights,
  averages,
}: Pick<SessionState, 'weights' | 'averages'>): Weights {
  return averages.size === 0 ? weights : new Map([...weights, ...averages]);
}
