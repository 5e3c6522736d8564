/** One checkpoint: a safetensors file with everything that training goes on from. */
import { crc32 } from 'node:zlib';
import { z } from 'zod';
import { AppError, describeError } from '../base/errors.ts';
import { readSafetensors, readSafetensorsMetadata } from '../weights/safetensors.node.ts';
import { safetensorsParts } from '../weights/safetensors.ts';
import type { HostTensor, Weights } from '../weights/tensors.ts';

export interface CheckpointState {
  readonly weights: Weights;
  /** Of the optimiser, by 'path#slot'. */
  readonly slots: Weights;
  /** Of the weights, where the recipe asks for them; may be empty. */
  readonly averages: Weights;
  /** Optimiser steps done. */
  readonly steps: number;
}

const metaSchema = z.looseObject({
  /** Steps done. */
  step: z.int().min(0),
  epoch: z.number(),
  /** What metrics.jsonl and telemetry.jsonl held then. */
  metricsBytes: z.int().min(0),
  telemetryBytes: z.int().min(0),
  /** ISO 8601. */
  savedAt: z.string(),
  /** Higher is better. */
  score: z.number().optional(),
});

/** JSON: of what the caller adds, numbers that are none come back as null. */
export type CheckpointMeta = Readonly<z.infer<typeof metaSchema>>;

const groups = ['weights', 'slots', 'averages'] as const;

/** Over everything but the sum itself: a disk that loses blocks keeps a file's length. */
function checksum(meta: string, tensors: Weights): string {
  const names = [...tensors].map(([path, { shape }]) => [path, shape]);
  let sum = crc32(JSON.stringify([meta, names]));
  // zlib begins its sum anew at an empty one.
  for (const { data } of tensors.values())
    if (data.length > 0) sum = crc32(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), sum);
  return sum.toString(16).padStart(8, '0');
}

/** Views of the state: nothing is copied, so write them before it changes. */
export function checkpointParts(state: CheckpointState, meta: CheckpointMeta): Uint8Array[] {
  const tensors = new Map<string, HostTensor>();
  for (const group of groups)
    for (const [path, tensor] of state[group]) tensors.set(`${group}/${path}`, tensor);
  const text = JSON.stringify(meta);
  return safetensorsParts(tensors, { format: 'stemma', checkpoint: text, crc32: checksum(text, tensors) });
}

function damaged(file: string, cause: unknown): AppError {
  return new AppError('runs/damaged-checkpoint', `Checkpoint ${file} is damaged: ${describeError(cause)}`, {
    cause,
  });
}

function readMeta(text: string | undefined): CheckpointMeta {
  if (text === undefined) throw new Error("It has no 'checkpoint' in its metadata.");
  const { error, data } = metaSchema.safeParse(JSON.parse(text));
  const issue = error?.issues[0];
  if (issue) throw new Error(`Its metadata is wrong: ${issue.path.join('.')}: ${issue.message}.`);
  return data as CheckpointMeta;
}

/** The header alone. @throws AppError('runs/damaged-checkpoint') */
export async function readCheckpointMeta(file: string): Promise<CheckpointMeta> {
  try {
    return readMeta((await readSafetensorsMetadata(file)).checkpoint);
  } catch (cause) {
    throw damaged(file, cause);
  }
}

/** @throws AppError('runs/damaged-checkpoint') also where its bytes are not those that were written */
export async function readCheckpoint(
  file: string,
): Promise<{ readonly meta: CheckpointMeta; readonly state: CheckpointState }> {
  try {
    const { weights: tensors, metadata } = await readSafetensors(file);
    const meta = readMeta(metadata.checkpoint);
    const sum = checksum(metadata.checkpoint ?? '', tensors);
    if (sum !== metadata.crc32)
      throw new Error(`Its checksum should be ${metadata.crc32 ?? 'there'}, and is ${sum}.`);
    const of = (group: string): Weights =>
      new Map(
        [...tensors]
          .filter(([path]) => path.startsWith(`${group}/`))
          .map(([path, tensor]) => [path.slice(group.length + 1), tensor]),
      );
    const state = { weights: of('weights'), slots: of('slots'), averages: of('averages'), steps: meta.step };
    return { meta, state };
  } catch (cause) {
    throw damaged(file, cause);
  }
}
