import { Bookmark, Play, Plus, X } from 'lucide-react';
import { useId, useMemo } from 'react';
import { describeError } from '../../src/base/errors.ts';
import { withDrawing } from '../../src/experiments/custom.ts';
import {
  isOfKind,
  kindOf,
  valuesOf,
  withoutVariant,
  withRecipe,
  withShape,
} from '../../src/experiments/edit.ts';
import { planVariants } from '../../src/experiments/expand.ts';
import type { ExperimentDocument } from '../../src/experiments/experiment.ts';
import { type Recipe, recipeSchema } from '../../src/recipe/recipe.ts';
import { intList, type ParamKind } from '../../src/schema/params.ts';
import { FormField } from '../panels/FormField.tsx';
import { useEditor } from '../state/editor.ts';
import { datasetOf, useCatalogue } from '../training/catalogue.ts';
import { FetchButton } from '../training/DataField.tsx';
import { Button, IconButton } from '../ui/Button.tsx';
import { short } from '../ui/format.ts';
import { keep, run } from './actions.ts';
import { paceNow, show, useExperiments } from './store.ts';
import { about, secondsOf } from './words.ts';

interface SetupProps {
  readonly experiment: ExperimentDocument;
}

const change = (experiment: ExperimentDocument) => show({ kind: 'setup', experiment });

/** An experiment before it is run: its networks, its seeds, its recipe, and what it will take. */
export function Setup({ experiment }: SetupProps) {
  const kind = kindOf(experiment);
  return (
    <div className="setup">
      <h2>{kind?.question ?? experiment.title}</h2>
      {kind && <p className="muted kinds-help">{kind.help}</p>}
      <div className="setup-columns">
        <section className="card" aria-label="What is compared">
          <h3>What is compared</h3>
          <Title experiment={experiment} />
          <Shape experiment={experiment} />
          <Networks experiment={experiment} />
        </section>
        <section className="card" aria-label="How they are trained">
          <h3>How they are trained</h3>
          <RecipeFields experiment={experiment} />
        </section>
      </div>
      <Foot experiment={experiment} />
    </div>
  );
}

function Title({ experiment }: SetupProps) {
  const id = useId();
  return (
    <>
      <div className="field">
        <label className="field-label" htmlFor={id}>
          Title
        </label>
        <input
          id={id}
          className="input"
          maxLength={200}
          value={experiment.title}
          onChange={(e) => change({ ...experiment, title: e.target.value || 'Experiment' })}
        />
      </div>
      <div className="field">
        <label className="field-label" htmlFor={`${id}-note`}>
          Note
        </label>
        <textarea
          id={`${id}-note`}
          className="input"
          rows={2}
          maxLength={10_000}
          value={experiment.note}
          onChange={(e) => change({ ...experiment, note: e.target.value })}
        />
      </div>
    </>
  );
}

/** What makes the networks anew: values along the axis, the data, the size of its pictures. */
function Shape({ experiment }: SetupProps) {
  const datasets = useCatalogue((s) => s.datasets);
  const id = useId();
  const whole = useMemo(() => isOfKind(experiment), [experiment]);
  const axis = kindOf(experiment)?.axis;
  const data = datasetOf(datasets, `${experiment.recipe.data}`);
  const seeds = intList({
    min: 0,
    max: 2 ** 31 - 1,
    maxLength: 100,
    default: [1],
    help: 'Each network is trained from each.',
  });
  const values = valuesOf(experiment);
  return (
    <>
      {axis && whole && (
        <FormField
          param="values"
          label={axis.title}
          kind={checked(
            intList({ min: 1, maxLength: 20, default: axis.defaults, help: axis.help }),
            axis.problem,
          )}
          given={[values]}
          onChange={(given) => change(withShape(experiment, { values: [...new Set(given as number[])] }))}
        />
      )}
      <FormField
        param="seeds"
        label="Seeds"
        kind={seeds}
        given={[experiment.seeds]}
        onChange={(given) => change({ ...experiment, seeds: [...new Set(given as number[])] })}
      />
      {whole ? (
        <>
          <div className="field">
            <label className="field-label" htmlFor={id}>
              Data
            </label>
            <select
              id={id}
              className="input"
              value={`${experiment.recipe.data}`}
              onChange={(e) => {
                const chosen = datasetOf(datasets, e.target.value);
                if (chosen) change(withShape(experiment, { data: chosen }));
              }}
            >
              {datasets?.map((d) => (
                <option key={d.id} value={d.id}>
                  {d.title}
                  {d.folder ? '' : ' (not here)'}
                </option>
              ))}
            </select>
          </div>
          <FormField
            param="size"
            label="Picture size"
            kind={recipeSchema.size}
            given={[experiment.input[0]]}
            onChange={(size) => change(withShape(experiment, { size: Number(size) }))}
          />
        </>
      ) : (
        <p className="muted">
          Data: {data?.title ?? `${experiment.recipe.data}`} at {experiment.input[0]} × {experiment.input[1]}.
        </p>
      )}
      {data && data.folder === null && <FetchButton data={data} />}
    </>
  );
}

