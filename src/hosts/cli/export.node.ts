/** The export command: writes, reads back with another reader, compares, and says by how much they differ. */
import { existsSync } from 'node:fs';
import { AppError } from '../../base/errors.ts';
import { writeDocument } from '../../document/file.ts';
import { findFormat } from '../../formats/index.node.ts';
import { findRun, type Listed, listRuns } from '../../runs/store.node.ts';
import { DOCUMENT_FORMAT, runExport } from '../../services/exports.node.ts';
import type { ExportJob } from '../../services/jobs.ts';
import { templates } from '../../templates/index.ts';
import { numberOption, type Options, stringOption } from './arguments.ts';
import type { Command } from './command.ts';
import { homeOf } from './open-run.node.ts';
import { drawingOf, refuseExisting } from './paths.node.ts';

function meansRun(name: string, options: Options): boolean {
  if (name === 'last' || existsSync(`${name}/run.json`)) return true;
  const isDrawing = name.endsWith('.stemma') || templates.some((t) => t.id === name);
  const begins = (r: Listed) => ('record' in r ? r.record.id : r.id).startsWith(name);
  return !isDrawing && listRuns(homeOf(options)).some(begins);
}

/** A run where one is meant, else a drawing with fresh weights of the seed. */
async function sourceOf(name: string, options: Options): Promise<ExportJob['source']> {
  return meansRun(name, options)
    ? { run: findRun(homeOf(options), name).folder }
    : { document: writeDocument(await drawingOf(name, options)) };
}

export const exportModel: Command = async (words, options) => {
  const [name] = words;
  const to = stringOption(options, 'to');
  const path = stringOption(options, 'output');
  if (!name || !to || !path)
    throw new AppError('cli/missing', 'This command needs what to export, --to and -o.', {
      hint: 'As in: stemma export last --to tfjs -o model',
    });
  // An older export in a folder of its own is known and replaced; of a file nobody knows what it is.
  if (to === DOCUMENT_FORMAT || !findFormat(to).files) refuseExisting(path, options);
  const engine = stringOption(options, 'engine');
  const seed = numberOption(options, 'seed');
  const { trained, notes, largestDifference, samples, agreement, by } = await runExport(
    { source: await sourceOf(name, options), format: to, place: path },
    { ...(engine !== undefined && { engine }), ...(seed !== undefined && { seed }) },
  );
  const verification = { largestDifference, samples, agreement, by };
  if (to === DOCUMENT_FORMAT) return { text: `Wrote ${path}.`, json: { path, format: to, verification } };
  const kind = trained ? '' : ' with fresh weights, not trained';
  const told = `Wrote ${path} (${findFormat(to).title})${kind}. Read back by ${by}: largest difference ${largestDifference.toExponential(1)} of the largest output on ${samples} samples; top class agrees on ${Math.round(agreement * samples)} of ${samples}.`;
  return { text: [told, ...notes].join('\n'), json: { path, format: to, trained, verification, notes } };
};
