/** The canvas that is shown, for what happens outside of React: palette drags, commands. */
import type { ReactFlowInstance } from '@xyflow/react';
import { useEditor } from '../state/editor.ts';
import type { FlowEdge, FlowNode } from './flow.ts';
import { type Scene, sceneOf } from './scene.ts';
import type { Point } from './ui.ts';

export type Flow = ReactFlowInstance<FlowNode, FlowEdge>;

interface View {
  readonly flow: Flow;
  readonly element: HTMLElement;
}

let present: View | null = null;
/** Where the pointer was last seen over the canvas, on the screen. */
let pointer: Point | null = null;

export const setView = (view: View | null) => {
  present = view;
  pointer = null;
};
export const viewNow = () => present;
export const notePointer = (point: Point | null) => {
  pointer = point;
};

/** Where the pointer is in the drawing; null where it is not over the canvas. */
export const pointerInDrawing = (): Point | null =>
  present && pointer ? present.flow.screenToFlowPosition(pointer) : null;

/** The middle of what is seen, in the drawing's coordinates. */
export function centreOfView(): Point {
  if (!present) return { x: 0, y: 0 };
  const { left, top, width, height } = present.element.getBoundingClientRect();
  return present.flow.screenToFlowPosition({ x: left + width / 2, y: top + height / 2 });
}

/** Whether a point on the screen lies on the canvas and nothing lies above it. */
export function isOnCanvas({ x, y }: Point): boolean {
  const top = document.elementFromPoint(x, y);
  return present !== null && top !== null && present.element.contains(top);
}

export const reducedMotion = () => matchMedia('(prefers-reduced-motion: reduce)').matches;
export const moveMs = () => (reducedMotion() ? 0 : 220);

let known: { parts: readonly unknown[]; scene: Scene } | undefined;

/** The scene of what is shown now; the same objects for what did not change. */
export function sceneNow(): Scene {
  const { shown, shownDiagnostics, opened } = useEditor.getState();
  const parts = [shown, shownDiagnostics, opened];
  if (known === undefined || parts.some((part, i) => part !== known?.parts[i]))
    known = { parts, scene: sceneOf(shown, shownDiagnostics, opened, known?.scene) };
  return known.scene;
}
