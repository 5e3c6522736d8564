/** What a test may ask of the stand-in; the answers are copied over the line between the two processes. */

/** A browser and what it is started with. */
export interface Program {
  readonly executablePath: string;
  readonly args: readonly string[];
}

export interface StandInOptions {
  /** Holds userData, documents and Chromium's profile. */
  readonly home: string;
  readonly chromium: Program;
  /** Whether we are the first instance. */
  readonly lock: boolean;
}

export interface WindowInfo {
  readonly id: number;
  readonly title: string;
  readonly shown: boolean;
  readonly edited: boolean;
  readonly file: string;
  readonly width: number;
  readonly height: number;
  readonly preferences: Readonly<Record<string, unknown>>;
}

export interface ForgedFrame {
  readonly url: string;
  /** A frame inside of another. */
  readonly nested: boolean;
}

export interface MenuEntry {
  readonly label?: string;
  readonly role?: string;
  readonly type?: string;
  readonly id?: string;
  readonly enabled?: boolean;
  readonly checked?: boolean;
  readonly accelerator?: string;
  readonly submenu?: readonly MenuEntry[];
}

/** A call of Electron's interface that has an effect outside, in the order in which they were made. */
export interface Noted {
  readonly what: string;
  readonly details: readonly unknown[];
}

export interface Control {
  windows(): WindowInfo[];
  /** In the page's own world. */
  evaluate(window: number, expression: string): unknown;
  cdp(window: number, method: string, params: Record<string, unknown>): unknown;
  /** Through the handler of the address' scheme. */
  request(url: string): { status: number; headers: Record<string, string>; body: string };
  /** As if this frame had sent it. */
  invokeFrom(window: number, frame: ForgedFrame | null, channel: string, words: unknown[]): unknown;
  /** Whether the main process prevented it. */
  navigate(window: number, event: string, url: string): boolean;
  openFrom(window: number, url: string): unknown;
  permission(name: string, url: string): { request: boolean; check: boolean };
  /** For the dialogs to come, in order; a dialog without an answer waits. */
  answerDialogs(answers: unknown[]): void;
  closeWindow(window: number): void;
  focusWindow(window: number): void;
  /** Whether a listener prevented what the event announces. */
  emitApp(event: string, words: unknown[]): boolean;
  menu(): MenuEntry[];
  clickMenu(id: string): void;
  /** The last one that was shown. */
  clickNotification(): void;
  quit(): void;
  noted(): Noted[];
  /** What pages wrote to their consoles, errors and violations of their policy. */
  log(): string[];
}

export type Ask = { readonly id: number; readonly method: keyof Control; readonly words: readonly unknown[] };
export type Told =
  | { readonly type: 'ready'; readonly chromium: number | undefined }
  | { readonly type: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly type: 'failed'; readonly id: number; readonly message: string };
