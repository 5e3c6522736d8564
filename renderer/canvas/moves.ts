/** Dragging nodes and notes: local while it lasts, one edit at its end. */
import type { OnNodeDrag } from '@xyflow/react';
import { useMemo, useRef, useState } from 'react';
import { chain, type Edit, move } from '../../src/document/edits.ts';
import type { StemmaDocument } from '../../src/document/model.ts';
import { insideFrame } from '../../src/document/notes.ts';
import { attempt, useEditor } from '../state/editor.ts';
import type { FlowNode, Moved } from './flow.ts';
import { insertWithRoom, standsOnWire } from './place.ts';
import { type Scene, shiftOf } from './scene.ts';
import { sizesNow } from './selection-edits.ts';
import { type Box, snap } from './snap.ts';
import { type Point, setUi, useCanvasUi } from './ui.ts';
import { sceneNow, viewNow } from './view.ts';
import { placesOf, wireAt } from './wires.ts';

interface Gesture {
  readonly starts: ReadonlyMap<string, Point>;
  /** What stays where it is: guides lead to it. */
  readonly still: readonly Box[];
  /** The one node, where it has no wires and can be put on one. */
  readonly loose: string | undefined;
}

const none: Moved = new Map();

/** Less than this, on the screen, is a click. */
const THRESHOLD = 3;

function begin(nodes: readonly FlowNode[]): Gesture {
  const starts = new Map<string, Point>(nodes.map((n) => [n.id, n.position]));
  const { shown } = useEditor.getState();
  const { document } = shown;
  const scene = sceneNow();
  const at = placesOf(scene);
  for (const { id, kind } of document.notes) {
    if (kind !== 'frame' || !starts.has(id)) continue;
    for (const inner of insideFrame(document, id, sizesNow())) {
      const place = at.get(inner)?.box ?? document.notes.find((n) => n.id === inner);
      if (place && !starts.has(inner)) starts.set(inner, { x: place.x, y: place.y });
    }
  }
  const still = [...at.values()]
    .filter((p) => p.node.owner === null && !starts.has(p.node.key))
    .map((p) => p.box);
  return { starts, still, loose: looseNode(document, scene, [...starts.keys()]) };
}

function looseNode(d: StemmaDocument, scene: Scene, ids: readonly string[]): string | undefined {
  const [id] = ids;
  const node = ids.length === 1 ? d.nodes.find((n) => n.id === id) : undefined;
  if (!node || !standsOnWire(d, node.type)) return undefined;
  return scene.wires.some((w) => w.from.key === id || w.to.key === id) ? undefined : id;
}

/** Places of the document for places on the canvas, where opened nodes push others aside. */
function stored(moved: Moved): Map<string, Point> {
  const at = placesOf(sceneNow());
  return new Map(
    [...moved].map(([id, { x, y }]) => {
      const node = at.get(id)?.node;
      const shift = node ? shiftOf(node) : { x: 0, y: 0 };
      return [id, { x: x - shift.x, y: y - shift.y }];
    }),
  );
}

function end(gesture: Gesture, moved: Moved): void {
  const { wireUnder } = useCanvasUi.getState();
  setUi({ guides: [], wireUnder: null });
  const places = stored(moved);
  const { loose } = gesture;
  const wire = sceneNow().wires.find((w) => w.key === wireUnder)?.wire;
  attempt((d): Edit => {
    if (loose === undefined || !wire) return move(d, places);
    const name = d.nodes.find((n) => n.id === loose)?.name;
    return chain(d, `Insert ${name}`, [
      (now) => move(now, places),
      (now) => insertWithRoom(now, wire, { id: loose }),
    ]);
  });
}

export type SetMoved = (change: (before: Moved) => Moved) => void;

export interface Moves {
  readonly moved: Moved;
  readonly setMoved: SetMoved;
  readonly onNodeDragStart: OnNodeDrag<FlowNode>;
  readonly onNodeDrag: OnNodeDrag<FlowNode>;
  readonly onNodeDragStop: OnNodeDrag<FlowNode>;
}

export function useMoves(): Moves {
  const [moved, setMoved] = useState<Moved>(none);
  const gesture = useRef<Gesture>(null);
  const latest = useRef<Moved>(none);
  const handlers = useMemo((): Omit<Moves, 'moved' | 'setMoved'> => {
    const put = (next: Moved) => {
      latest.current = next;
      setMoved(next);
    };
    return {
      onNodeDragStart: (_, __, nodes) => {
        gesture.current = begin(nodes);
      },
      onNodeDrag: (event, node) => {
        const { current } = gesture;
        const start = current?.starts.get(node.id);
        if (!current || !start) return;
        const { x: rawX, y: rawY } = node.position;
        const distance = Math.hypot(rawX - start.x, rawY - start.y) * (viewNow()?.flow.getZoom() ?? 1);
        if (latest.current.size === 0 && distance < THRESHOLD) return;
        const box = { ...node.position, width: node.width ?? 0, height: node.height ?? 0 };
        const free = event.altKey;
        const { x, y, guides } = free ? { ...box, guides: [] } : snap(box, current.still);
        put(
          new Map([...current.starts].map(([id, s]) => [id, { x: s.x + x - start.x, y: s.y + y - start.y }])),
        );
        const middle = { x: x + box.width / 2, y: y + box.height / 2 };
        const under = current.loose === undefined ? undefined : wireAt(sceneNow(), middle);
        setUi({ guides, wireUnder: under?.key ?? null });
      },
      onNodeDragStop: () => {
        const { current } = gesture;
        gesture.current = null;
        if (current && latest.current.size > 0) end(current, latest.current);
        put(none);
      },
    };
  }, []);
  return { moved, setMoved, ...handlers };
}