/** Of a list in which every number must do. */
const checked = (
  kind: ParamKind<readonly number[]>,
  problem: (value: number) => string | undefined,
): ParamKind<readonly number[]> => ({
  ...kind,
  parse(value) {
    const parsed = kind.parse(value);
    const wrong = parsed.ok ? parsed.value.map(problem).find((words) => words !== undefined) : undefined;
    return wrong === undefined ? parsed : { ok: false, expected: wrong };
  },
});

function Networks({ experiment }: SetupProps) {
  const planned = useMemo(() => {
    try {
      return planVariants(experiment);
    } catch (error) {
      return describeError(error);
    }
  }, [experiment]);
  const kind = kindOf(experiment);
  if (typeof planned === 'string') return <p className="callout bad text-selectable">{planned}</p>;
  return (
    <>
      <ul className="setup-networks" aria-label="Networks">
        {planned.map(({ variant, network }) => (
          <li key={variant.id}>
            <span>{variant.label}</span>
            <span className="muted">
              {short(network.params)} parameters · {short(network.macs)} MACs
            </span>
            <IconButton
              label={`Leave out ${variant.label}`}
              small
              disabled={planned.length === 1}
              onClick={() => change(withoutVariant(experiment, variant.id))}
            >
              <X size={13} />
            </IconButton>
          </li>
        ))}
      </ul>
      {kind && !isOfKind(experiment) && (
        <Button small onClick={() => change(withShape(experiment, {}))}>
          All networks of {kind.title.toLowerCase()}
        </Button>
      )}
      <AddDrawing experiment={experiment} />
    </>
  );
}

/** What is drawn now as one more network. */
function AddDrawing({ experiment }: SetupProps) {
  const document = useEditor((s) => s.history.document);
  if (document.nodes.length === 0) return null;
  return (
    <Button small onClick={() => change(withDrawing(experiment, document))}>
      <Plus size={13} /> Add the open drawing, “{document.title}”
    </Button>
  );
}

const fields: readonly (readonly [keyof Recipe, string])[] = [
  ['epochs', 'Epochs'],
  ['batch', 'Batch'],
  ['limit', 'Pictures at most'],
  ['learningRate', 'Learning rate'],
  ['optimizer', 'Optimiser'],
  ['schedule', 'Schedule'],
  ['warmup', 'Warm-up steps'],
  ['weightDecay', 'Weight decay'],
];

function RecipeFields({ experiment }: SetupProps) {
  const ranges = experiment.variants.every(({ how }) => how.kind === 'range');
  const shown = ranges
    ? fields.filter(([key]) => !['epochs', 'learningRate', 'schedule', 'warmup'].includes(key))
    : fields;
  return (
    <div className="recipe-fields">
      {shown.map(([key, title]) => (
        <FormField
          key={key}
          param={key}
          label={title}
          kind={recipeSchema[key]}
          given={[experiment.recipe[key]]}
          onChange={(value) => change(withRecipe(experiment, { [key]: value as number }))}
        />
      ))}
    </div>
  );
}

function Foot({ experiment }: SetupProps) {
  const pace = useExperiments(paceNow);
  const busy = useExperiments((s) => s.starting || s.active !== null);
  const data = useCatalogue((s) => datasetOf(s.datasets, `${experiment.recipe.data}`));
  const estimate = useMemo(() => {
    try {
      return data && about(secondsOf(experiment, data.trainCount, pace));
    } catch {
      // Its problem stands with the networks.
      return undefined;
    }
  }, [experiment, data, pace]);
  const { variants, seeds } = experiment;
  return (
    <div className="setup-foot">
      <Button
        kind="primary"
        className="start-button"
        disabled={busy || estimate === undefined}
        onClick={() => void run(experiment)}
      >
        <Play size={15} /> Run
      </Button>
      <Button onClick={() => void keep(experiment)}>
        <Bookmark size={14} /> Keep for later
      </Button>
      <span className="muted" role="status">
        {variants.length * seeds.length} networks{estimate && ` · ${estimate}`}
        {busy && ' · one experiment at a time'}
      </span>
    </div>
  );
}
