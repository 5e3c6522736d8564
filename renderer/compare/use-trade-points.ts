import { useEffect, useMemo, useState } from 'react';
import { networkIfWhole } from '../../src/compare/run-figures.ts';
import { runNames } from '../../src/compare/run-table.ts';
import type { Network } from '../../src/network/network.ts';
import { estimateMemory } from '../../src/recipe/memory.ts';
import type { RunRecord } from '../../src/runs/record.ts';
import { templates } from '../../src/templates/index.ts';
import { call } from '../bridge.ts';
import { loadEngines } from '../engines/store.ts';
import { parseDrawing } from '../files/actions.ts';
import { loadDatasets } from '../training/catalogue.ts';
import { costOf } from '../training/cost.ts';
import { useRuns } from '../training/runs.ts';
import { useChoice, useKnown, useRecipe } from '../training/use-checked.ts';
import { useLater } from '../ui/later.ts';
import { sayError } from '../ui/toasts.tsx';
import { colourOf } from './colours.ts';
import { useCompare } from './store.ts';
import { templateLike } from './templates.ts';
import { drawingPoint, type Estimate, runPoint, type TradePoint } from './trade-points.ts';

/** By run; a drawing that was trained never changes. */
const networks = new Map<string, Network | null>();
const AT_ONCE = 100;

function networkOfText(text: string | null): Network | null {
  if (text === null) return null;
  try {
    return networkIfWhole(parseDrawing(text, 'drawing'));
  } catch {
    // Its own view says what is wrong with it; here it has no parameters.
    return null;
  }
}

async function readNetworks(runs: readonly string[]): Promise<void> {
  const wanted = runs.filter((run) => !networks.has(run));
  for (let i = 0; i < wanted.length; i += AT_ONCE) {
    const part = wanted.slice(i, i + AT_ONCE);
    const texts = await call('runs.documents', { runs: part });
    for (const [k, run] of part.entries()) networks.set(run, networkOfText(texts[k] ?? null));
  }
}

/** Runs whose drawings are read; undefined until they are. */
function useRunNetworks(records: readonly RunRecord[]): boolean {
  const [read, setRead] = useState<readonly RunRecord[]>();
  useEffect(() => {
    let wanted = true;
    readNetworks(records.map((r) => r.id)).then(() => wanted && setRead(records), sayError);
    return () => {
      wanted = false;
    };
  }, [records]);
  return read === records;
}

function useEstimate(): (network: Network) => Estimate {
  const { recipe, data } = useRecipe();
  const chosen = useChoice(undefined, recipe);
  const place = chosen?.engine && chosen.place;
  const anyNetwork = useMemo(() => ({ macs: 0, params: 0, activationBytes: 0 }) as Network, []);
  const { speed } = useKnown(place, anyNetwork, recipe);
  const [perSecond, source, engine] = [speed?.perSecond, speed?.source, chosen?.engine?.id];
  return useMemo(
    () => (network: Network) => {
      const known = perSecond !== undefined && source ? { speed: { perSecond, source } } : {};
      return {
        seconds: (data && costOf(recipe, data, network.macs, known).time?.trainSeconds) ?? null,
        memoryBytes: estimateMemory(network, recipe, engine),
      };
    },
    [recipe, data, perSecond, source, engine],
  );
}

export interface TradeKinds {
  readonly runs: boolean;
  readonly open: boolean;
  readonly templates: boolean;
}

/** Everything that can be weighed up; undefined until it is known. */
export function useTradePoints(kinds: TradeKinds): readonly TradePoint[] | undefined {
  const list = useRuns((s) => s.list);
  const colours = useCompare((s) => s.colours);
  const compared = useCompare((s) => s.runs);
  const { document } = useRecipe();
  const records = useMemo(
    () => (list ?? []).flatMap((item) => ('record' in item ? [item.record] : [])),
    [list],
  );
  const areRead = useRunNetworks(records);
  const estimate = useEstimate();
  useEffect(() => {
    loadEngines();
    void loadDatasets();
  }, []);
  const drawings = useLater(document, () => ({
    open: document.nodes.length === 0 ? null : networkIfWhole(document),
    templates: templates.map(({ id, title }) => ({
      ...{ id, title, network: networkIfWhole(templateLike(id, document)) },
    })),
  }));
  return useMemo(() => {
    if (list === null || !areRead || !drawings) return undefined;
    const names = runNames(records);
    const runs = records.map((record, i) => {
      const index = compared.includes(record.id) ? colours[record.id] : undefined;
      const colour = index === undefined ? '--accent' : colourOf(index).property;
      return runPoint(record, names[i] as string, networks.get(record.id) ?? null, colour);
    });
    const open =
      drawings.open === null
        ? []
        : [
            drawingPoint(
              { subject: 'open', kind: 'open', label: `${document.title} (open)`, colour: '--accent' },
              drawings.open,
              estimate(drawings.open),
            ),
          ];
    const fromTemplates = drawings.templates.flatMap(({ id, title, network }) =>
      network === null
        ? []
        : [
            drawingPoint(
              { subject: `template:${id}`, kind: 'template', label: title, colour: '--ink-3' },
              network,
              estimate(network),
            ),
          ],
    );
    return [
      // What stands on the same place covers what comes before it.
      ...(kinds.templates ? fromTemplates : []),
      ...(kinds.open ? open : []),
      ...(kinds.runs ? runs : []),
    ];
  }, [list, areRead, drawings, records, compared, colours, document, estimate, kinds]);
}
