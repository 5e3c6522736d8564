import { Download, ImagePlus } from 'lucide-react';
import { useId } from 'react';
import type { Recipe } from '../../src/recipe/recipe.ts';
import type { DatasetInfo } from '../../src/services/contract.ts';
import { showOwnData } from '../data/adding.ts';
import { Button } from '../ui/Button.tsx';
import { bytes, exact, shape } from '../ui/format.ts';
import { cancelFetch, fetchData, useCatalogue } from './catalogue.ts';
import { changeRecipe } from './recipe.ts';

/** Fetches a data set; while it comes, how far it is. */
export function FetchButton({ data }: { readonly data: DatasetInfo }) {
  const progress = useCatalogue((s) => s.fetching[data.id]);
  if (!progress)
    return (
      <Button small onClick={() => void fetchData(data)}>
        <Download size={13} /> Fetch {data.title}
      </Button>
    );
  const { received, total, file } = progress;
  const share = total > 0 ? received / total : 0;
  return (
    <div className="fetching">
      <div
        className="progress"
        role="progressbar"
        aria-label={`Fetching ${data.title}`}
        aria-valuenow={Math.round(share * 100)}
      >
        <div style={{ width: `${share * 100}%` }} />
      </div>
      <span className="muted">
        {file || 'Asking for it…'} {total > 0 && `${bytes(received)} of ${bytes(total)}`}
      </span>
      <Button small onClick={() => cancelFetch(data.id)}>
        Cancel
      </Button>
    </div>
  );
}

const isOwn = (id: string) => id.startsWith('own:');

const options = (datasets: readonly DatasetInfo[] | undefined) =>
  datasets?.map((d) => (
    <option key={d.id} value={d.id}>
      {d.title}
      {d.folder ? '' : ' (not here)'}
    </option>
  ));

/** The way to a person's own pictures. */
function OwnButtons({ data }: { readonly data: DatasetInfo | undefined }) {
  return (
    <div className="data-own">
      <Button small kind="quiet" onClick={() => showOwnData(null)}>
        <ImagePlus size={13} aria-hidden /> Add your own pictures…
      </Button>
      {data && isOwn(data.id) && (
        <Button small kind="quiet" onClick={() => showOwnData(data.id)}>
          What is in it…
        </Button>
      )}
    </div>
  );
}

interface DataFieldProps {
  readonly recipe: Recipe;
  readonly datasets: readonly DatasetInfo[] | null;
  readonly data: DatasetInfo | undefined;
}

export function DataField({ recipe, datasets, data }: DataFieldProps) {
  const id = useId();
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        Data
        {data && (
          <span className={`badge ${data.folder ? 'good' : 'warn'}`}>
            {data.folder ? 'here' : 'not here'}
          </span>
        )}
      </label>
      <select
        id={id}
        className="input"
        value={recipe.data}
        disabled={!datasets}
        onChange={(e) => changeRecipe({ data: e.target.value })}
      >
        {!datasets && <option>Looking…</option>}
        {datasets && !data && <option value={recipe.data}>{recipe.data} (unknown)</option>}
        {options(datasets?.filter(({ id }) => !isOwn(id)))}
        {datasets?.some(({ id }) => isOwn(id)) && (
          <optgroup label="Your own pictures">{options(datasets.filter((d) => isOwn(d.id)))}</optgroup>
        )}
      </select>
      {data && (
        <span className="field-help">
          {exact(data.trainCount)} training and {exact(data.testCount)} test pictures, {shape(data.shape)},{' '}
          {data.classes.length} classes. {data.licence && !isOwn(data.id) && `Licence: ${data.licence}.`}
        </span>
      )}
      <OwnButtons data={data} />
    </div>
  );
}
