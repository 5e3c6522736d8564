import { type KeyboardEvent, useRef } from 'react';
import type { Template } from '../../src/templates/template.ts';
import { short } from '../ui/format.ts';
import { useLater } from '../ui/later.ts';
import { factsKey, factsOf } from './facts.ts';
import { optionsFor } from './options.ts';
import { Thumbnail } from './Thumbnail.tsx';

interface CardsProps {
  readonly templates: readonly Template[];
  readonly chosen: string;
  readonly onChoose: (id: string) => void;
  readonly onOpen: () => void;
}

/** Templates side by side; arrow keys choose, Enter opens. */
export function Cards({ templates, chosen, onChoose, onOpen }: CardsProps) {
  const list = useRef<HTMLDivElement>(null);
  const onKeyDown = (e: KeyboardEvent) => {
    if (e.key === 'Enter') {
      e.preventDefault();
      onOpen();
      return;
    }
    const cards = [...(list.current?.querySelectorAll<HTMLElement>('[role="radio"]') ?? [])];
    const now = cards.indexOf(document.activeElement as HTMLElement);
    const columns = list.current ? getComputedStyle(list.current).gridTemplateColumns.split(' ').length : 1;
    const to = {
      ArrowRight: now + 1,
      ArrowLeft: now - 1,
      ArrowDown: now + columns,
      ArrowUp: now - columns,
      Home: 0,
      End: cards.length - 1,
    }[e.key];
    if (to === undefined || now < 0) return;
    e.preventDefault();
    const next = cards[Math.max(0, Math.min(cards.length - 1, to))];
    next?.focus();
    if (next?.dataset.template) onChoose(next.dataset.template);
  };
  // The chosen one may be filtered away: then the first can be reached.
  const reachable = templates.some((t) => t.id === chosen) ? chosen : templates[0]?.id;
  return (
    <div className="gallery-cards" role="radiogroup" aria-label="Templates" ref={list} onKeyDown={onKeyDown}>
      {templates.map((template) => (
        <Card
          key={template.id}
          template={template}
          chosen={template.id === chosen}
          reachable={template.id === reachable}
          onChoose={() => onChoose(template.id)}
          onOpen={onOpen}
        />
      ))}
      {templates.length === 0 && <p className="muted">No template is called so.</p>}
    </div>
  );
}

interface CardProps {
  readonly template: Template;
  readonly chosen: boolean;
  readonly reachable: boolean;
  readonly onChoose: () => void;
  readonly onOpen: () => void;
}

function Card({ template: { id, title, help, source }, chosen, reachable, onChoose, onOpen }: CardProps) {
  const options = optionsFor(id);
  const facts = useLater(factsKey(id, options), () => factsOf(id, options));
  return (
    // biome-ignore lint/a11y/useSemanticElements: a card holds more than a radio button's label can.
    <button
      type="button"
      role="radio"
      aria-checked={chosen}
      tabIndex={reachable ? 0 : -1}
      className="gallery-card"
      data-template={id}
      onClick={onChoose}
      onDoubleClick={onOpen}
    >
      <Thumbnail template={id} />
      <span className="gallery-card-title">{title}</span>
      <span className="gallery-card-figures">
        {facts ? `${short(facts.params)} parameters · ${short(facts.macs)} MACs` : '…'}
      </span>
      <span className="gallery-card-help">{help}</span>
      <span className="gallery-card-source">{sourceName(source)}</span>
    </button>
  );
}

const sourceName = (url: string) =>
  url.endsWith('1611.05431') ? 'Xie et al. 2017' : url.endsWith('1512.03385') ? 'He et al. 2015' : url;
