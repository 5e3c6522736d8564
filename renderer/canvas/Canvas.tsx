import '@xyflow/react/dist/base.css';
import {
  Background,
  BackgroundVariant,
  ConnectionMode,
  MiniMap,
  ReactFlow,
  ReactFlowProvider,
  SelectionMode,
  type Viewport,
} from '@xyflow/react';
import { type MouseEvent as ReactMouseEvent, useCallback, useEffect, useMemo, useRef } from 'react';
import { useEditor } from '../state/editor.ts';
import { BlockNode } from './BlockNode.tsx';
import { CanvasMenuList } from './CanvasMenuList.tsx';
import { CanvasSearchList } from './CanvasSearchList.tsx';
import { canvasHandle, fitAll } from './canvas-handle.ts';
import { categoryOf } from './catalogue.ts';
import { type FlowEdge, type FlowNode, FlowOf } from './flow.ts';
import { setCanvas } from './handle.ts';
import { onCanvasKey } from './keys.ts';
import { Breadcrumb, Ghost, Guides } from './Layers.tsx';
import { useMoves } from './moves.ts';
import { NoteNode } from './NoteNode.tsx';
import { ProblemPopover } from './ProblemPopover.tsx';
import { onNodeDoubleClick, openMenu, openPaneMenu } from './presses.ts';
import { useChanges } from './selecting.ts';
import { useShiftHeld } from './shift.ts';
import { setUi, useCanvasUi } from './ui.ts';
import { type Flow, notePointer, sceneNow, setView, viewNow } from './view.ts';
import { WireEdge } from './WireEdge.tsx';
import { DraggedWire, WireHint } from './WireHint.tsx';
import { useWireDrag } from './wire-drag.ts';
import { onConnect, onConnectEnd, onConnectStart, onReconnect, onReconnectStart } from './wiring.ts';
import { ZoomBar } from './ZoomBar.tsx';

const nodeTypes = { block: BlockNode, note: NoteNode };
const edgeTypes = { wire: WireEdge };
/** The left button moves the view, unless Shift is held to draw a box; the middle one always. */
const panWith = [0, 1];
const panWithMiddle = [1];
const proOptions = { hideAttribution: true };
const manyKeys = ['Shift', 'Meta', 'Control'];

/** What was seen when the canvas was last left for another view: that is where one comes back to. */
let left: { id: string; inside: string | null; viewport: Viewport } | undefined;

/** The drawing. Fills its parent. */
export function Canvas() {
  return (
    <ReactFlowProvider>
      <Drawing />
    </ReactFlowProvider>
  );
}

function Drawing() {
  const element = useRef<HTMLElement>(null);
  const flowOf = useMemo(() => new FlowOf(), []);
  const shown = useEditor((s) => s.shown);
  const told = useEditor((s) => s.shownDiagnostics);
  const opened = useEditor((s) => s.opened);
  const selection = useEditor((s) => s.selection);
  const wiring = useWireDrag((s) => s.drag !== null);
  const minimap = useCanvasUi((s) => s.minimap);
  const moves = useMoves();
  const { moved } = moves;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the scene is made of these.
  const scene = useMemo(sceneNow, [shown, told, opened]);
  const nodes = useMemo(
    () => flowOf.nodes(scene, shown, selection, moved),
    [flowOf, scene, shown, selection, moved],
  );
  const edges = useMemo(() => flowOf.edges(scene, selection, moved), [flowOf, scene, selection, moved]);
  const changes = useChanges(moves.setMoved);
  const shift = useShiftHeld();
  useFitOnOpen();
  const onInit = useCallback((flow: Flow) => {
    if (element.current) setView({ flow, element: element.current });
    const { id, inside } = useEditor.getState();
    if (left?.id === id && left.inside === inside) void flow.setViewport(left.viewport);
    else fitAll(0);
  }, []);
  useEffect(() => {
    setCanvas(canvasHandle);
    return () => {
      const { id, inside } = useEditor.getState();
      const viewport = viewNow()?.flow.getViewport();
      left = viewport && { id, inside, viewport };
      setCanvas(null);
      setView(null);
    };
  }, []);
  return (
    <section
      ref={element}
      role="application"
      aria-label="Drawing of the network"
      className="canvas"
      data-scope="canvas"
      data-wiring={wiring || undefined}
      onKeyDown={onCanvasKey}
      onPointerMove={(e) => notePointer({ x: e.clientX, y: e.clientY })}
      onPointerLeave={() => notePointer(null)}
      onDoubleClick={onPaneDoubleClick}
    >
      <ReactFlow<FlowNode, FlowEdge>
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onInit={onInit}
        {...changes}
        onNodeDragStart={moves.onNodeDragStart}
        onNodeDrag={moves.onNodeDrag}
        onNodeDragStop={moves.onNodeDragStop}
        onNodeDoubleClick={onNodeDoubleClick}
        onNodeContextMenu={openMenu}
        onEdgeContextMenu={openMenu}
        onPaneContextMenu={openPaneMenu}
        onConnect={onConnect}
        onConnectStart={onConnectStart}
        onConnectEnd={onConnectEnd}
        onReconnect={onReconnect}
        onReconnectStart={onReconnectStart}
        connectionMode={ConnectionMode.Strict}
        connectionLineComponent={DraggedWire}
        connectionRadius={26}
        reconnectRadius={12}
        connectOnClick={false}
        nodeDragThreshold={0}
        connectionDragThreshold={3}
        minZoom={0.05}
        maxZoom={2.5}
        panOnDrag={shift ? panWithMiddle : panWith}
        selectionOnDrag={shift}
        selectionMode={SelectionMode.Partial}
        selectionKeyCode={null}
        multiSelectionKeyCode={manyKeys}
        panActivationKeyCode={null}
        deleteKeyCode={null}
        zoomOnDoubleClick={false}
        disableKeyboardA11y
        elevateNodesOnSelect={false}
        onlyRenderVisibleElements
        proOptions={proOptions}
      >
        <Background variant={BackgroundVariant.Dots} gap={24} size={1.5} />
        {minimap && (
          <MiniMap<FlowNode>
            pannable
            zoomable
            ariaLabel="Minimap"
            nodeClassName={(n) =>
              n.type === 'block'
                ? `minimap-node category-${categoryOf(n.data.scene.node.type)}`
                : 'minimap-note'
            }
          />
        )}
        <Guides />
        <WireHint />
      </ReactFlow>
      <Breadcrumb />
      <ZoomBar />
      <Ghost />
      <ProblemPopover />
      <CanvasSearchList />
      <CanvasMenuList />
    </section>
  );
}

function onPaneDoubleClick(e: ReactMouseEvent): void {
  if (!(e.target as Element).classList.contains('react-flow__pane')) return;
  const screen = { x: e.clientX, y: e.clientY };
  const flow = viewNow()?.flow.screenToFlowPosition(screen) ?? null;
  setUi({ search: { kind: 'add', screen, flow } });
}

/** Another drawing, or the inside of a block, is shown as a whole once. */
function useFitOnOpen(): void {
  const id = useEditor((s) => s.id);
  const inside = useEditor((s) => s.inside);
  const first = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: when these change, not what they are.
  useEffect(() => {
    const begins = first.current;
    first.current = false;
    // Where one begins is `onInit`'s to say.
    const frame = begins ? 0 : requestAnimationFrame(() => fitAll(0));
    setUi({ search: null, menu: null, problems: null, renaming: null });
    return () => cancelAnimationFrame(frame);
  }, [id, inside]);
}
