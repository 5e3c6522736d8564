/** What the canvas shows for a moment: popovers, menus, the search, a ghost under the pointer. No part of the drawing. */
import { create } from 'zustand';
import type { PortRef } from '../../src/document/model.ts';
import type { Guide } from './snap.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export type CanvasSearch =
  /** A new node, its middle at `flow`. */
  | { readonly kind: 'add'; readonly screen: Point; readonly flow: Point | null }
  /** A new node at the end of a wire that was dropped on nothing. */
  | {
      readonly kind: 'continue';
      readonly screen: Point;
      readonly flow: Point;
      readonly from: PortRef;
      readonly direction: 'forward' | 'backward';
    }
  /** Where the output of a node leads. */
  | { readonly kind: 'connect'; readonly screen: Point; readonly node: string };

export interface CanvasMenu {
  readonly screen: Point;
  readonly kind: 'node' | 'note' | 'wire' | 'canvas';
}

/** Whose problems are shown: all of a node, or those of one of its inputs. */
export interface ProblemsAt {
  readonly node: string;
  readonly port: string | null;
  readonly screen: Point;
}

interface CanvasUi {
  readonly search: CanvasSearch | null;
  readonly menu: CanvasMenu | null;
  readonly problems: ProblemsAt | null;
  /** The node whose name is edited where it stands. */
  readonly renaming: string | null;
  /** What a palette item would place, under the pointer. */
  readonly ghost: { readonly type: string; readonly screen: Point } | null;
  /** The wire that a dragged node would be put on. */
  readonly wireUnder: string | null;
  readonly guides: readonly Guide[];
  readonly minimap: boolean;
}

export const useCanvasUi = create<CanvasUi>(() => ({
  search: null,
  menu: null,
  problems: null,
  renaming: null,
  ghost: null,
  wireUnder: null,
  guides: [],
  minimap: false,
}));

export const setUi = useCanvasUi.setState;
