import { findRun, runsHome } from '../../runs/store.node.ts';
import { openStoredRun } from '../../services/stored-run.node.ts';
import { type Options, stringOption } from './arguments.ts';

export const homeOf = (options: Options) =>
  stringOption(options, 'runs') ?? stringOption(options, 'out') ?? runsHome();

/** The run that a person means, on an engine. */
export const openRun = (name: string, options: Options) =>
  openStoredRun(findRun(homeOf(options), name), stringOption(options, 'engine'));
