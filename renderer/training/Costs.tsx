import { Timer } from 'lucide-react';
import type { ReactNode } from 'react';
import { writeDocument } from '../../src/document/file.ts';
import { largestBatch } from '../../src/recipe/budget.ts';
import { recipeSchema } from '../../src/recipe/recipe.ts';
import { USED_SHARE } from '../engines/choice.ts';
import { useMemory } from '../engines/use-memory.ts';
import { bytes, duration, exact } from '../ui/format.ts';
import { Tip } from '../ui/Tip.tsx';
import { measure, useCatalogue } from './catalogue.ts';
import { amountWords, partsWords, type Source, sourceOf, timeWords } from './cost.ts';
import { changeRecipe } from './recipe.ts';
import type { useChecked } from './use-checked.ts';

type Checked = ReturnType<typeof useChecked>;

const grades: Readonly<Record<Source, string>> = {
  measured: 'measured',
  alike: 'estimate',
  installed: 'estimate',
  assumed: 'rough estimate',
};

/** Whether a figure was measured or estimated; how is told on hover and on focus. */
function Grade({ grade, tip }: { readonly grade: string; readonly tip: string }) {
  return (
    <Tip text={tip}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: its explanation shows on keyboard focus too. */}
      <span className={`grade ${grade === 'measured' ? 'measured' : ''}`} tabIndex={0}>
        {grade}
      </span>
    </Tip>
  );
}

interface RowProps {
  readonly name: string;
  readonly tip: string;
  readonly grade?: string | undefined;
  readonly isBad?: boolean;
  readonly children: ReactNode;
}

/** A figure, and whether it was measured or estimated. */
function Row({ name, tip, grade, isBad = false, children }: RowProps) {
  return (
    <div className="cost" data-bad={isBad || undefined}>
      <dt>{name}</dt>
      <dd>{children}</dd>
      <dd className="cost-grade">{grade && <Grade {...{ grade, tip }} />}</dd>
    </div>
  );
}

/** What a training will take, before it is begun: memory, the batch that would fit, a step. */
export function Costs(checked: Checked) {
  useMemory();
  if (!checked.network) return null;
  return (
    <dl className="costs" aria-label="What it takes" data-testid="costs">
      <Memory {...checked} />
      <Largest {...checked} />
      <Step {...checked} />
    </dl>
  );
}

function Memory({ memory, choice, recipe, probe }: Checked) {
  if (memory === undefined) return null;
  const room = choice?.roomBytes ?? null;
  const told = probe ? ` While a step was measured the whole program took ${bytes(probe.peakBytes)}.` : '';
  return (
    <Row
      name="Memory"
      grade="estimate"
      isBad={room !== null && memory > room}
      tip={`For the tensors of a step of ${exact(recipe.batch)} pictures. The program itself and the pictures come on top.${told}`}
    >
      <b>{bytes(memory)}</b>
      {room !== null && ` of ${bytes(room)} free`}
    </Row>
  );
}

function Largest({ network, recipe, choice, cost }: Checked) {
  const room = choice?.roomBytes ?? null;
  if (!network || room === null) return null;
  const fits = largestBatch(network, recipe, room * USED_SHARE, choice?.engine.id);
  // More than there are in an epoch would train like all of them.
  const largest = Math.min(fits, cost ? cost.pictures / recipe.epochs : fits);
  const words =
    largest === 0
      ? 'none fits'
      : fits === recipeSchema.batch.max && largest === fits
        ? `${exact(largest)} or more`
        : exact(largest);
  return (
    <Row
      name="Largest batch"
      grade="estimate"
      isBad={largest < recipe.batch}
      tip={`The most pictures a step that fit into nine tenths of ${bytes(room)}. A larger batch makes fewer steps an epoch; it often wants a larger learning rate.`}
    >
      <b>{words}</b>{' '}
      {largest > 0 && largest !== recipe.batch && (
        <button type="button" className="link" onClick={() => changeRecipe({ batch: largest })}>
          Use it
        </button>
      )}
    </Row>
  );
}

function Step({ network, document, recipe, choice, cost, probe }: Checked) {
  const probing = useCatalogue((s) => s.probing);
  const time = cost?.time ?? null;
  if (!network || !choice) return null;
  return (
    <Row
      name="A step"
      grade={time ? grades[time.source] : undefined}
      tip={`${(cost && sourceOf(cost)) ?? ''}${probe ? ` On ${probe.device}.` : ''}`}
    >
      {time && <b>{duration(time.stepMs / 1000)}</b>}
      {probe
        ? ` · ${Number(probe.imagesPerSecond.toPrecision(3))} pictures a second`
        : !time && 'not known before it is measured'}{' '}
      {!probe && (
        <button
          type="button"
          className="link"
          disabled={probing}
          onClick={() => void measure(choice.place, network, writeDocument(document), recipe)}
        >
          <Timer size={11} aria-hidden /> {probing ? 'Measuring…' : 'Measure'}
        </button>
      )}
    </Row>
  );
}

/** How long all of it takes, beside the button that begins it. */
export function WholeTime({ cost }: Pick<Checked, 'cost'>) {
  if (!cost) return null;
  const source = cost.time?.source;
  const grade = source && (source === 'measured' ? 'estimate' : grades[source]);
  const from =
    source === 'measured'
      ? 'From the step and the answers that were measured on this machine.'
      : (sourceOf(cost) ?? '');
  return (
    <span className="start-words">
      <span>
        <b>{timeWords(cost)}</b>
        {grade && <Grade grade={grade} tip={`${partsWords(cost)} ${from}`} />}
      </span>
      {amountWords(cost)}
    </span>
  );
}
