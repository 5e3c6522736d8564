import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useEffect, useState } from 'react';
import { describeError } from '../../src/base/errors.ts';
import type { Recipe } from '../../src/recipe/recipe.ts';
import type { LabelledPictures } from '../../src/services/contract.ts';
import { call } from '../bridge.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { exact } from '../ui/format.ts';
import { Tip } from '../ui/Tip.tsx';
import { FetchButton } from './DataField.tsx';
import { Picture, usePixels } from './Pictures.tsx';
import { inputOf } from './recipe.ts';
import { changesPictures, previewKey, useRecipe, useSettled } from './use-checked.ts';

const COUNT = 24;
/** Of each picture, where several are wished for. */
const DRAWS = 6;

type Shown =
  | { readonly kind: 'busy' }
  | { readonly kind: 'error'; readonly words: string }
  | { readonly kind: 'here'; readonly pictures: LabelledPictures };

/** Pictures from `from` on as the network will see them; asked for once the recipe rests. */
function usePreview(
  recipe: Recipe,
  shape: readonly number[],
  from: number,
  draws: number,
): [Shown, () => void] {
  const [shown, setShown] = useState<Shown>({ kind: 'busy' });
  const [tries, setTries] = useState(0);
  const key = useSettled(previewKey(recipe, shape), 300);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` holds all that the pictures hang on.
  useEffect(() => {
    let wanted = true;
    setShown((s) => (s.kind === 'here' ? s : { kind: 'busy' }));
    const [height = 1, width = 1, channels = 1] = shape;
    call('data.preview', { recipe, shape: [height, width, channels], from, count: COUNT, draws }).then(
      (pictures) => wanted && setShown({ kind: 'here', pictures }),
      (error: unknown) => wanted && setShown({ kind: 'error', words: describeError(error) }),
    );
    return () => {
      wanted = false;
    };
  }, [key, from, draws, tries]);
  return [shown, () => setTries((n) => n + 1)];
}

/** Training pictures with their labels, as the network will see them. */
export function Preview() {
  const { document, recipe, data } = useRecipe();
  const shape = inputOf(document)?.shape;
  if (!data) return null;
  const words = !data.folder
    ? `${data.title} is not on this machine yet: fetch it, or choose other data.`
    : shape?.length !== 3
      ? 'Pictures need an input of [height, width, channels].'
      : undefined;
  return (
    <section className="card preview" aria-label="Training pictures">
      {words !== undefined || !shape ? (
        <>
          <div className="card-head">
            <h3>As the network will see them</h3>
          </div>
          <div className="muted preview-none">
            {words}
            {!data.folder && data.fetchable && <FetchButton data={data} />}
          </div>
        </>
      ) : (
        <PreviewGrid recipe={recipe} shape={shape} />
      )}
    </section>
  );
}

function PreviewGrid({ recipe, shape }: { readonly recipe: Recipe; readonly shape: readonly number[] }) {
  const [from, setFrom] = useState(0);
  const [several, setSeveral] = useState(false);
  const changes = changesPictures(recipe);
  const draws = changes && several ? DRAWS : 1;
  const [shown, again] = usePreview(recipe, shape, from, draws);
  const total = shown.kind === 'here' ? shown.pictures.total : 0;
  const page = COUNT / draws;
  const last = Math.min(from + page, total);
  // Another recipe may have fewer pictures than were turned to.
  if (total > 0 && from >= total) setFrom(0);
  return (
    <>
      <div className="card-head">
        <h3>As the network will see them</h3>
        <span className="muted">
          {total > 0 && `${exact(from + 1)} to ${exact(last)} of ${exact(total)}`} · {shape.join(' × ')}
        </span>
        {changes && (
          <Tip text={`The changes are drawn anew each epoch: ${DRAWS} of them for each picture.`}>
            <Button small aria-pressed={several} onClick={() => setSeveral(!several)}>
              Several draws
            </Button>
          </Tip>
        )}
        <IconButton
          small
          label="Pictures before"
          disabled={from === 0}
          onClick={() => setFrom(Math.max(0, from - page))}
        >
          <ChevronLeft size={15} />
        </IconButton>
        <IconButton small label="More pictures" disabled={last >= total} onClick={() => setFrom(from + page)}>
          <ChevronRight size={15} />
        </IconButton>
      </div>
      {shown.kind === 'here' ? (
        <PictureList pictures={shown.pictures} inRows={draws > 1} />
      ) : shown.kind === 'busy' ? (
        <p className="muted preview-none" role="status">
          Reading pictures…
        </p>
      ) : (
        <div className="callout bad preview-error" role="alert">
          <span className="text-selectable">{shown.words}</span>
          <Button small onClick={again}>
            Try again
          </Button>
        </div>
      )}
    </>
  );
}

/** Its class; of a blend the other's share too, as '2 + 18 % 4'. */
function nameOf({ classes, mixed }: LabelledPictures, index: number, label: number): string {
  const name = (of: number | undefined) => classes[of ?? -1] ?? '?';
  const share = mixed?.shares[index] ?? 1;
  const other = mixed?.labels[index];
  if (other === undefined || other === label) return name(label);
  // The larger share is the picture's own.
  const percent = Math.round((1 - share) * 100);
  return percent === 0 ? name(label) : `${name(label)} + ${percent} % ${name(other)}`;
}

function PictureList({
  pictures,
  inRows,
}: {
  readonly pictures: LabelledPictures;
  /** The draws of a picture in a row. */
  readonly inRows: boolean;
}) {
  const bytes = usePixels(pictures.pixels);
  if (pictures.count === 0) return <p className="muted preview-none">The recipe leaves no pictures.</p>;
  return (
    <ul className={`preview-grid ${inRows ? 'in-rows' : ''}`} data-testid="preview-grid">
      {pictures.labels.map((label, i) => {
        const name = nameOf(pictures, i, label);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: places of a page of pictures.
          <li key={i}>
            <Picture bytes={bytes} of={pictures} index={i} label={`Picture of ${name}`} />
            <span>{name}</span>
          </li>
        );
      })}
    </ul>
  );
}
