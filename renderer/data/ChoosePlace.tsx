import { FileText, FolderOpen } from 'lucide-react';
import { useId, useState } from 'react';
import { call } from '../bridge.ts';
import { useApp } from '../state/app.ts';
import { Button } from '../ui/Button.tsx';

interface ChoosePlaceProps {
  readonly look: (place: string) => void;
  readonly fail: (error: unknown) => void;
}

/** Which folder or CSV, and how it should look. */
export function ChoosePlace({ look, fail }: ChoosePlaceProps) {
  const id = useId();
  const [place, setPlace] = useState('');
  const hasDialogs = useApp((s) => s.info?.dialogs ?? false);
  const choose = (csv: boolean) =>
    call('data.chooseFolder', { csv }).then((chosen) => chosen && look(chosen.place), fail);
  return (
    <>
      <p>
        A folder with a folder of pictures for each class, or a CSV of paths and labels. PNG, JPEG and WebP,
        of any size. Nothing is copied or changed: Stemma remembers where they lie and reads them there.
      </p>
      <Examples />
      {hasDialogs && (
        <div className="data-actions">
          <Button kind="primary" onClick={() => void choose(false)}>
            <FolderOpen size={14} aria-hidden /> Choose a folder…
          </Button>
          <Button onClick={() => void choose(true)}>
            <FileText size={14} aria-hidden /> Choose a CSV…
          </Button>
        </div>
      )}
      <form
        className="data-path"
        onSubmit={(e) => {
          e.preventDefault();
          if (place.trim()) look(place.trim());
        }}
      >
        <label className="field-label" htmlFor={id}>
          {hasDialogs ? 'Or its path' : 'Path of the folder or the CSV on this machine'}
        </label>
        <div className="data-row">
          <input
            id={id}
            className="input"
            spellCheck={false}
            placeholder="/home/me/pictures"
            value={place}
            onChange={(e) => setPlace(e.target.value)}
          />
          <Button type="submit" kind={hasDialogs ? 'plain' : 'primary'} disabled={!place.trim()}>
            Continue
          </Button>
        </div>
      </form>
    </>
  );
}

const examples = [
  {
    title: 'By class',
    lines: ['pets/cats/1.jpg', 'pets/dogs/2.png'],
    help: 'A tenth is set apart for the test.',
  },
  {
    title: 'Divided already',
    lines: ['pets/train/cats/1.jpg', 'pets/test/cats/7.jpg'],
    help: 'Folders train, val and test are taken as they are.',
  },
  {
    title: 'A CSV',
    lines: ['path,label,split', 'img/1.jpg,cat,train'],
    help: 'Paths begin at the CSV’s folder.',
  },
];

function Examples() {
  return (
    <ul className="data-examples">
      {examples.map(({ title, lines, help }) => (
        <li key={title}>
          <b>{title}</b>
          <code>{lines.join('\n')}</code>
          <span className="muted">{help}</span>
        </li>
      ))}
    </ul>
  );
}
