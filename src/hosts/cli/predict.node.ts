/** What a run sees in a picture. */
import { decodePicture, withChannels } from '../../data/picture.node.ts';
import { isStrangelyBright, seenBy } from '../../services/use/asked-picture.node.ts';
import { readTrained } from '../../services/use/trained.node.ts';
import { softmaxRows } from '../../training/samples.ts';
import type { Command } from './command.ts';
import { openRun } from './open-run.node.ts';

const SHOWN = 5;

export const predict: Command = async ([name = '', image = ''], options) => {
  const { run, model } = await openRun(name, options);
  const trained = await readTrained(run);
  const { picture: read, further } = await decodePicture(image);
  const fitting = withChannels(read, trained.shape[2]);
  const picture = options.invert ? { ...fitting, data: fitting.data.map((v) => 255 - v) } : fitting;
  const logits = await model.predict(seenBy(trained, picture).images, 1);
  const ranked = (softmaxRows(logits, 1)[0] ?? [])
    .map((probability, i) => ({ class: trained.classes[i] ?? `${i}`, probability }))
    .sort((a, b) => b.probability - a.probability);
  const title = trained.source?.title ?? trained.recipe.data;
  const notes = [
    isStrangelyBright(trained, picture) &&
      `The picture's border is bright, as no picture of ${title} is: try --invert.`,
    further > 0 && `The file holds ${further + 1} pictures; the first was taken.`,
  ].filter((note) => note !== false);
  return {
    text: [
      ...ranked.slice(0, SHOWN).map((r) => `${(100 * r.probability).toFixed(1).padStart(5)} %  ${r.class}`),
      ...notes,
    ].join('\n'),
    json: { predictions: ranked },
  };
};
