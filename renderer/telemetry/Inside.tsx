import { useEffect, useMemo } from 'react';
import { figuresByNode, type NodeFigures } from '../../src/training/node-figures.ts';
import type { Look } from '../../src/training/telemetry.ts';
import { parseDrawing } from '../files/actions.ts';
import { exact } from '../ui/format.ts';
import { useTheme } from '../ui/theme.ts';
import { type Drawn, drawnOf } from './drawing.ts';
import { InsideDrawing } from './InsideDrawing.tsx';
import { Legend } from './Legend.tsx';
import { measureIds, measures, rangeOf } from './measures.ts';
import { NodeDetail } from './NodeDetail.tsx';
import { lookShown, useLooks, watchLooks } from './store.ts';

interface InsideProps {
  readonly run: string;
  /** The drawing as trained. */
  readonly document: string;
  readonly title: string;
  readonly isOver: boolean;
}

/** The drawing of a run with what its nodes did while it learned. */
export function Inside({ run, document, title, isOver }: InsideProps) {
  const theme = useTheme();
  const { looks, loading } = useLooks();
  useEffect(() => watchLooks(run, isOver), [run, isOver]);
  const drawn = useMemo(() => {
    try {
      return drawnOf(parseDrawing(document, title), theme);
    } catch {
      // The drawing's own card says why it cannot be shown.
      return undefined;
    }
  }, [document, title, theme]);
  if (!drawn) return null;
  return (
    <section className="card inside" aria-label="Inside the network">
      {looks.length === 0 ? (
        <>
          <div className="card-head">
            <h3>Inside the network</h3>
          </div>
          <p className="muted">{loading ? 'Reading…' : isOver ? NONE : 'Comes with the first step.'}</p>
        </>
      ) : (
        <Shown run={run} drawn={drawn} looks={looks} />
      )}
    </section>
  );
}

const NONE =
  'Nothing was stored of its layers: the recipe did not ask for looks inside, or the engine cannot give them.';

/** So many looks at most make the scale: it should not take longer than a frame. */
const FOR_SCALE = 60;

interface ShownProps {
  readonly run: string;
  readonly drawn: Drawn;
  readonly looks: readonly Look[];
}

function Shown({ run, drawn, looks }: ShownProps) {
  const state = useLooks();
  const { measure, node } = state;
  const look = lookShown(state) as Look;
  const names = useMemo(() => drawn.nodes.map(({ name }) => name), [drawn]);
  const figures = useMemo(() => figuresByNode(look, names, drawn.macs), [look, names, drawn]);
  const chosen = measure && measures[measure];
  const range = useMemo(() => {
    if (!chosen) return undefined;
    const every = Math.ceil(looks.length / FOR_SCALE);
    const values = looks
      .filter((_, i) => i % every === 0 || i === looks.length - 1)
      .flatMap((one) => [...figuresByNode(one, names, drawn.macs).values()])
      .flatMap((figures: NodeFigures) => chosen.of(figures) ?? []);
    return rangeOf(chosen, values);
  }, [looks, names, drawn, chosen]);
  const shown = node !== null && drawn.layers.has(node) ? node : undefined;
  return (
    <>
      <div className="card-head inside-head">
        <h3>Inside the network</h3>
        <MeasureSwitch />
      </div>
      <div className="inside-both">
        <div className="inside-left">
          <InsideDrawing {...{ drawn, figures, measure: chosen, range, selected: shown }} />
          {chosen && range && (
            <Legend measure={chosen} range={range} estimated={measure === 'time' && !look.layerMs} />
          )}
        </div>
        <NodeDetail key={shown} node={shown} {...{ run, drawn, look, looks, figures }} />
      </div>
      <LookSlider looks={looks} />
    </>
  );
}

function MeasureSwitch() {
  const measure = useLooks((s) => s.measure);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a border and a legend.
    <div className="segmented" role="group" aria-label="What the nodes show">
      <button
        type="button"
        aria-pressed={measure === null}
        onClick={() => useLooks.setState({ measure: null })}
      >
        Off
      </button>
      {measureIds.map((id) => (
        <button
          key={id}
          type="button"
          title={measures[id].help}
          aria-pressed={measure === id}
          onClick={() => useLooks.setState({ measure: id })}
        >
          {measures[id].title}
        </button>
      ))}
    </div>
  );
}

/** Which look is shown; at its right end it follows the run. */
function LookSlider({ looks }: { readonly looks: readonly Look[] }) {
  const at = useLooks((s) => s.at);
  const last = looks.length - 1;
  const value = at ?? last;
  const step = looks[value]?.step ?? 0;
  return (
    <div className="inside-slider">
      <input
        type="range"
        aria-label="Look"
        aria-valuetext={`Step ${step + 1}`}
        min={0}
        max={Math.max(1, last)}
        disabled={last === 0}
        value={value}
        onChange={(e) => {
          const chosen = Number(e.target.value);
          useLooks.setState({ at: chosen >= last ? null : chosen });
        }}
      />
      <span className="muted">
        {at === null ? 'Newest look: ' : ''}step {exact(step + 1)} · {exact(looks.length)} look
        {looks.length === 1 ? '' : 's'}
      </span>
    </div>
  );
}
