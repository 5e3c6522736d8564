/** Apart from the contract, so that Electron's preload carries no validator into the page. */
import type { EventName } from './contract.ts';

export const eventNames = [
  'training.state',
  'training.metrics',
  'training.telemetry',
  'training.evaluation',
  'training.samples',
  'runs.evaluating',
  'training.ended',
  'queue.changed',
  'experiments.state',
  'experiments.result',
  'experiments.ended',
  'experiments.changed',
  'runs.changed',
  'engines.installing',
  'data.progress',
  'data.adding',
  'data.changed',
  'menu.command',
  'documents.openRequest',
  'window.saveAndClose',
] as const satisfies readonly EventName[];
true satisfies Exclude<EventName, (typeof eventNames)[number]> extends never ? true : false;
