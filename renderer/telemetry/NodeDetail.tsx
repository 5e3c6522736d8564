import { useMemo, useState } from 'react';
import type { NodeFigures } from '../../src/training/node-figures.ts';
import type { Look } from '../../src/training/telemetry.ts';
import type { Drawn } from './drawing.ts';
import { type Dated, HeatMap } from './HeatMap.tsx';
import { LayerPanels } from './LayerPanels.tsx';
import { measureIds, measures } from './measures.ts';

interface NodeDetailProps {
  readonly run: string;
  readonly node: string | undefined;
  readonly drawn: Drawn;
  readonly look: Look;
  readonly looks: readonly Look[];
  readonly figures: ReadonlyMap<string, NodeFigures>;
}

/** Everything that is known of the chosen node: its figures, and how the values of its layers are spread. */
export function NodeDetail({ run, node, drawn, look, looks, figures }: NodeDetailProps) {
  if (node === undefined)
    return (
      <div className="inside-detail inside-none muted">
        Click a node to see all its figures, and how its weights and what it gives on change as it learns.
      </div>
    );
  return (
    <div className="inside-detail" data-testid="inside-detail">
      <h4>{node}</h4>
      <FigureList figures={figures.get(node)} />
      <Histories run={run} layers={drawn.layers.get(node) ?? []} look={look} looks={looks} />
    </div>
  );
}

function FigureList({ figures }: { readonly figures: NodeFigures | undefined }) {
  if (!figures) return <p className="muted">Nothing in it is looked at.</p>;
  return (
    <dl className="inside-figures">
      {measureIds.map((id) => {
        const value = measures[id].of(figures);
        if (value === undefined) return null;
        return (
          <div key={id} title={measures[id].help}>
            <dt>{measures[id].title}</dt>
            <dd>{measures[id].show(value)}</dd>
          </div>
        );
      })}
    </dl>
  );
}

interface HistoriesProps {
  readonly run: string;
  readonly layers: readonly string[];
  readonly look: Look;
  readonly looks: readonly Look[];
}

type Kind = 'activations' | 'weights';

const datedOf = (looks: readonly Look[], kind: Kind, path: string): Dated[] =>
  looks.flatMap((one) => {
    const histogram = one[kind][path]?.histogram;
    return histogram ? [{ step: one.step, histogram }] : [];
  });

function Histories({ run, layers, look, looks }: HistoriesProps) {
  const [layer, setLayer] = useState<string>();
  const given = useMemo(() => layers.filter((path) => look.activations[path]), [layers, look]);
  const weights = useMemo(
    () => Object.keys(look.weights).filter((path) => layers.includes(path.slice(0, path.lastIndexOf('/')))),
    [layers, look],
  );
  const path = layer && given.includes(layer) ? layer : given.at(-1);
  return (
    <>
      {given.length > 0 && (
        <History
          title="What it gives on"
          label="Layer"
          kind="activations"
          paths={given}
          begin={given.at(-1) as string}
          onChoose={setLayer}
          {...{ look, looks }}
        />
      )}
      {weights.length > 0 && (
        <History
          title="Weights"
          label="Weight"
          kind="weights"
          paths={weights}
          begin={weights[0] as string}
          {...{ look, looks }}
        />
      )}
      {path !== undefined && (
        <LayerPanels
          {...{ run, path }}
          filters={look.weights[`${path}/kernel`] !== undefined}
          step={looks.at(-1)?.step ?? 0}
        />
      )}
    </>
  );
}

interface HistoryProps {
  readonly onChoose?: (path: string) => void;
  readonly title: string;
  readonly label: string;
  readonly kind: Kind;
  readonly paths: readonly string[];
  readonly begin: string;
  readonly look: Look;
  readonly looks: readonly Look[];
}

function History({ title, label, kind, paths, begin, look, looks, onChoose }: HistoryProps) {
  const [chosen, setChosen] = useState(begin);
  const path = paths.includes(chosen) ? chosen : begin;
  const of = useMemo(() => datedOf(looks, kind, path), [looks, kind, path]);
  return (
    <div className="inside-history">
      {paths.length > 1 ? (
        <label className="inside-choose">
          {label}
          <select
            className="input"
            value={path}
            onChange={(e) => {
              setChosen(e.target.value);
              onChoose?.(e.target.value);
            }}
          >
            {paths.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        </label>
      ) : (
        <span className="muted">{path}</span>
      )}
      <HeatMap title={title} of={of} step={look.step} />
    </div>
  );
}
