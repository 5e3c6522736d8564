import type { OwnData } from '../../src/services/contract.ts';
import { call } from '../bridge.ts';
import { ask } from '../state/app.ts';
import { loadDatasets } from '../training/catalogue.ts';
import { changeRecipe } from '../training/recipe.ts';
import { Button } from '../ui/Button.tsx';
import { exact } from '../ui/format.ts';
import { say, sayError } from '../ui/toasts.tsx';
import { OwnPictures } from './OwnPictures.tsx';
import { dividedWords } from './words.ts';

interface OwnReportProps {
  readonly found: OwnData;
  readonly look: (place: string) => void;
  readonly onClose: () => void;
}

/** So many classes are listed; more are counted. */
const MAX_CLASSES = 200;

async function remove({ id, title }: OwnData): Promise<void> {
  try {
    await call('data.remove', { id });
    say({ kind: 'info', text: `${title} was removed from the list. Its pictures lie where they were.` });
  } catch (error) {
    sayError(error);
  }
  await loadDatasets();
}

/** What was found: classes, counts, a few pictures, what was left out; and what can be done with it. */
export function OwnReport({ found, look, onClose }: OwnReportProps) {
  const { id, title, place, classes, leftOut, notes, shape, fit } = found;
  const confirmRemoval = () =>
    ask({
      title: `Remove ${title}?`,
      text: `Only Stemma forgets it: the pictures in ${place} stay as they are, and so do runs that were trained on them.`,
      choices: [{ title: 'Remove', kind: 'danger', run: () => void remove(found) }],
    });
  return (
    <>
      <p className="data-place text-selectable">{place}</p>
      <p>
        {exact(classes.length)} classes; {dividedWords(found)} They suit an input of {shape.join(' × ')}.
        Pictures of another form are{' '}
        {fit === 'crop' ? 'cut at their edges' : 'shown whole, with black around'}.
      </p>
      {notes.map((note) => (
        <p className="callout text-selectable" key={note}>
          {note}
        </p>
      ))}
      <OwnPictures found={found} />
      <ClassList classes={classes} />
      <LeftOutList leftOut={leftOut} />
      <div className="data-actions">
        <Button
          kind="primary"
          onClick={() => {
            changeRecipe({ data: id });
            onClose();
          }}
        >
          Use these pictures
        </Button>
        <Button onClick={() => look(place)}>Look again…</Button>
        <Button kind="quiet" onClick={confirmRemoval}>
          Remove from the list…
        </Button>
      </div>
    </>
  );
}

function ClassList({ classes }: { readonly classes: OwnData['classes'] }) {
  const most = Math.max(...classes.map(({ count }) => count));
  const more = classes.length - MAX_CLASSES;
  return (
    <section className="data-classes" aria-label="Classes">
      <ul>
        {classes.slice(0, MAX_CLASSES).map(({ name, count }) => (
          <li key={name}>
            <span className="data-class">{name}</span>
            <span className="data-bar" aria-hidden>
              <span style={{ width: `${(100 * count) / most}%` }} />
            </span>
            <span className="data-count">{exact(count)}</span>
          </li>
        ))}
      </ul>
      {more > 0 && <p className="muted">and {exact(more)} more.</p>}
    </section>
  );
}

function LeftOutList({ leftOut: { count, named } }: { readonly leftOut: OwnData['leftOut'] }) {
  if (count === 0) return <p className="muted">Every picture could be read.</p>;
  const more = count - named.length;
  return (
    <details className="more data-left-out" open={count <= 5}>
      <summary>{exact(count)} left out</summary>
      <ul className="text-selectable">
        {named.map(({ name, why }) => (
          <li key={`${name} ${why}`}>
            <code>{name}</code> {why}
          </li>
        ))}
      </ul>
      {more > 0 && <p className="muted">and {exact(more)} more.</p>}
    </details>
  );
}
