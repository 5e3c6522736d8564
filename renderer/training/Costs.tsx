import { Timer } from 'lucide-react';
import type { ReactNode } from 'react';
import { writeDocument } from '../../src/document/file.ts';
import { largestBatch } from '../../src/recipe/budget.ts';
import { recipeSchema } from '../../src/recipe/recipe.ts';
import { useMemory } from '../engines/use-memory.ts';
import { bytes, duration, exact } from '../ui/format.ts';
import { Tip } from '../ui/Tip.tsx';
import { measure, useCatalogue } from './catalogue.ts';
import { amountWords, partsWords, type Source, sourceOf, timeWords } from './cost.ts';
import { changeRecipe } from './recipe.ts';
import type { useChecked } from './use-checked.ts';

type Checked = ReturnType<typeof useChecked>;

/** Left free, because the figures are estimates and other programs live too. */
const USED_SHARE = 0.9;

const grades: Readonly<Record<Source, string>> = {
  measured: 'measured',
  alike: 'estimate',
  installed: 'estimate',
  assumed: 'rough estimate',
};

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
      <dd className="cost-grade">
        {grade && (
          <Tip text={tip}>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: its explanation shows on keyboard focus too. */}
            <span className={`grade ${grade === 'measured' ? 'measured' : ''}`} tabIndex={0}>
              {grade}
            </span>
          </Tip>
        )}
      </dd>
    </div>
  );
}

/** What a training will take, before it is begun: memory, time, and the batch that would fit. */
export function Costs(checked: Checked) {
  useMemory();
  if (!checked.network) return null;
  return (
    <dl className="costs" aria-label="What it takes" data-testid="costs">
      <Memory {...checked} />
      <Largest {...checked} />
      <Step {...checked} />
      <Whole {...checked} />
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

function Largest({ network, recipe, choice }: Checked) {
  const room = choice?.roomBytes ?? null;
  if (!network || room === null) return null;
  const largest = largestBatch(network, recipe, room * USED_SHARE);
  const words =
    largest === 0
      ? 'none fits'
      : largest === recipeSchema.batch.max
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

function Whole({ cost }: Checked) {
  if (!cost) return null;
  const source = cost.time?.source;
  return (
    <Row
      name="Whole recipe"
      grade={source && (source === 'measured' ? 'estimate' : grades[source])}
      tip={`${partsWords(cost)} ${source === 'measured' ? 'From the step and the answers that were measured on this machine.' : (sourceOf(cost) ?? '')}`}
    >
      <b>{timeWords(cost)}</b> · {amountWords(cost)}
    </Row>
  );
}
