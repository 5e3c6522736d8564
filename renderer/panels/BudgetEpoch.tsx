import { Timer } from 'lucide-react';
import { writeDocument } from '../../src/document/file.ts';
import type { Network } from '../../src/network/network.ts';
import type { Recipe } from '../../src/recipe/recipe.ts';
import type { DatasetInfo } from '../../src/services/contract.ts';
import { useApp } from '../state/app.ts';
import { documentNow } from '../state/editor.ts';
import { measure, probeKey, useCatalogue } from '../training/catalogue.ts';
import { costOf } from '../training/cost.ts';
import { Button } from '../ui/Button.tsx';
import { duration, exact } from '../ui/format.ts';
import { Tip } from '../ui/Tip.tsx';
import { BudgetFigure } from './BudgetFigure.tsx';

interface BudgetEpochProps {
  readonly network: Network;
  readonly recipe: Recipe;
  readonly data: DatasetInfo;
  /** Where it would be trained. */
  readonly place: string;
}

/** How long all training pictures take once: as measured on this machine. */
export function BudgetEpoch({ network, recipe, data, place }: BudgetEpochProps) {
  const probe = useCatalogue((s) => s.probes[probeKey(place, network, recipe)]);
  const probing = useCatalogue((s) => s.probing);
  if (!probe) {
    const title = 'Runs a few steps on made-up pictures to know how long an epoch takes on this machine.';
    return (
      <Tip text={title}>
        <Button
          small
          kind="quiet"
          className="budget-measure"
          aria-disabled={probing}
          aria-busy={probing}
          onClick={() => {
            if (!probing) void measure(place, network, writeDocument(documentNow()), recipe);
          }}
        >
          <Timer size={13} aria-hidden="true" /> {probing ? 'Measuring a step…' : 'Measure an epoch'}
        </Button>
      </Tip>
    );
  }
  const { time, pictures, steps } = costOf(
    { ...recipe, epochs: 1, validateEvery: 0 },
    { trainCount: data.trainCount, testCount: 0, validationCount: 0 },
    network.macs,
    { probe },
  );
  return (
    <BudgetFigure
      label="Epoch"
      value={duration(time?.seconds ?? 0)}
      tip={`${exact(pictures)} pictures in ${exact(steps)} steps of ${duration(probe.stepMs / 1000)}, as measured on ${probe.device} (${probe.engine})`}
      onClick={() => useApp.setState({ view: 'train' })}
    />
  );
}
