/** What a .stemma file may hold, key by key; edits check their values by the same rules. */
import { z } from 'zod';
import { AppError } from '../base/errors.ts';
import { show } from '../schema/parse.ts';
import { type CustomBlock, FORMAT_VERSION, type Note, type StemmaDocument } from './model.ts';
import { MAX_NAME, nameExpected, namePattern } from './names.ts';

export const MAX_NODES = 20_000;
export const MAX_TITLE = 200;

const identifier = z.string().min(1).max(MAX_NAME);
const name = identifier.regex(namePattern, nameExpected);
const paramValue = z.union([
  z.number(),
  z.boolean(),
  z.string().max(10_000),
  z.array(z.number()).max(1000),
  z.array(z.array(z.number()).max(16)).max(1000),
]);
const params = z.record(z.string().max(100), paramValue);
const node = z.strictObject({
  id: identifier,
  type: identifier,
  name,
  params: params.default({}),
  x: z.number().default(0),
  y: z.number().default(0),
});
const port = z.strictObject({ node: identifier, port: identifier });
const wire = z.strictObject({ from: port, to: port });
const graph = { nodes: z.array(node).max(MAX_NODES), wires: z.array(wire).max(4 * MAX_NODES) };
const exposed = z.strictObject({
  name: identifier,
  node: identifier,
  param: identifier,
  firstOnly: z.boolean().default(false),
});
const block = z.strictObject({
  type: identifier.regex(/^custom\/[A-Za-z0-9_.-]+$/, 'expected custom/NAME'),
  title: z.string().max(MAX_TITLE),
  repeat: z.number().int().min(1).max(1000).default(1),
  exposed: z.array(exposed).max(100).default([]),
  ...graph,
});
const size = z.number().min(1).max(1_000_000);
const note = z.strictObject({
  id: identifier,
  kind: z.enum(['comment', 'frame']),
  text: z.string().max(10_000),
  x: z.number(),
  y: z.number(),
  width: size,
  height: size,
});
export const documentSchema = z.strictObject({
  format: z.literal('stemma'),
  version: z.literal(FORMAT_VERSION),
  title: z.string().max(MAX_TITLE),
  ...graph,
  notes: z.array(note).max(MAX_NODES).default([]),
  blocks: z.array(block).max(1000).default([]),
  recipe: params.default({}),
});

export const isForbiddenKey = (key: string) =>
  key === '__proto__' || key === 'constructor' || key === 'prototype';

/**
 * Parameters as a file can hold them: NaN would be written as null, and never be read again.
 * @throws AppError('edit/value') naming the parameter
 */
export function checkParams(values: StemmaDocument['recipe'], where: string): void {
  for (const [key, value] of Object.entries(values)) {
    if (isForbiddenKey(key) || key.length > 100)
      throw new AppError('edit/value', `${where}: no parameter can be called ${show(key)}.`);
    if (!paramValue.safeParse(value).success)
      throw new AppError(
        'edit/value',
        `${where}: ${key}: expected a value that a file can hold, received ${show(value)}.`,
        { hint: 'Numbers must be finite; lists hold numbers.' },
      );
  }
}

/** @throws AppError('edit/value') naming the node */
export function checkPlace(place: { readonly x: number; readonly y: number }, name: string): void {
  if (!Number.isFinite(place.x) || !Number.isFinite(place.y))
    throw new AppError(
      'edit/value',
      `The place of '${name}': expected finite numbers, received ${place.x}, ${place.y}.`,
    );
}

/** @throws AppError('edit/value') naming the key */
export function checkBlock(value: CustomBlock): void {
  const [issue] = block.safeParse(value).error?.issues ?? [];
  if (issue)
    throw new AppError('edit/value', `Block '${value.title}': ${issue.path.join('.')}: ${issue.message}.`);
}

/** @throws AppError('edit/value') naming the key */
export function checkNote(value: Note): void {
  const [issue] = note.safeParse(value).error?.issues ?? [];
  if (issue)
    throw new AppError('edit/value', `The ${value.kind}: ${issue.path.join('.')}: ${issue.message}.`);
}

/** @throws AppError('edit/value') */
export function checkTitle(title: string): void {
  if (title.length > MAX_TITLE)
    throw new AppError(
      'edit/value',
      `A title has at most ${MAX_TITLE} characters; this one has ${title.length}.`,
    );
}
