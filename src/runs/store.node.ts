/** The run store; a run is a folder that any tool can read, see docs/runs.md. */
import { findRunFolder } from './find.node.ts';
import { RunReader } from './reader.node.ts';

export type { CheckpointMeta, CheckpointState } from './checkpoint.node.ts';
export type { Checkpoint, CheckpointEntry, CheckpointKind } from './checkpoints.node.ts';
export { createRun, type RunInit, type StoreOptions } from './create.node.ts';
export { endRun, type RunVerdict } from './end.node.ts';
export { addExport, listExports } from './exports.node.ts';
export { type Listed, listRuns, openRun, runFolder } from './find.node.ts';
export { runsHome } from './home.node.ts';
export { editLabels, readLabels } from './labels.node.ts';
export type { MetricsPage } from './metrics.ts';
export { RunReader } from './reader.node.ts';
export type { RunRecord, RunState, RunSummary } from './record.ts';
export { type RemoveOptions, removeRun } from './remove.node.ts';
export { type ReopenOptions, reopenRun } from './reopen.node.ts';
export { type TelemetryPage, telemetryPage } from './telemetry.node.ts';
export { runsUsage } from './usage.node.ts';
export { type CheckpointNote, RunWriter } from './writer.node.ts';

/** By folder, id, beginning of an id, or 'last'. @throws AppError('runs/unknown' | 'runs/damaged' | 'runs/newer') */
export function findRun(home: string, name: string): RunReader {
  return new RunReader(findRunFolder(home, name));
}
