/** Going on with a run that was ended, however that happened, or further than it was meant to go. */
import { AppError } from '../base/errors.ts';
import { completeRecipe } from '../recipe/recipe.ts';
import type { RunReader } from '../runs/store.node.ts';
import type { TrainingJob } from './jobs.ts';

export interface ResumeWish {
  /** In all; absent: as many as its recipe says. */
  readonly epochs?: number;
  /** Absent: the one that it was trained on. */
  readonly engine?: string;
  readonly dataDir?: string;
}

/**
 * The job that goes on with a run. Its recipe stays, but for the number of epochs.
 * @throws AppError('training/finished') where nothing is left to do, ('recipe/invalid')
 */
export async function resumeJob(
  reader: RunReader,
  runsHome: string,
  { epochs, engine, dataDir }: ResumeWish,
): Promise<TrainingJob> {
  const { record } = reader;
  const recipe = { ...record.recipe, ...(epochs !== undefined && { epochs }) };
  const before = completeRecipe(record.recipe).epochs;
  const wanted = completeRecipe(recipe).epochs;
  if (record.state === 'finished' && wanted <= before)
    throw new AppError(
      'training/finished',
      `Run '${record.id}' is finished. ${record.reason || `All of its ${before} epochs are done.`}`,
      {
        hint: `Let it train further with more of them, as --epochs ${before + 1}.`,
      },
    );
  const trainedOn = engineOf(record.environment);
  const trainOn = engine ?? trainedOn;
  return {
    ...{ document: await reader.document(), recipe, runsHome },
    resume: { run: reader.folder, sameEngine: engine === undefined && trainedOn !== undefined },
    ...(trainOn !== undefined && { engine: trainOn }),
    ...(dataDir !== undefined && { dataDir }),
  };
}

/** As a wish: other engines round otherwise, and the run would not be the one that it is. Undefined: it does not say. */
function engineOf(environment: Readonly<Record<string, unknown>>): string | undefined {
  const { engine, deviceId } = environment;
  if (typeof engine !== 'string') return undefined;
  return typeof deviceId === 'string' ? `${engine}@${deviceId}` : `${engine}`;
}
