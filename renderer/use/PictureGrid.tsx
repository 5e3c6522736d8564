import { FileDown, ImageOff, Trash2 } from 'lucide-react';
import { download } from '../files/actions.ts';
import { Picture, usePixels } from '../training/Pictures.tsx';
import { Button } from '../ui/Button.tsx';
import { percent } from '../ui/format.ts';
import { answersCsv } from './csv.ts';
import { clearPictures, select, type UseItem, useUse } from './store.ts';

const saveCsv = (title: string, items: readonly UseItem[]) =>
  // The mark at the beginning tells spreadsheets that it is UTF-8.
  download(`${title} answers.csv`, `\uFEFF${answersCsv(items)}`, 'text/csv');

/** All pictures that were given, each with its answer. */
export function PictureGrid({ title }: { readonly title: string }) {
  const { items, selected } = useUse();
  if (items.length === 0) return null;
  return (
    <section className="given" aria-label="All pictures">
      <div className="given-head">
        <h3>
          {items.length} {items.length === 1 ? 'picture' : 'pictures'}
        </h3>
        <div className="controls">
          <Button small onClick={() => saveCsv(title, items)}>
            <FileDown size={13} /> Answers as CSV
          </Button>
          <Button small kind="quiet" onClick={clearPictures}>
            <Trash2 size={13} /> Remove all
          </Button>
        </div>
      </div>
      <ul className="given-grid" data-testid="given">
        {items.map((item) => (
          <li key={item.id}>
            <button
              type="button"
              className={item.error ? 'given-item bad' : 'given-item'}
              aria-pressed={item.id === selected}
              title={item.error ?? item.name}
              onClick={() => select(item.id)}
            >
              <Thumb item={item} />
              <span className="given-answer">{wordsOf(item)}</span>
              <span className="visually-hidden">{item.name}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function wordsOf({ prediction, error }: UseItem): string {
  if (error) return 'not read';
  const [first] = prediction?.top ?? [];
  return first ? `${first.name} ${percent(first.probability, 0)}` : '…';
}

function Thumb({ item: { prediction, error, name } }: { readonly item: UseItem }) {
  const bytes = usePixels(prediction?.picture.pixels ?? '');
  if (!prediction) return <span className="given-none">{error && <ImageOff size={18} aria-hidden />}</span>;
  return <Picture bytes={bytes} of={prediction.picture} index={0} label={name} />;
}
