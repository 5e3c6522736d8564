/** What a network answers at one look, taken down picture by picture. */
import { type Answers, type Look, looksToKeep } from '../runs/answers.ts';
import type { AnswerTold } from '../training/evaluate.ts';

export class AnswerSheet {
  readonly #labels: Uint16Array;
  readonly #look: Look;
  #at = 0;

  constructor(count: number, step: number, epoch: number) {
    this.#labels = new Uint16Array(count);
    this.#look = {
      ...{ step, epoch, answers: new Uint16Array(count) },
      ...{ answerProbability: new Float32Array(count), truthProbability: new Float32Array(count) },
    };
  }

  readonly take: AnswerTold = (label, answer, answerProbability, truthProbability) => {
    const at = this.#at++;
    this.#labels[at] = label;
    this.#look.answers[at] = answer;
    this.#look.answerProbability[at] = answerProbability;
    this.#look.truthProbability[at] = truthProbability;
  };

  /** This look and those before that are worth keeping. */
  after(before: Answers | undefined): Answers {
    return { labels: this.#labels, looks: looksToKeep([this.#look, ...(before?.looks ?? [])]) };
  }
}
