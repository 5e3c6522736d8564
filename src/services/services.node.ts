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
  return {
    handlers: {
      ...documents.handlers,
      ...training.handlers,
      'shell.reveal'(argument, caller) {
        const { place } = argument;
        const { documentsFolder, runsHome } = options;
        if (!places.isGranted(place) && !isInside(documentsFolder, place) && !isInside(runsHome, place))
          throw new AppError('place/refused', `${place} is none of Stemma's files.`);
        return reveal(argument, caller);
      },
    },
    grant: (place) => places.grant(place),
    openFirst: documents.openFirst,
    callerGone: documents.callerGone,
    activeRuns: training.activeRuns,
    dispose: training.dispose,
  };
}
