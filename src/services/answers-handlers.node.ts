/** The pictures behind a run's figures: what was answered, with the pictures themselves. */
import { AppError } from '../base/errors.ts';
import { loadDatasetCached } from '../data/cache.node.ts';
import type { DatasetSource, PictureSet } from '../data/dataset.ts';
import { decodeFiles } from '../data/decode.node.ts';
import { findDataset } from '../data/index.node.ts';
import { pick } from '../data/split.ts';
import { decoded } from '../data/window.ts';
import { completeRecipe, type Recipe } from '../recipe/recipe.ts';
import type { AnswerSet } from '../runs/answers.ts';
import { openRun } from '../runs/store.node.ts';
import type { AnsweredPictures, Handlers } from './contract.ts';
import type { ServiceOptions } from './host.ts';
import { keepLast } from './keep-last.ts';
import { pixelsOf, trainingPictures } from './pictures.ts';
import { changesOf, lookBefore, ranked } from './ranking.ts';

interface Loaded {
  readonly classes: readonly string[];
  /** Of files; height and width. */
  readonly size: readonly [number, number];
  readonly pictures: PictureSet | undefined;
}

async function load(source: DatasetSource, recipe: Recipe, set: AnswerSet): Promise<Loaded> {
  const { dataset } = await loadDatasetCached(source);
  const pictures = set === 'test' ? dataset.test : trainingPictures(dataset, recipe).held;
  return { classes: dataset.classes, size: [recipe.size, recipe.size], pictures };
}

export function createAnswersHandlers({
  runsHome,
}: Pick<ServiceOptions, 'runsHome'>): Pick<Handlers, 'runs.answers'> {
  /** So that paging through a set reads it once. */
  const lastPictures = keepLast<Loaded>();

  return {
    async 'runs.answers'({ run, set, from, count, ...wanted }): Promise<AnsweredPictures | null> {
      const reader = openRun(runsHome, run);
      const answers = await reader.answers(set);
      const [look] = answers?.looks ?? [];
      if (!answers || !look) return null;
      const { recipe } = reader.record;
      const whole = completeRecipe(recipe);
      const source = findDataset(whole.data);
      const key = JSON.stringify([run, set, source.revision]);
      const { classes, pictures, size } = await lastPictures(key, () => load(source, whole, set));
      const same =
        pictures?.count === answers.labels.length && answers.labels.every((l, i) => pictures.labels[i] === l);
      if (!pictures || !same)
        throw new AppError(
          'runs/other-pictures',
          `The pictures of '${recipe.data}' are not those that run ${run} was judged on any more.`,
          { hint: 'The data set has changed since. Train again to see pictures.' },
        );
      const before = lookBefore(answers);
      const changes = changesOf(answers);
      const places = ranked(answers, wanted);
      const shown = places.slice(from, from + count);
      const cut = await decoded(pick(pictures, Uint32Array.from(shown)), size, decodeFiles);
      return {
        ...{ pixels: pixelsOf(cut.images), count: shown.length },
        ...{ height: cut.height, width: cut.width, channels: cut.channels },
        labels: shown.map((i) => answers.labels[i] as number),
        ...{ classes, total: places.length, step: look.step, epoch: look.epoch },
        pictures: shown.map((i) => ({
          ...{ place: i, answer: look.answers[i] as number },
          answerProbability: look.answerProbability[i] as number,
          truthProbability: look.truthProbability[i] as number,
          before: before ? (before.answers[i] as number) : null,
        })),
        changes: before && {
          ...{ step: before.step, epoch: before.epoch },
          ...{ right: changes.right.length, wrong: changes.wrong.length },
        },
      } satisfies AnsweredPictures;
    },
  };
}
