import {
  ArrowDown,
  ArrowUp,
  GripVertical,
  ListOrdered,
  Pause,
  Play,
  Trash2,
  TriangleAlert,
} from 'lucide-react';
import { type DragEvent, useState } from 'react';
import type { QueueEntry } from '../../../src/services/contract.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { activeOf, useTraining } from '../store.ts';
import { holdQueue, moveWaiting, removeWaiting, useQueue } from './store.ts';

const TYPE = 'application/x-stemma-waiting';

/** 'mnist, 5 epochs, batch 64' */
function briefly({ recipe: { data, epochs, batch, limit } }: QueueEntry): string {
  return [
    typeof data === 'string' ? data : undefined,
    typeof epochs === 'number' ? `${epochs} ${epochs === 1 ? 'epoch' : 'epochs'}` : undefined,
    typeof batch === 'number' ? `batch ${batch}` : undefined,
    typeof limit === 'number' && limit > 0 ? `${limit} pictures at most` : undefined,
  ]
    .filter(Boolean)
    .join(', ');
}

function words(held: boolean, isTraining: boolean): string {
  if (held) return 'Held: nothing begins by itself.';
  return isTraining ? 'Each begins when the one before has ended.' : 'The first begins now.';
}

/** What is trained next, in its order. */
export function QueuePanel() {
  const { held, entries } = useQueue();
  const running = useTraining(activeOf);
  const waits = entries.some(({ failed }) => failed === null);
  if (entries.length === 0) return null;
  return (
    <section className="card queue" aria-label="Queue" data-testid="queue">
      <div className="card-head">
        <ListOrdered size={15} aria-hidden />
        <h3>Queue</h3>
        {waits && <span className="muted">{words(held, running !== undefined)}</span>}
        {waits && (
          <Button small onClick={() => void holdQueue(!held)}>
            {held ? <Play size={13} /> : <Pause size={13} />} {held ? 'Go on' : 'Hold'}
          </Button>
        )}
      </div>
      <ol className="queue-list">
        {entries.map((entry, i) => (
          <Row key={entry.id} entry={entry} place={i} isLast={i === entries.length - 1} />
        ))}
      </ol>
    </section>
  );
}

interface RowProps {
  readonly entry: QueueEntry;
  readonly place: number;
  readonly isLast: boolean;
}

function Row({ entry, place, isLast }: RowProps) {
  const { id, title, failed } = entry;
  const [isOver, setOver] = useState(false);
  const onDrop = (e: DragEvent) => {
    setOver(false);
    const dragged = e.dataTransfer.getData(TYPE);
    if (dragged) moveWaiting(dragged, place);
  };
  return (
    <li
      draggable
      className={isOver ? 'queue-row over' : 'queue-row'}
      data-testid="queue-row"
      onDragStart={(e) => {
        e.dataTransfer.setData(TYPE, id);
        e.dataTransfer.effectAllowed = 'move';
      }}
      onDragOver={(e) => {
        if (!e.dataTransfer.types.includes(TYPE)) return;
        e.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <GripVertical size={14} aria-hidden className="queue-grip" />
      <span className="queue-title">
        <b>{title}</b> <span className="muted">{briefly(entry)}</span>
        {failed !== null && (
          <span className="queue-failed text-selectable">
            <TriangleAlert size={12} aria-hidden /> It could not begin: {failed}
          </span>
        )}
      </span>
      <IconButton
        label={`Move ${title} up`}
        disabled={place === 0}
        onClick={() => moveWaiting(id, place - 1)}
      >
        <ArrowUp size={14} />
      </IconButton>
      <IconButton label={`Move ${title} down`} disabled={isLast} onClick={() => moveWaiting(id, place + 1)}>
        <ArrowDown size={14} />
      </IconButton>
      <IconButton label={`Remove ${title} from the queue`} onClick={() => void removeWaiting(id)}>
        <Trash2 size={14} />
      </IconButton>
    </li>
  );
}
