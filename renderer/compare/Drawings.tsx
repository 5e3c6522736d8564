import { ArrowLeftRight, Maximize2, ZoomIn, ZoomOut } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { describeError } from '../../src/base/errors.ts';
import { drawingChanges } from '../../src/compare/changes.ts';
import { documentDifference } from '../../src/compare/document-difference.ts';
import { networkIfWhole } from '../../src/compare/run-figures.ts';
import type { StemmaDocument } from '../../src/document/model.ts';
import { IconButton } from '../ui/Button.tsx';
import { useTheme } from '../ui/theme.ts';
import { ChangeList } from './ChangeList.tsx';
import { DrawingPane } from './DrawingPane.tsx';
import { markedPicture } from './marked-picture.ts';
import { marksOf, placesOfChange, type Side } from './marks.ts';
import { fitPanes, lookAt, zoomBy } from './pane-view.ts';
import { SubjectField } from './SubjectField.tsx';
import { listSaved, readSaved, useSaved } from './saved-drawings.ts';
import { ensureLoaded, type Subject, useCompare } from './store.ts';
import { placeOf, runOf, useDrawing } from './subjects.ts';

/** Nearer than this a name can be read. */
const READABLE = 0.9;

const choose = (side: Side, subject: Subject) =>
  useCompare.setState(({ sides }) => ({ sides: side === 0 ? [subject, sides[1]] : [sides[0], subject] }));

/** Two drawings side by side, with what was added, removed and changed. */
export function Drawings() {
  const { sides, errors } = useCompare();
  const [left, right] = sides;
  const [before, after] = [useDrawing(left), useDrawing(right)];
  const unread = useSaved((s) => s.errors);
  useEffect(() => void listSaved(), []);
  useEffect(() => {
    for (const place of [placeOf(left), placeOf(right)]) if (place !== null) void readSaved(place);
    for (const run of [runOf(left), runOf(right)]) if (run !== null) ensureLoaded(run);
  }, [left, right]);
  const failed = [left, right]
    .map((s) => errors[runOf(s) ?? ''] ?? unread[placeOf(s) ?? ''])
    .find((e) => e !== undefined);
  return (
    <section className="drawings" aria-label="Drawings">
      <div className="drawings-head">
        <SubjectField label="First drawing" value={left} onChange={(s) => choose(0, s)} />
        <IconButton label="Swap the two" onClick={() => useCompare.setState({ sides: [right, left] })}>
          <ArrowLeftRight size={15} />
        </IconButton>
        <SubjectField label="Second drawing" value={right} onChange={(s) => choose(1, s)} />
      </div>
      {failed !== undefined ? (
        <p className="callout bad text-selectable">{describeError(failed)}</p>
      ) : before && after ? (
        <Both key={`${left}\n${right}`} {...{ before, after }} afterIsOpen={right === 'open'} />
      ) : (
        <div className="empty" role="status">
          Reading the drawings…
        </div>
      )}
    </section>
  );
}

interface BothProps {
  readonly before: StemmaDocument;
  readonly after: StemmaDocument;
  /** The second is the drawing that is edited. */
  readonly afterIsOpen: boolean;
}

function Both({ before, after, afterIsOpen }: BothProps) {
  const theme = useTheme();
  const panes = useRef<HTMLDivElement>(null);
  const [chosen, setChosen] = useState<number | null>(null);
  const { difference, changes } = useMemo(() => {
    const found = documentDifference(before, after);
    return { difference: found, changes: drawingChanges(found, before, after) };
  }, [before, after]);
  const shown = useMemo(
    () =>
      ([before, after] as const).map((document, i) => {
        const marks = marksOf(difference, i as Side, document);
        return { document, marks, picture: markedPicture(document, marks, theme) };
      }),
    [before, after, difference, theme],
  );
  const networks = useMemo(() => [networkIfWhole(before), networkIfWhole(after)] as const, [before, after]);
  const [first, second] = shown as [(typeof shown)[0], (typeof shown)[0]];
  const fit = () => {
    const { width, height } = panes.current?.getBoundingClientRect() ?? { width: 0, height: 0 };
    if (width > 0) fitPanes([first.picture.frame, second.picture.frame], { width: width / 2, height });
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: only other drawings are looked at anew.
  useEffect(fit, [before, after]);
  const change = chosen === null ? undefined : changes[chosen];
  const places = change && placesOfChange(change, difference, before, after);
  const go = (index: number) => {
    setChosen(index);
    const to = changes[index];
    if (!to) return;
    const at = placesOfChange(to, difference, before, after);
    const middle = ({ picture }: typeof first, id: string | null) => {
      const box = id === null ? undefined : picture.boxes.get(id);
      return box ? { x: box.x + box.width / 2, y: box.y + box.height / 2 } : null;
    };
    lookAt([middle(first, at.before), middle(second, at.after)], READABLE);
  };
  const goToNode = (side: Side, id: string) => {
    const index = changes.findIndex((c) => (side === 0 ? c.before : c.after) === id);
    const { nodes } = side === 0 ? before : after;
    const type = nodes.find((n) => n.id === id)?.type;
    const found = index >= 0 ? index : changes.findIndex((c) => c.inside !== undefined && c.inside === type);
    if (found >= 0) go(found);
  };
  return (
    <div className="drawings-body">
      <ChangeList {...{ difference, changes, networks, chosen, afterIsOpen }} onChoose={go} />
      <div className="panes" ref={panes}>
        {shown.map(({ document, marks, picture }, i) => (
          <DrawingPane
            key={i === 0 ? 'first' : 'second'}
            side={i as Side}
            title={`${i === 0 ? 'First' : 'Second'} drawing: ${document.title}`}
            {...{ picture, marks }}
            nameOf={(id) => document.nodes.find((n) => n.id === id)?.name ?? id}
            chosen={(i === 0 ? places?.before : places?.after) ?? null}
            onChoose={(id) => goToNode(i as Side, id)}
            onFit={fit}
          />
        ))}
        <div className="panes-zoom">
          <IconButton label="Zoom out" small onClick={() => zoomBy(0.8)}>
            <ZoomOut size={14} />
          </IconButton>
          <IconButton label="Zoom in" small onClick={() => zoomBy(1.25)}>
            <ZoomIn size={14} />
          </IconButton>
          <IconButton label="Show all of both" small onClick={fit}>
            <Maximize2 size={14} />
          </IconButton>
        </div>
      </div>
    </div>
  );
}
