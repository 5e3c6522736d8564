/** Calls on exports. Each is written by a process of its own, so that this one stays responsive. */
import { join } from 'node:path';
import { AppError } from '../base/errors.ts';
import { isInside } from '../base/real-path.node.ts';
import { readDocument } from '../document/file.ts';
import { openRun } from '../runs/store.node.ts';
import type { CallArgument, ExportResult, Handlers } from './contract.ts';
import { isKnownType } from './documents.node.ts';
import { checkPlace, freePlace } from './export-place.node.ts';
import type { ServiceOptions } from './host.ts';
import { type JobHandle, startJob } from './job.node.ts';
import type { Description, ExportJob } from './jobs.ts';

type Calls = 'exports.formats' | 'exports.start' | 'exports.choosePlace';

export interface ExportContext {
  readonly options: ServiceOptions;
  isGranted(place: string): boolean;
  isActive(run: string): boolean;
  describe(): Promise<Description>;
}

export function createExportsHandlers({ options, isGranted, isActive, describe }: ExportContext) {
  const { ui, fork, documentsFolder, runsHome } = options;
  const chosen = new Set<string>();
  let writing: JobHandle<ExportResult> | undefined;

  const isAllowed = (place: string) =>
    chosen.has(place) || isGranted(place) || isInside(documentsFolder, place);

  function sourceOf({ run, document }: CallArgument<'exports.start'>): {
    source: ExportJob['source'];
    title: string;
  } {
    if (run !== null && document === null) {
      if (isActive(run))
        throw new AppError('export/running', `Run ${run} is being trained.`, {
          hint: 'Export it when it has ended, or stop it.',
        });
      const { folder, record } = openRun(runsHome, run);
      return { source: { run: folder }, title: record.title };
    }
    if (document !== null && run === null)
      return { source: { document }, title: readDocument(document, 'the drawing', isKnownType).title };
    throw new AppError('export/source', 'Expected a run or a drawing to export, received both or none.');
  }

  async function start(argument: CallArgument<'exports.start'>): Promise<ExportResult> {
    const { format: id, overwrite } = argument;
    const { formats } = await describe();
    const format = formats.find((f) => f.id === id);
    if (!format)
      throw new AppError('export/unknown', `There is no format '${id}'.`, {
        hint: `Formats: ${formats.map((f) => f.id).join(', ')}.`,
      });
    const { source, title } = sourceOf(argument);
    if (argument.place !== null) checkPlace(argument.place, isAllowed, overwrite);
    const place = argument.place ?? freePlace(join(documentsFolder, 'exports'), title, format);
    if (writing)
      throw new AppError('export/busy', 'Another export is being written.', {
        hint: 'Wait until it is done.',
      });
    const handle = startJob(fork, 'export', { source, format: id, place });
    writing = handle;
    try {
      return await handle.result;
    } finally {
      writing = undefined;
    }
  }

  const handlers: Pick<Handlers, Calls> = {
    'exports.formats': async () => (await describe()).formats,
    'exports.start': start,
    'exports.choosePlace': async ({ suggested, folder }, caller) => {
      if (!ui)
        throw new AppError('host/no-dialogs', 'This host has no dialogs.', {
          hint: 'Name no place: the export goes to the folder of your drawings.',
        });
      const place = await ui.choosePlace(caller, suggested, folder);
      if (place === null) return null;
      chosen.add(place);
      return { place };
    },
  };
  return {
    handlers,
    dispose: () => writing?.kill(new AppError('export/cancelled', 'The export was cancelled.')),
  };
}
