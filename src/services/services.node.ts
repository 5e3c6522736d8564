/** Everything behind the contract, for whichever host. */

import { AppError } from '../base/errors.ts';
import { isInside } from '../base/real-path.node.ts';
import { createDocumentHandlers } from './documents-handlers.node.ts';
import type { ServiceOptions, Services } from './host.ts';
import { Places } from './places.node.ts';
import { createTrainingHandlers } from './training-handlers.node.ts';

export function createServices(options: ServiceOptions): Services {
  const places = new Places(options.documentsFolder, options.stateHome);
  const documents = createDocumentHandlers(options, places);
  const training = createTrainingHandlers(options, (place) => places.isGranted(place));
  const { 'shell.reveal': reveal } = documents.handlers;
  const { 'exports.start': startExport, 'runs.open': openRun } = training.handlers;
  /** Exports told of to a page: they may lie wherever the person chose. */
  const exported = new Set<string>();
  return {
    handlers: {
      ...documents.handlers,
      ...training.handlers,
      async 'exports.start'(argument, caller) {
        const result = await startExport(argument, caller);
        exported.add(result.place);
        return result;
      },
      async 'runs.open'(argument, caller) {
        const opened = await openRun(argument, caller);
        for (const { place } of opened.exports) exported.add(place);
        return opened;
      },
      'shell.reveal'(argument, caller) {
        const { place } = argument;
        const { documentsFolder, runsHome } = options;
        const isOurs =
          exported.has(place) ||
          places.isGranted(place) ||
          isInside(documentsFolder, place) ||
          isInside(runsHome, place);
        if (!isOurs) throw new AppError('place/refused', `${place} is none of Stemma's files.`);
        return reveal(argument, caller);
      },
    },
    grant: (place) => places.grant(place),
    openFirst: documents.openFirst,
    callerGone: documents.callerGone,
    activeRuns: training.activeRuns,
    async dispose(graceMs) {
      await Promise.all([documents.dispose(), training.dispose(graceMs)]);
    },
  };
}
