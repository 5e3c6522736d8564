/** What is seen, in words. Every sentence is computed from the results; nothing is said that they do not show. */
import { planVariants } from './expand.ts';
import type { ExperimentDocument } from './experiment.ts';
import { numeral } from './figure/scales.ts';
import { type ExperimentResult, type Spread, summarise, type VariantSummary } from './results.ts';

/** From which ratio of losses on one is called clearly higher. */
const CLEARLY = 1.5;

const percent = (value: number) => `${(100 * value).toFixed(1)} %`;
const times = (ratio: number) => `${Number(ratio.toPrecision(ratio < 10 ? 2 : 3))} times`;
const seedsOf = ({ count }: Spread) => (count === 1 ? 'one seed' : `${count} seeds`);

/** Whether all seeds of one lie above all of the other. */
const above = (one: Spread, other: Spread) => one.least > other.most;

function plainVsResidual(summaries: readonly VariantSummary[]): string[] {
  const told = summaries.flatMap(({ variant, finalTrainLoss }) =>
    finalTrainLoss
      ? [
          {
            depth: Number(variant.facts.depth),
            plain: variant.facts.shortcut === 'none',
            loss: finalTrainLoss,
          },
        ]
      : [],
  );
  const pairs = told.flatMap((one) => {
    const other = told.find(({ depth, plain }) => depth === one.depth && !plain);
    return one.plain && other ? [{ depth: one.depth, plain: one.loss, residual: other.loss }] : [];
  });
  const sentences = pairs.map(({ depth, plain, residual }) => {
    const ratio = plain.mean / residual.mean;
    const seeds = seedsOf(plain);
    const apart =
      plain.count === 1 || residual.count === 1
        ? 'one seed says little'
        : above(plain, residual)
          ? 'every seed of the plain one above every seed of the residual one'
          : above(residual, plain)
            ? 'every seed of the residual one above every seed of the plain one'
            : 'the seeds overlap';
    return `With ${depth} layers the plain network ends at a training loss of ${numeral(plain.mean)}, the residual one at ${numeral(residual.mean)}: ${times(ratio)} as high (${seeds}; ${apart}).`;
  });
  const [first, last] = [pairs[0], pairs.at(-1)];
  if (!first || !last) return [];
  if (first !== last) {
    const way = (from: Spread, to: Spread) => {
      const word = above(to, from) ? 'rises' : above(from, to) ? 'falls' : 'hardly changes';
      return `${word} (${numeral(from.mean)} → ${numeral(to.mean)})`;
    };
    sentences.push(
      `From ${first.depth} to ${last.depth} layers the training loss of the plain network ${way(first.plain, last.plain)}, that of the residual one ${way(first.residual, last.residual)}.`,
    );
  }
  const failing = pairs.filter(
    ({ plain, residual }) => plain.mean > CLEARLY * residual.mean && above(plain, residual),
  );
  const several = pairs.every(({ plain, residual }) => plain.count > 1 && residual.count > 1);
  if (failing.length === pairs.length && several)
    sentences.push(
      'It is the loss on the pictures that they are trained on, so this is no overfitting: the plain network could do as well in principle, but is harder to train. With skips a block only has to learn what to add.',
    );
  else if (failing.length === 0 && several)
    sentences.push('In this setting the plain network does not clearly fail. Try deeper ones.');
  return sentences;
}

function identity(summaries: readonly VariantSummary[]): string[] {
  const base = summaries.find(({ variant }) => variant.facts.inserted === 'none')?.testAccuracy;
  if (!base) return [];
  return summaries.flatMap(({ variant, testAccuracy, results }) => {
    const { inserted, zero } = variant.facts;
    const largest = Math.max(...results.flatMap(({ figures }) => figures.largestDifference ?? []));
    if (inserted === 'none' || !testAccuracy || !Number.isFinite(largest)) return [];
    const block =
      inserted === 'plain' ? 'a plain block' : `a residual block with ${zero ? 'a zero' : 'a random'} branch`;
    if (largest === 0)
      return [
        `With ${block} not one answer changes, to the last digit: ${percent(base.mean)} of the test pictures are right before and after (${seedsOf(testAccuracy)}).`,
      ];
    return [
      `With ${block} the accuracy goes from ${percent(base.mean)} to ${percent(testAccuracy.mean)}; an answer changes by up to ${numeral(largest)}.`,
    ];
  });
}

/** The best of a figure, and whether the seeds allow to say so. */
function ranking(summaries: readonly VariantSummary[]): string[] {
  const told = summaries.flatMap(({ variant, testAccuracy }) =>
    testAccuracy ? [{ label: variant.label, accuracy: testAccuracy }] : [],
  );
  const sorted = [...told].sort((a, b) => b.accuracy.mean - a.accuracy.mean);
  const [best, second] = sorted;
  const worst = sorted.at(-1);
  if (!best || !second || !worst) return [];
  const alone = above(best.accuracy, second.accuracy) && best.accuracy.count > 1;
  const first = `Best on the test pictures: ${best.label} with ${percent(best.accuracy.mean)}, then ${second.label} with ${percent(second.accuracy.mean)}.`;
  if (best.accuracy.count === 1) return [`${first} One seed says little: another may turn it round.`];
  return [
    alone
      ? `${first} Every seed of the best is above every seed of the next.`
      : `${first} Their seeds overlap, so which of the two is better stays open.`,
    ...(worst !== second && above(best.accuracy, worst.accuracy)
      ? [`${worst.label} is clearly behind with ${percent(worst.accuracy.mean)}.`]
      : []),
  ];
}

function costs(experiment: ExperimentDocument): string[] {
  const macs = planVariants(experiment).map(({ network }) => network.macs);
  const most = Math.max(...macs) / Math.min(...macs) - 1;
  return [`Their multiply-adds differ by at most ${percent(most)}.`];
}

function ranges(summaries: readonly VariantSummary[]): string[] {
  return summaries.flatMap(({ variant, results }) => {
    const mean = (key: string) => {
      const all = results.flatMap(({ figures }) => figures[key] ?? []);
      return all.length > 0 ? Math.exp(all.reduce((a, b) => a + Math.log(b), 0) / all.length) : undefined;
    };
    const [steepest, lowest, suggested] = [mean('steepestRate'), mean('lowestRate'), mean('suggestedRate')];
    if (steepest === undefined || lowest === undefined || suggested === undefined) return [];
    const show = (rate: number) => numeral(Number(rate.toPrecision(2)));
    return [
      `${variant.label}: the loss falls fastest near a rate of ${show(steepest)} and is lowest near ${show(lowest)}. Begin with about ${show(suggested)}, a tenth of the latter.`,
    ];
  });
}

/** Sentences in order; empty while there is nothing to compare. */
export function storyOf(experiment: ExperimentDocument, results: readonly ExperimentResult[]): string[] {
  const summaries = summarise(experiment, results);
  const failed = summaries.flatMap(({ variant, failed }) =>
    failed > 0
      ? [`${variant.label} could not be trained from ${failed} of ${experiment.seeds.length} seeds.`]
      : [],
  );
  const told: Record<ExperimentDocument['kind'], () => string[]> = {
    'plain-vs-residual': () => plainVsResidual(summaries),
    identity: () => identity(summaries),
    depth: () => ranking(summaries),
    cardinality: () => (results.length > 0 ? [...costs(experiment), ...ranking(summaries)] : []),
    'learning-rate-range': () => ranges(summaries),
    custom: () => [...ranking(summaries), ...ranges(summaries)],
  };
  return [...told[experiment.kind](), ...failed];
}
