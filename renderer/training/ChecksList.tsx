import { AlertCircle, TriangleAlert } from 'lucide-react';
import { showNode } from '../canvas/show-node.ts';
import { setWish, useWish } from '../engines/store.ts';
import { show } from '../state/app.ts';
import { attemptOnDocument, goInside, useEditor } from '../state/editor.ts';
import { Button } from '../ui/Button.tsx';
import type { Check } from './checks.ts';
import { FetchButton } from './DataField.tsx';

/** Checks speak of the network, also where the inside of a block was shown last. */
function reveal(nodeId: string): void {
  if (useEditor.getState().inside !== null) goInside(null);
  showNode(nodeId);
}

interface ItemProps {
  readonly check: Check;
  /** Nothing stands in the way. */
  readonly mild?: boolean;
}

function Item({ check: { key, message, fixes, nodeId, fetch }, mild = false }: ItemProps) {
  return (
    <li className={`callout check ${mild ? 'warn' : 'bad'}`}>
      {mild ? <TriangleAlert size={14} aria-hidden /> : <AlertCircle size={14} aria-hidden />}
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
          {key === 'engine' && <AnyEngine />}
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

/** The way on where the engine that was asked for cannot run; none where nothing was asked for. */
function AnyEngine() {
  const wish = useWish();
  return (
    wish !== '' && (
      <Button small onClick={() => setWish('')}>
        Use the fastest that is available
      </Button>
    )
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

/** What is probably not meant, though it can start. */
export function AdviceList({ advice }: { readonly advice: readonly Check[] }) {
  if (advice.length === 0) return null;
  return (
    <ul className="checks" aria-label="Before you start it">
      {advice.map((check) => (
        <Item key={check.key} check={check} mild />
      ))}
    </ul>
  );
}
