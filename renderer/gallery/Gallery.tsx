import { type KeyboardEvent, useDeferredValue, useEffect, useState } from 'react';
import type { Template } from '../../src/templates/template.ts';
import { startFrom } from '../files/actions.ts';
import { pageTheme } from '../picture/PictureDialog.tsx';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { build, type Choice, type Family, families, figuresOf, offered, settings } from './choices.ts';
import { GalleryCard } from './GalleryCard.tsx';
import { GalleryCompare } from './GalleryCompare.tsx';
import { GalleryOptions } from './GalleryOptions.tsx';

const first = settings[0]?.choice as Choice;

/** Templates to begin with, as a dialog. */
export function Gallery({ onClose }: { readonly onClose: () => void }) {
  const [family, setFamily] = useState<Family>('all');
  const [query, setQuery] = useState('');
  const [id, setId] = useState('resnet18');
  const [choice, setChoice] = useState(first);
  const [wrong, setWrong] = useState<ReadonlySet<string>>(new Set());
  // The cards are there at once, their figures a moment later: the deepest network takes a third of a second.
  const settled = useDeferredValue<Choice | null>(choice, null);
  const theme = pageTheme();
  // The dialog is open by then and has put the focus on its first button.
  useEffect(() => document.querySelector<HTMLElement>('.gallery-card[aria-checked="true"]')?.focus(), []);
  const found = offered(family, query);
  const chosen = found.find((t) => t.id === id) ?? found[0];
  const problem = chosen && settled ? figuresOf(chosen, settled, false).problem : undefined;
  const ready = chosen !== undefined && problem === undefined && wrong.size === 0;
  const open = (plain: boolean, template = chosen) => {
    if (!template || !ready) return;
    onClose();
    startFrom(build(template, choice, plain));
  };
  const note = (label: string, isWrong: boolean) =>
    setWrong((before) => {
      const next = new Set(before);
      if (isWrong) next.add(label);
      else next.delete(label);
      return next;
    });
  return (
    <Dialog
      title="Begin with a template"
      onClose={onClose}
      width={980}
      className="gallery"
      foot={
        <>
          {problem && <span className="gallery-problem">{problem}</span>}
          <Button disabled={!ready} onClick={() => open(true)}>
            Open plain
          </Button>
          <Button kind="primary" disabled={!ready} onClick={() => open(false)}>
            Open residual
          </Button>
        </>
      }
    >
      <div className="gallery-columns" data-testid="gallery">
        <div className="gallery-left">
          <div className="gallery-find">
            <input
              className="input"
              type="search"
              aria-label="Search templates"
              placeholder="Search"
              value={query}
              onChange={(e) => setQuery(e.target.value)}
            />
            <fieldset className="segmented" aria-label="Family">
              {families.map((f) => (
                <button
                  key={f.id}
                  type="button"
                  aria-pressed={family === f.id}
                  onClick={() => setFamily(f.id)}
                >
                  {f.title}
                </button>
              ))}
            </fieldset>
          </div>
          <Cards {...{ found, chosen, choice: settled, theme }} onChoose={setId} onOpen={() => open(false)} />
        </div>
        <div className="gallery-right">
          {chosen && (
            <>
              <h3>{chosen.title}</h3>
              <p className="gallery-words">{chosen.help}</p>
              {settled && <GalleryCompare template={chosen} choice={settled} theme={theme} />}
              <GalleryOptions choice={choice} onChange={setChoice} onWrong={note} />
            </>
          )}
        </div>
      </div>
    </Dialog>
  );
}

interface CardsProps {
  readonly found: readonly Template[];
  readonly chosen: Template | undefined;
  readonly choice: Choice | null;
  readonly theme: 'light' | 'dark';
  readonly onChoose: (id: string) => void;
  readonly onOpen: () => void;
}

/** Arrows choose, Enter opens. */
function Cards({ found, chosen, onOpen, ...rest }: CardsProps) {
  const onKeyDown = (e: KeyboardEvent<HTMLElement>) => {
    const cards = [...e.currentTarget.querySelectorAll<HTMLElement>('[role="radio"]')];
    const now = cards.indexOf(document.activeElement as HTMLElement);
    const top = cards[0]?.offsetTop;
    const columns = Math.max(1, cards.filter((c) => c.offsetTop === top).length);
    const steps: Record<string, number> = {
      ...{ ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns },
    };
    const next = cards[now + (steps[e.key] ?? 0)];
    if (now < 0 || !(e.key in steps)) return;
    e.preventDefault();
    next?.focus();
    next?.click();
  };
  if (found.length === 0) return <div className="empty">No template is called so.</div>;
  return (
    <div
      className="gallery-cards"
      role="radiogroup"
      aria-label="Templates"
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      {found.map((template) => (
        <GalleryCard
          key={template.id}
          {...rest}
          template={template}
          chosen={template === chosen}
          onOpen={onOpen}
        />
      ))}
    </div>
  );
}
