import { AlertCircle } from 'lucide-react';
import { canvas } from '../canvas/handle.ts';
import { show, useApp } from '../state/app.ts';
import { attemptOnDocument } from '../state/editor.ts';
import { Button } from '../ui/Button.tsx';
import type { Check } from './checks.ts';
import { FetchButton } from './DataField.tsx';

function reveal(nodeId: string): void {
  useApp.setState({ view: 'design' });
  // Once the canvas is shown.
  setTimeout(() => canvas.reveal(nodeId), 60);
}

function Item({ check: { key, message, fixes, nodeId, fetch } }: { readonly check: Check }) {
  return (
    <li className="callout bad check">
      <AlertCircle size={14} aria-hidden />
      <div>
        <p className="text-selectable">{message}</p>
        <div className="check-fixes">
          {fetch && <FetchButton data={fetch} />}
          {fixes.map(({ title, edit }) => (
            <Button key={title} small onClick={() => attemptOnDocument(edit)}>
              {title}
            </Button>
          ))}
          {nodeId !== undefined && (
            <Button small kind="quiet" onClick={() => reveal(nodeId)}>
              Show in the drawing
            </Button>
          )}
          {key === 'empty' && (
            <Button small onClick={() => show({ kind: 'gallery' })}>
              Choose a template
            </Button>
          )}
        </div>
      </div>
    </li>
  );
}

/** What stands in the way, each with what mends it. */
export function ChecksList({ checks }: { readonly checks: readonly Check[] }) {
  if (checks.length === 0) return null;
  return (
    <ul className="checks" aria-label="Before it can start">
      {checks.map((check) => (
        <Item key={check.key} check={check} />
      ))}
    </ul>
  );
}
