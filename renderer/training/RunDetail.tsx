import { Cpu, Trash2 } from 'lucide-react';
import { useEffect } from 'react';
import { describeError } from '../../src/base/errors.ts';
import type { OpenedRun, RunListItem } from '../../src/services/contract.ts';
import { call } from '../bridge.ts';
import { DrawingTie } from '../compare/DrawingTie.tsx';
import { engineTitle } from '../engines/choice.ts';
import { loadEngines, useEngines } from '../engines/store.ts';
import { parseDrawing } from '../files/actions.ts';
import { ask } from '../state/app.ts';
import { Inside } from '../telemetry/Inside.tsx';
import { Warnings } from '../telemetry/Warnings.tsx';
import { Button, IconButton } from '../ui/Button.tsx';
import { duration, exact, percent } from '../ui/format.ts';
import { sayError } from '../ui/toasts.tsx';
import { Charts } from './Charts.tsx';
import { ExportList } from './ExportList.tsx';
import { Judgement } from './judge/Judgement.tsx';
import { SampleGrid } from './judge/SampleGrid.tsx';
import { RunActions } from './RunActions.tsx';
import { RunTitle, RunWords } from './RunWords.tsx';
import { idOf, useRuns } from './runs.ts';
import { DrawingTable } from './TrainedDrawing.tsx';
import { stateKind, stateWords } from './words.ts';

const when = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'short' });

const remove = (id: string, title: string) =>
  ask({
    title: `Delete the run of "${title}"?`,
    text: 'Its weights, curves and drawing are removed from the disk. Exports of it elsewhere stay.',
    choices: [
      { title: 'Keep it', run: () => {} },
      {
        title: 'Delete',
        kind: 'danger',
        run: () => {
          call('runs.delete', { run: id }).then(
            () => useRuns.setState({ selected: null, opened: null }),
            sayError,
          );
        },
      },
    ],
  });

/** Everything that is kept of the selected run. */
export function RunDetail() {
  const { selected, opened, error, list } = useRuns();
  if (selected === null)
    return <div className="empty">Choose a run to see its curves, answers and drawing.</div>;
  const item = list?.find((i) => idOf(i) === selected);
  if (item && 'damaged' in item)
    return (
      <div className="run-detail">
        <h2>{item.id}</h2>
        <p className="callout bad text-selectable">This run cannot be read: {item.damaged}</p>
        <div className="controls">
          <Button kind="danger" onClick={() => remove(item.id, item.id)}>
            <Trash2 size={14} /> Delete…
          </Button>
        </div>
      </div>
    );
  if (error) return <p className="callout bad run-error text-selectable">{describeError(error)}</p>;
  if (!opened)
    return (
      <div className="empty" role="status">
        Reading the run…
      </div>
    );
  return <Opened run={opened} item={item ?? { active: false }} />;
}

type Item = Pick<Extract<RunListItem, { active: boolean }>, 'active' | 'note' | 'tags'>;

function Opened({ run, item }: { readonly run: OpenedRun; readonly item: Item }) {
  const { active: isActive } = item;
  const { series, version } = useRuns();
  const { record, document, evaluation, samples, exports } = run;
  const { title, state, reason, createdAt, id } = record;
  return (
    <div className="run-detail">
      <div className="progress-top">
        <div className="progress-title">
          <RunTitle key={id} run={id} title={title} />
          <span className={`badge ${stateKind[state]}`}>{stateWords[state]}</span>
        </div>
        <IconButton label="Delete the run…" disabled={isActive} onClick={() => remove(id, title)}>
          <Trash2 size={15} />
        </IconButton>
      </div>
      <p className="muted">{when.format(new Date(createdAt))}</p>
      <RunWords key={id} run={id} note={item.note ?? ''} tags={item.tags ?? []} />
      {reason && <p className={`callout text-selectable ${state === 'failed' ? 'bad' : ''}`}>{reason}</p>}
      <RunActions run={run} isActive={isActive} />
      <Results run={run} />
      <TrainedOn record={record} />
      {!isActive && (
        <Warnings {...{ series, document, title }} run={id} recipe={record.recipe} end={record} />
      )}
      {series.next > 0 && <Charts {...{ series, version }} height={170} name={title} />}
      <Inside run={id} document={document} title={title} isOver={!isActive} />
      {evaluation && <Judgement run={id} report={evaluation} />}
      {samples && <SampleGrid report={samples} />}
      {exports.length > 0 && (
        <section className="card">
          <h3>Exports</h3>
          <ExportList exports={exports} />
        </section>
      )}
      <section className="card" aria-label="Drawing">
        <h3>The drawing, as trained</h3>
        <DrawingTie run={id} text={document} />
        <StoredDrawing text={document} title={title} />
      </section>
      <Facts run={run} />
    </div>
  );
}

