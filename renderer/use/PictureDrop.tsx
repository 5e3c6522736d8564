import { ImagePlus } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Button } from '../ui/Button.tsx';
import { ACCEPTED, MOST_PICTURES, readGiven } from './files.ts';
import { addPictures, setInvert, useUse } from './store.ts';

async function take(files: Iterable<File>, source = ''): Promise<void> {
  const given: Awaited<ReturnType<typeof readGiven>>[] = [];
  // One after the other: two hundred photographs at once would fill the memory twice.
  for (const file of [...files].slice(0, MOST_PICTURES + 1))
    given.push(await readGiven(file, source || file.name));
  if (given.length > 0) addPictures(given);
}

/** Pictures of the clipboard, wherever the focus is. */
export function usePaste(): void {
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      void take(files, files.length === 1 ? 'pasted picture' : '');
    };
    document.addEventListener('paste', onPaste);
    return () => document.removeEventListener('paste', onPaste);
  }, []);
}

/** A place to drop pictures on, and the same with a click. */
export function PictureDrop() {
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const { invert, leftOut } = useUse();
  return (
    <div className="drop-side">
      <section
        className={isOver ? 'drop over' : 'drop'}
        aria-label="Pictures to ask about"
        onDragOver={(e) => {
          e.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(e) => {
          e.preventDefault();
          setOver(false);
          void take(e.dataTransfer.files);
        }}
      >
        <ImagePlus size={26} aria-hidden />
        <p>Drop pictures here, or paste one (Ctrl+V)</p>
        <Button kind="primary" onClick={() => input.current?.click()}>
          Choose files…
        </Button>
        <input
          ref={input}
          type="file"
          hidden
          multiple
          accept={ACCEPTED}
          data-testid="picture-files"
          onChange={(e) => {
            void take(e.target.files ?? []);
            e.target.value = '';
          }}
        />
        <p className="muted">PNG, JPEG, WebP, GIF, TIFF; up to {MOST_PICTURES} at once</p>
      </section>
      {leftOut > 0 && (
        <p className="callout warn">
          {leftOut === 1 ? 'One picture was' : `${leftOut} pictures were`} left out: {MOST_PICTURES} are held
          at once.
        </p>
      )}
      <label className="check">
        <input type="checkbox" checked={invert} onChange={(e) => setInvert(e.target.checked)} />
        <span>
          Invert colours
          <span className="muted">
            {' '}
            for dark ink on white paper, where the network learned white on black
          </span>
        </span>
      </label>
    </div>
  );
}
