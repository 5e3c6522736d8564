import { flavourNames } from '../../src/blocks/flavours.ts';
import { Button } from '../ui/Button.tsx';
import { type Choice, flavourWords, settings } from './choices.ts';
import { NumberEntry } from './NumberEntry.tsx';

interface GalleryOptionsProps {
  readonly choice: Choice;
  readonly onChange: (choice: Choice) => void;
  readonly onWrong: (label: string, wrong: boolean) => void;
}

const numbers = [
  { key: 'height', label: 'Height', min: 8, max: 1024 },
  { key: 'width', label: 'Width', min: 8, max: 1024 },
  { key: 'channels', label: 'Channels', min: 1, max: 16 },
  { key: 'classes', label: 'Classes', min: 2, max: 65_536 },
] as const;

const details = [
  { id: 'stages', title: 'Stages' },
  { id: 'blocks', title: 'Blocks' },
] as const;

const same = (a: Choice, b: Choice) =>
  numbers.every(({ key }) => a[key] === b[key]) && a.flavour === b.flavour;

/** For which pictures, in which flavour, how finely drawn. */
export function GalleryOptions({ choice, onChange, onWrong }: GalleryOptionsProps) {
  const change = (values: Partial<Choice>) => onChange({ ...choice, ...values });
  return (
    <div className="gallery-options">
      <div className="gallery-settings">
        {settings.map(({ title, about, choice: given }) => (
          <Button
            key={title}
            small
            title={about}
            aria-label={`${title}: ${about}`}
            aria-pressed={same(choice, given)}
            onClick={() => change({ ...given, detail: choice.detail })}
          >
            {title}
          </Button>
        ))}
      </div>
      <div className="gallery-numbers">
        {numbers.map(({ key, ...entry }) => (
          <NumberEntry
            key={key}
            {...entry}
            value={choice[key]}
            onChange={(value) => change({ [key]: value })}
            onWrong={onWrong}
          />
        ))}
      </div>
      <div className="gallery-row">
        <span>Flavour</span>
        <fieldset className="segmented" aria-label="Flavour">
          {flavourNames.map((flavour) => (
            <button
              key={flavour}
              type="button"
              aria-pressed={choice.flavour === flavour}
              onClick={() => change({ flavour })}
            >
              {flavour}
            </button>
          ))}
        </fieldset>
      </div>
      <p className="gallery-words">{flavourWords[choice.flavour]}</p>
      <div className="gallery-row">
        <span>Draw one node for each</span>
        <fieldset className="segmented" aria-label="Detail">
          {details.map(({ id, title }) => (
            <button
              key={id}
              type="button"
              aria-pressed={choice.detail === id}
              onClick={() => change({ detail: id })}
            >
              {title.slice(0, -1)}
            </button>
          ))}
        </fieldset>
      </div>
    </div>
  );
}
