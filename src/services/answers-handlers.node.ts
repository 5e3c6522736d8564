/** The pictures behind a run's figures: what was answered, with the pictures themselves. */
import { AppError } from '../base/errors.ts';
import { loadDatasetCached } from '../data/cache.node.ts';
import type { PictureSet } from '../data/dataset.ts';
import { decodeFiles } from '../data/decode.node.ts';
import { findDataset } from '../data/index.node.ts';
import { pick } from '../data/split.ts';
import { decoded } from '../data/window.ts';
import { completeRecipe } from '../recipe/recipe.ts';
import type { AnswerSet } from '../runs/answers.ts';
import { openRun } from '../runs/store.node.ts';
import type { AnsweredPictures, Handlers } from './contract.ts';
import type { ServiceOptions } from './host.ts';
import { pixelsOf, trainingPictures } from './pictures.ts';
import { changesOf, lookBefore, ranked } from './ranking.ts';

interface Loaded {
  readonly key: string;
  readonly classes: readonly string[];
  /** Of files; height and width. */
  readonly size: readonly [number, number];
  readonly pictures: PictureSet | undefined;
}

async function load(key: string, recipe: Readonly<Record<string, unknown>>, set: AnswerSet): Promise<Loaded> {
  const whole = completeRecipe(recipe);
  const { dataset } = await loadDatasetCached(findDataset(whole.data));
  const pictures = set === 'test' ? dataset.test : trainingPictures(dataset, whole).held;
  return { key, classes: dataset.classes, size: [whole.size, whole.size], pictures };
}

export function createAnswersHandlers({
  runsHome,
}: Pick<ServiceOptions, 'runsHome'>): Pick<Handlers, 'runs.answers'> {
  /** The last set that was asked for, so that paging through it reads it once. */
  let kept: Promise<Loaded> | undefined;
  let keptKey = '';
  const picturesOf = (key: string, make: () => Promise<Loaded>): Promise<Loaded> => {
    if (kept && keptKey === key) return kept;
    keptKey = key;
    kept = make();
    kept.catch(() => {
      kept = undefined;
    });
    return kept;
  };

  return {
    async 'runs.answers'({ run, set, from, count, ...wanted }): Promise<AnsweredPictures | null> {
      const reader = openRun(runsHome, run);
      const answers = await reader.answers(set);
      const [look] = answers?.looks ?? [];
      if (!answers || !look) return null;
      const { recipe } = reader.record;
      const key = JSON.stringify([run, set]);
      const { classes, pictures, size } = await picturesOf(key, () => load(key, recipe, set));
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
