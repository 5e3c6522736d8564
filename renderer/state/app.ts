import { create } from 'zustand';
import type { AppInfo, Settings } from '../../src/services/contract.ts';

/** 'compare' belongs to the runs. */
export type View = 'design' | 'train' | 'runs' | 'compare' | 'experiments';
export type Panel = 'problems' | 'summary' | 'code';
/** What lies above everything. */
export type Overlay =
  | { readonly kind: 'palette' }
  | { readonly kind: 'gallery' }
  | { readonly kind: 'open' }
  | { readonly kind: 'save'; readonly then?: () => void }
  | { readonly kind: 'shortcuts' }
  | { readonly kind: 'about' }
  | { readonly kind: 'picture' }
  | { readonly kind: 'group' }
  | { readonly kind: 'export'; readonly run: string | null }
  /** Asking the network of a run. */
  | { readonly kind: 'use'; readonly run: string }
  /** Judging a run on other pictures. */
  | { readonly kind: 'evaluate'; readonly run: string }
  /** Installing and removing the native engine. */
  | { readonly kind: 'engine' }
  /** A person's own pictures; `id` null: to be added. */
  | { readonly kind: 'data'; readonly id: string | null }
  | { readonly kind: 'recovery' }
  | {
      readonly kind: 'question';
      readonly title: string;
      readonly text: string;
      readonly choices: readonly {
        readonly title: string;
        readonly kind?: 'primary' | 'danger';
        readonly run: () => void;
      }[];
    };

export interface AppState {
  readonly info: AppInfo | null;
  readonly settings: Settings;
  /** 'refused': the address lacks its token. */
  readonly connection: 'connecting' | 'connected' | 'lost' | 'refused';
  readonly view: View;
  readonly overlay: Overlay | null;
  /** The panel below the drawing; null: closed. */
  readonly panel: Panel | null;
  readonly leftOpen: boolean;
  readonly rightOpen: boolean;
  /** Step of the tour, from 0; null: not shown. */
  readonly tour: number | null;
}

export const useApp = create<AppState>(() => ({
  info: null,
  settings: {},
  connection: 'connecting',
  view: 'design',
  overlay: null,
  panel: null,
  leftOpen: true,
  rightOpen: true,
  tour: null,
}));

export const show = (overlay: Overlay | null) => useApp.setState({ overlay });

/** Asks; closing it chooses nothing. */
export const ask = (question: Omit<Extract<Overlay, { kind: 'question' }>, 'kind'>) =>
  show({ kind: 'question', ...question });
