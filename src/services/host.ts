/** What the services ask of whatever hosts them, and what they give it. */
import type { Caller, EventName, Events, Handlers, MenuDescription } from './contract.ts';

/** A process that trains, however it was made: child_process.fork, or Electron's utilityProcess. */
export interface TrainerProcess {
  readonly pid: number | undefined;
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Once, after its last message. `said`: the end of what it wrote to its error stream. */
  onExit(listener: (end: { code: number | null; signal: string | null; said: string }) => void): void;
  /** At once. */
  kill(): void;
}
export type ForkTrainer = () => TrainerProcess;

/** Windows and dialogs of the system; a host without them (web) has none. */
export interface HostUi {
  chooseOpen(caller: Caller): Promise<string | null>;
  chooseSave(caller: Caller, suggested: string): Promise<string | null>;
  choosePlace(caller: Caller, suggested: string, folder: boolean): Promise<string | null>;
  /** Pictures of a person's own: a folder, or a CSV. */
  chooseData(caller: Caller, csv: boolean): Promise<string | null>;
  reveal(place: string): void;
  /** To the system's bin. @throws where it has none */
  trash?(place: string): Promise<void>;
  openLink(url: string): void;
  openWindow(place: string | null): void;
  setWindowState(caller: Caller, state: { title: string; dirty: boolean; place: string | null }): void;
  setMenu(caller: Caller, menu: MenuDescription): void;
  closeWindow(caller: Caller): void;
  /** The system's own list of recent files. */
  addRecent(place: string): void;
}

export interface ServiceOptions {
  readonly host: 'electron' | 'web';
  readonly version: string;
  readonly ui: HostUi | null;
  readonly fork: ForkTrainer;
  /** To every page. */
  broadcast<K extends EventName>(name: K, value: Events[K]): void;
  /** Settings, drafts, recent files. */
  readonly stateHome: string;
  readonly documentsFolder: string;
  readonly runsHome: string;
}

export interface Services {
  readonly handlers: Handlers;
  /** Lets pages open and save a place that the person named outside of them (command line, double click). */
  grant(place: string): void;
  /** The drawing that this caller's page shall open first. */
  openFirst(caller: Caller, place: string): void;
  /** The page is gone: its drafts may be offered to others, or dropped where the person threw the changes away. */
  callerGone(caller: Caller, thrownAway?: boolean): void;
  /** How many runs are being trained, for a question before quitting. */
  activeRuns(): number;
  /** Stops trainers after their step, keeps weights, waits at most `graceMs`, then ends them. None begins any more. */
  dispose(graceMs?: number): Promise<void>;
}
