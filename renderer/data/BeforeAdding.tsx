import { ImagePlus } from 'lucide-react';
import { useId, useState } from 'react';
import type { CsvColumns, CsvGuess, OwnData } from '../../src/services/contract.ts';
import { Button } from '../ui/Button.tsx';
import type { Looked } from './AddDataDialog.tsx';
import { add, wasCancelled } from './adding.ts';
import { CsvFields } from './CsvFields.tsx';

interface BeforeAddingProps {
  readonly looked: Looked;
  readonly begin: () => void;
  readonly done: (found: OwnData) => void;
  readonly fail: (error: unknown) => void;
  readonly back: () => void;
}

const columnsOf = ({ separator, header, path, label, part }: CsvGuess): CsvColumns => ({
  ...{ separator, header, path, label, part },
});

const fits = [
  { fit: 'crop', title: 'Cut at the edges', help: 'The middle fills the square: best for most photographs.' },
  { fit: 'pad', title: 'Whole, with black around', help: 'Nothing is cut off, what is shown is smaller.' },
] as const;

/** Name, form and columns, before every picture is looked at. */
export function BeforeAdding({ looked, begin, done, fail, back }: BeforeAddingProps) {
  const id = useId();
  const { place, csv } = looked;
  const [title, setTitle] = useState(looked.title);
  const [fit, setFit] = useState<OwnData['fit']>('crop');
  const [columns, setColumns] = useState(() => csv && columnsOf(csv));
  const start = () => {
    begin();
    add({ place, title: title.trim() || null, fit, columns }).then(
      done,
      (error: unknown) => !wasCancelled(error) && fail(error),
    );
  };
  return (
    <>
      <p className="data-place text-selectable">{place}</p>
      <div className="field">
        <label className="field-label" htmlFor={id}>
          Name
        </label>
        <input
          id={id}
          className="input"
          maxLength={200}
          value={title}
          onChange={(e) => setTitle(e.target.value)}
        />
      </div>
      {csv && columns && <CsvFields csv={csv} columns={columns} onChange={setColumns} />}
      <fieldset className="data-fits">
        <legend>Pictures of another form</legend>
        {fits.map((each) => (
          <label key={each.fit}>
            <input
              type="radio"
              name={`${id}-fit`}
              checked={fit === each.fit}
              onChange={() => setFit(each.fit)}
            />
            <span>
              {each.title}
              <span className="muted"> {each.help}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <p className="muted">
        Every picture is opened once, so that broken ones are found now and not while it trains. It can be
        cancelled, and goes on from there the next time.
      </p>
      <div className="data-actions">
        <Button kind="primary" onClick={start}>
          <ImagePlus size={14} aria-hidden /> Add these pictures
        </Button>
        <Button onClick={back}>Back</Button>
      </div>
    </>
  );
}
