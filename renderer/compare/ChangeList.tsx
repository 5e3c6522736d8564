import type { ChangeKind, DrawingChange } from '../../src/compare/changes.ts';
import type { DocumentDifference } from '../../src/compare/document-difference.ts';
import { fieldTitle, showValue } from '../../src/compare/field-words.ts';
import { type FigureKey, figureKinds, showFigure } from '../../src/compare/figures.ts';
import { isSameNetwork } from '../../src/compare/same-network.ts';
import type { Network } from '../../src/network/network.ts';
import { showNode } from '../canvas/show-node.ts';
import { Button } from '../ui/Button.tsx';
import { signs } from './marks.ts';

interface ChangeListProps {
  readonly difference: DocumentDifference;
  readonly changes: readonly DrawingChange[];
  /** Null: a drawing with errors is no network. */
  readonly networks: readonly [Network | null, Network | null];
  readonly chosen: number | null;
  readonly afterIsOpen: boolean;
  readonly onChoose: (index: number) => void;
}

const kinds: readonly ChangeKind[] = ['added', 'removed', 'changed'];

/** Each change in words; a press shows it in both drawings. */
export function ChangeList(props: ChangeListProps) {
  const { difference, changes, networks, chosen, afterIsOpen, onChoose } = props;
  const [first, second] = networks;
  const counts = kinds.map((kind) => ({ kind, count: changes.filter((c) => c.kind === kind).length }));
  const picked = chosen === null ? undefined : changes[chosen];
  return (
    <aside className="changes" aria-label="Changes">
      {changes.length === 0 ? (
        <p className="callout good">Both draw the same network.</p>
      ) : (
        <>
          {first && second && isSameNetwork(first, second) && (
            <p className="callout good">Drawn differently, but layer by layer the same network.</p>
          )}
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
      {first && second && <Totals first={first} second={second} />}
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

const totals = ['params', 'macs'] as const satisfies readonly FigureKey[];

/** What the networks cost, the second beside the first. */
function Totals({ first, second }: { readonly first: Network; readonly second: Network }) {
  return (
    <dl className="changes-recipe" aria-label="In all">
      {totals.map((key) => (
        <div key={key}>
          <dt>{figureKinds[key].title}</dt>
          <dd>
            {first[key] === second[key]
              ? showFigure(key, first[key])
              : `${showFigure(key, first[key])} → ${showFigure(key, second[key])}`}
          </dd>
        </div>
      ))}
    </dl>
  );
}
