import { ChevronsUpDown, Cpu } from 'lucide-react';
import { type ToggleEvent, useId, useRef } from 'react';
import { sentence } from '../ui/format.ts';
import type { Chosen } from './choice.ts';
import { EngineList } from './EngineList.tsx';
import { installingOf } from './install.ts';
import { amountOf } from './install-words.ts';
import { useEngines } from './store.ts';

const GAP = 6;

/** Above or below what opens it, wherever there is more room. */
function placeBeside(popover: HTMLElement, opener: HTMLElement): void {
  const box = opener.getBoundingClientRect();
  const above = box.top > innerHeight - box.bottom;
  const room = (above ? box.top : innerHeight - box.bottom) - 2 * GAP;
  popover.style.inset = above
    ? `auto auto ${innerHeight - box.top + GAP}px auto`
    : `${box.bottom + GAP}px auto auto auto`;
  const width = Math.min(440, innerWidth - 4 * GAP);
  popover.style.width = `${width}px`;
  popover.style.left = `${Math.max(2 * GAP, Math.min(box.left, innerWidth - width - 2 * GAP))}px`;
  popover.style.maxHeight = `${room}px`;
}

/** Which engine will train, on which device, and why; a click tells of all and lets one be chosen. */
export function EngineChip({
  chosen,
  small = false,
}: {
  readonly chosen: Chosen | null;
  readonly small?: boolean;
}) {
  const installing = useEngines((s) => installingOf(s.installation?.state));
  const opener = useRef<HTMLButtonElement>(null);
  const id = useId();
  const words = !chosen
    ? { title: small ? 'Engine…' : 'Asking what can train here…', where: '', why: '' }
    : chosen.engine
      ? { title: chosen.engine.title, where: ` on ${chosen.where}`, why: `${sentence(chosen.why)}.` }
      : { title: 'No engine', where: '', why: chosen.why };
  const beginPlace = (e: ToggleEvent<HTMLElement>) => {
    if (e.newState === 'open' && opener.current) placeBeside(e.currentTarget, opener.current);
  };
  return (
    <>
      <button
        ref={opener}
        type="button"
        className={`engine-chip ${small ? 'small' : ''} ${chosen && !chosen.engine ? 'bad' : ''}`}
        popoverTarget={id}
        data-testid="engine-chip"
      >
        <Cpu size={small ? 13 : 15} aria-hidden />
        <span className="engine-words">
          <span className="visually-hidden">Engine: </span>
          <span className="engine-name">
            <b>{words.title}</b>
            {!small && words.where}
          </span>
          {!small && words.why && <span className="engine-why">{words.why}</span>}
          {!small && installing && (
            <span className="engine-why">Installing TensorFlow. {amountOf(installing)}</span>
          )}
        </span>
        <ChevronsUpDown size={13} aria-hidden />
      </button>
      <div
        id={id}
        popover="auto"
        role="dialog"
        aria-label="Engines"
        className="engine-list text-selectable"
        onBeforeToggle={beginPlace}
      >
        <EngineList chosen={chosen} />
      </div>
    </>
  );
}