function StoredDrawing({ text, title }: { readonly text: string; readonly title: string }) {
  try {
    parseDrawing(text, title);
  } catch (error) {
    return <p className="callout bad text-selectable">{describeError(error)}</p>;
  }
  return <DrawingTable text={text} title={title} />;
}

function Results({ run: { record, evaluation } }: { readonly run: OpenedRun }) {
  const { steps, trainLoss, testAccuracy } = record.summary;
  const isTested = typeof testAccuracy === 'number';
  const accuracy = isTested ? testAccuracy : evaluation?.accuracy;
  const judged = !isTested && evaluation?.set === 'validation' ? 'Held-out accuracy' : 'Test accuracy';
  const all: readonly (readonly [string, string])[] = [
    [judged, typeof accuracy === 'number' ? percent(accuracy) : '–'],
    ['Loss in training', typeof trainLoss === 'number' ? trainLoss.toFixed(3) : '–'],
    ['Steps', typeof steps === 'number' ? exact(steps) : '–'],
  ];
  return (
    <dl className="figures results">
      {all.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Which engine trained it, where, and why that one; runs of older Stemmas lack some of it. */
function TrainedOn({ record: { environment, summary } }: { readonly record: OpenedRun['record'] }) {
  const engines = useEngines((s) => s.engines);
  useEffect(loadEngines, []);
  const { engine, engineVersion, device, why } = environment;
  if (typeof engine !== 'string') return null;
  const version = typeof engineVersion === 'string' && engineVersion ? ` ${engineVersion}` : '';
  const { stepMs, imagesPerSecond } = summary;
  const median = (stepMs as { median?: unknown } | undefined)?.median;
  return (
    <p className="trained-on text-selectable" data-testid="trained-on">
      <Cpu size={14} aria-hidden />
      <span>
        Trained by <b>{`${engineTitle(engines, engine)}${version}`}</b>
        {typeof device === 'string' && ` on ${device}`}
        {typeof why === 'string' && `: ${why}`}.
        {typeof median === 'number' && typeof imagesPerSecond === 'number' && (
          <span className="muted">
            {' '}
            {duration(median / 1000)} a step, {Number(imagesPerSecond.toPrecision(3))} pictures a second.
          </span>
        )}
      </span>
    </p>
  );
}

const said = (value: unknown) => (typeof value === 'object' ? JSON.stringify(value) : String(value));

/** What it was trained with, as stored. */
function Facts({ run: { record } }: { readonly run: OpenedRun }) {
  const groups = { Recipe: record.recipe, Environment: { ...record.environment, run: record.id } };
  return (
    <div className="facts">
      {Object.entries(groups).map(([name, values]) => (
        <section key={name} className="card">
          <h3>{name}</h3>
          <dl className="facts-list text-selectable">
            {Object.entries(values)
              .filter(([, value]) => value !== undefined)
              .map(([key, value]) => (
                <div key={key}>
                  <dt>{key}</dt>
                  <dd>{said(value)}</dd>
                </div>
              ))}
          </dl>
        </section>
      ))}
    </div>
  );
}
