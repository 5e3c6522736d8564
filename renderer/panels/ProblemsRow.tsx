import { AlertTriangle, CircleAlert, CornerDownRight, Trash2, Wrench } from 'lucide-react';
import { memo, useRef } from 'react';
import { type Diagnostic, whereInside } from '../../src/lower/index.ts';
import { canvas } from '../canvas/handle.ts';
import { attempt, goInside, useEditor } from '../state/editor.ts';
import { Button } from '../ui/Button.tsx';
import { useFixes } from './problems-fixes.ts';

/** The canvas draws the inside first. */
const afterDrawing = (then: () => void) => requestAnimationFrame(() => requestAnimationFrame(then));

/** One problem: its sentence, where it is, what would mend it. */
export const ProblemsRow = memo(function ProblemsRow({ diagnostic }: { readonly diagnostic: Diagnostic }) {
  const { severity, message, nodeId } = diagnostic;
  const row = useRef<HTMLLIElement>(null);
  const fixes = useFixes(diagnostic, row);
  const document = useEditor((s) => s.shown.document);
  const node = document.nodes.find((n) => n.id === nodeId);
  const inside = diagnostic.layer === undefined ? undefined : whereInside(document, diagnostic);
  const Icon = severity === 'error' ? CircleAlert : AlertTriangle;
  return (
    <li ref={row} className="problems-row" data-severity={severity}>
      <Icon size={15} role="img" aria-label={severity === 'error' ? 'Error' : 'Warning'} />
      <div className="problems-what">
        <p className="selectable">{message}</p>
        <div className="problems-fixes">
          {fixes === undefined && <span className="muted">Looking for fixes…</span>}
          {fixes?.map(({ title, edit, destructive }) => (
            <Button
              key={title}
              small
              kind={destructive ? 'danger' : 'plain'}
              onClick={() => attempt(() => ({ ...edit, label: title }))}
            >
              {destructive ? (
                <Trash2 size={13} aria-hidden="true" />
              ) : (
                <Wrench size={13} aria-hidden="true" />
              )}
              {title}
            </Button>
          ))}
          {inside && (
            <Button
              small
              onClick={() => {
                goInside(inside.type);
                afterDrawing(() => canvas.reveal(inside.nodeId));
              }}
            >
              <CornerDownRight size={13} aria-hidden="true" /> Go there
            </Button>
          )}
        </div>
      </div>
      {node && (
        <Button
          small
          kind="quiet"
          className="problems-node"
          aria-label={`Show ${node.name}`}
          onClick={() => canvas.reveal(node.id)}
        >
          {node.name}
        </Button>
      )}
    </li>
  );
});
