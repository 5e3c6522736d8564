import type { ChangeKind, DrawingChange } from '../../src/compare/changes.ts';
import type { DocumentDifference } from '../../src/compare/document-difference.ts';
import { fieldTitle, showValue } from '../../src/compare/field-words.ts';
import { showNode } from '../canvas/show-node.ts';
import { Button } from '../ui/Button.tsx';
import { signs } from './marks.ts';

interface ChangeListProps {
  readonly difference: DocumentDifference;
  readonly changes: readonly DrawingChange[];
  readonly chosen: number | null;
  readonly afterIsOpen: boolean;
  readonly onChoose: (index: number) => void;
}

const kinds: readonly ChangeKind[] = ['added', 'removed', 'changed'];

/** Each change in words; a press shows it in both drawings. */
export function ChangeList({ difference, changes, chosen, afterIsOpen, onChoose }: ChangeListProps) {
  const counts = kinds.map((kind) => ({ kind, count: changes.filter((c) => c.kind === kind).length }));
  const picked = chosen === null ? undefined : changes[chosen];
  return (
    <aside className="changes" aria-label="Changes">
      {changes.length === 0 ? (
        <p className="callout good">Both draw the same network.</p>
      ) : (
        <>
          <p className="changes-counts">
            {counts
              .filter((c) => c.count > 0)
              .map(({ kind, count }) => (
                <span key={kind} className={`change-badge ${kind}`}>
                  {signs[kind]} {count} {kind}
                </span>
              ))}
          </p>
          <ol className="changes-list" data-testid="changes">
            {changes.map(({ kind, text }, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two changes may read alike; the list is made anew as a whole.
              <li key={i}>
                <button type="button" aria-current={chosen === i || undefined} onClick={() => onChoose(i)}>
                  <span className={`change-sign ${kind}`}>
                    <span aria-hidden="true">{signs[kind]}</span>
                    <span className="visually-hidden">{kind}: </span>
                  </span>
                  <span>{text}</span>
                </button>
              </li>
            ))}
          </ol>
        </>
      )}
      {afterIsOpen && picked?.after != null && (
        <Button small onClick={() => showNode(picked.after as string)}>
          Go to the node
        </Button>
      )}
      {difference.recipe.length > 0 && (
        <>
          <h3>Recipe in the drawing</h3>
          <dl className="changes-recipe">
            {difference.recipe.map(({ key, before, after }) => (
              <div key={key}>
                <dt>{fieldTitle(key)}</dt>
                <dd>
                  {showValue(before)} → {showValue(after)}
                </dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </aside>
  );
}
