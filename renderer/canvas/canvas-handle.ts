/** What commands ask of the canvas, done on the view that is shown. */
import { move } from '../../src/document/edits.ts';
import { openNode } from '../../src/lower/index.ts';
import { attempt, selectNodes, shownNow, useEditor } from '../state/editor.ts';
import { boxOf, goToNode } from './focus.ts';
import type { CanvasHandle } from './handle.ts';
import { layoutOf } from './layout.ts';
import { shiftOf } from './scene.ts';
import { chosenNodes } from './selection-edits.ts';
import { setUi, useCanvasUi } from './ui.ts';
import { centreOfView, moveMs, pointerInDrawing, sceneNow, viewNow } from './view.ts';
import { placesOf } from './wires.ts';

export function fitAll(duration = moveMs()): void {
  void viewNow()?.flow.fitView({ duration, maxZoom: 1, padding: 0.08 });
}

function zoom(factor: number): void {
  const flow = viewNow()?.flow;
  if (flow) void flow.zoomTo(flow.getZoom() * factor, { duration: moveMs() });
}

/** Inner nodes of opened ones can be opened too, so keys of the scene count, not ids. */
function toOpen(): { keys: string[]; why: string | undefined } {
  const { selection, opened, shown } = useEditor.getState();
  const keys = [...selection.nodes];
  if (keys.length === 0) return { keys, why: 'select a node first.' };
  for (const key of keys) {
    if (opened.has(key) || key.includes('>')) continue;
    const inside = openNode(shown, key);
    if ('reason' in inside) return { keys, why: inside.reason };
  }
  return { keys, why: undefined };
}

export function toggleOpened(keys: readonly string[]): void {
  const { opened } = useEditor.getState();
  const next = new Set(opened);
  const allOpen = keys.every((key) => opened.has(key));
  for (const key of keys)
    if (allOpen) next.delete(key);
    else next.add(key);
  useEditor.setState({ opened: next });
}

/** Where a list opens for a node: below it, on the screen. */
function below(key: string) {
  const box = boxOf(key);
  const flow = viewNow()?.flow;
  if (!box || !flow) return { x: innerWidth / 2, y: innerHeight / 3 };
  return flow.flowToScreenPosition({ x: box.x, y: box.y + box.height + 8 });
}

function arrange(): void {
  const chosen = new Set(chosenNodes());
  const scene = sceneNow();
  const nodes = scene.nodes.filter((n) => n.owner === null && (chosen.size < 2 || chosen.has(n.key)));
  const items = nodes.map((n) => ({ id: n.key, x: n.x, y: n.y, width: n.width, height: n.height }));
  const shifts = new Map(nodes.map((n) => [n.key, shiftOf(n)]));
  const places = layoutOf(items, shownNow().wires);
  attempt((d) => ({
    ...move(
      d,
      new Map(
        [...places].map(([id, { x, y }]) => [
          id,
          { x: x - (shifts.get(id)?.x ?? 0), y: y - (shifts.get(id)?.y ?? 0) },
        ]),
      ),
    ),
    label: 'Arrange automatically',
  }));
  if (chosen.size < 2) requestAnimationFrame(() => fitAll());
}

export const canvasHandle: CanvasHandle = {
  fit: () => fitAll(),
  zoom,
  zoomTo: (scale) => void viewNow()?.flow.zoomTo(scale, { duration: moveMs() }),
  reveal: (id) => {
    if (!placesOf(sceneNow()).has(id)) return;
    selectNodes([id]);
    goToNode(id);
  },
  centre: centreOfView,
  minimapShown: () => useCanvasUi.getState().minimap,
  toggleMinimap: () => setUi(({ minimap }) => ({ minimap: !minimap })),
  toggleOpen: () => toggleOpened(toOpen().keys),
  whyNotOpen: () => toOpen().why,
  closeAll: () => useEditor.setState({ opened: new Set() }),
  searchAndAdd: () => {
    const at = pointerInDrawing();
    const flow = at ?? null;
    const screen = viewNow()?.flow.flowToScreenPosition(at ?? centreOfView());
    if (screen) setUi({ search: { kind: 'add', screen, flow } });
  },
  connectByKeyboard: () => {
    const [node] = chosenNodes();
    if (node !== undefined) setUi({ search: { kind: 'connect', node, screen: below(node) } });
  },
  renameSelected: () => {
    const [node] = chosenNodes();
    if (node === undefined) return;
    goToNode(node);
    setUi({ renaming: node });
  },
  layout: arrange,
};
