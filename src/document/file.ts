/**
 * The .stemma file: JSON, one node or wire a line, keys in fixed order, so that saving twice gives the same bytes and
 * a difference is legible.
 */
import { z } from 'zod';
import { AppError } from '../base/errors.ts';
import { type CustomBlock, FORMAT_VERSION, type Graph, type StemmaDocument } from './model.ts';

export const MAX_FILE_BYTES = 32 * 2 ** 20;
const MAX_NODES = 20_000;

const identifier = z.string().min(1).max(200);
/** Paths are made of names, so a name is what a file system and every export can carry. */
export const namePattern = /^[A-Za-z0-9_][A-Za-z0-9_.-]*(\/[A-Za-z0-9_][A-Za-z0-9_.-]*)*$/;
const name = identifier.regex(namePattern, 'expected letters, digits, _ . - and / between parts');
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
  title: z.string().max(200),
  repeat: z.number().int().min(1).max(1000).default(1),
  exposed: z.array(exposed).max(100).default([]),
  ...graph,
});
const documentSchema = z.strictObject({
  format: z.literal('stemma'),
  version: z.literal(FORMAT_VERSION),
  title: z.string().max(200),
  ...graph,
  blocks: z.array(block).max(1000).default([]),
  recipe: params.default({}),
});

function fail(code: string, message: string, hint: string, cause?: unknown): never {
  throw new AppError(code, message, { hint, cause });
}

function lineAndColumn(text: string, position: number): string {
  const before = text.slice(0, position).split('\n');
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : String(cause);
    const position = /position (\d+)/.exec(said)?.[1];
    const at = position
      ? lineAndColumn(text, Number(position))
      : `line ${text.split('\n').length}, where the text ends`;
    return fail(
      'document/json',
      `${file} is not a Stemma document: its JSON breaks at ${at}.`,
      'It may have been cut short or edited by hand; open an earlier copy.',
      cause,
    );
  }
}

function showPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, key) =>
      typeof key === 'number' ? `${text}[${key}]` : text ? `${text}.${String(key)}` : String(key),
    '',
  );
}

/** Deepest nesting of a document: blocks, their nodes, parameters, lists in lists. */
const MAX_DEPTH = 16;

function refuseForbiddenKeys(value: unknown, path: readonly PropertyKey[], file: string): void {
  if (typeof value !== 'object' || value === null) return;
  if (path.length > MAX_DEPTH)
    fail(
      'document/structure',
      `${file}: ${showPath(path.slice(0, 4))}…: nested more than ${MAX_DEPTH} deep.`,
      'No Stemma writes such a document.',
    );
  for (const [key, inner] of Object.entries(value)) {
    if (key === '__proto__' || key === 'constructor' || key === 'prototype')
      fail(
        'document/key',
        `${file} holds the forbidden key "${key}" at ${showPath(path) || 'its top'}.`,
        'No Stemma writes such a key; do not trust the file.',
      );
    refuseForbiddenKeys(inner, [...path, Array.isArray(value) ? Number(key) : key], file);
  }
}

function checkGraph(graph: Graph, where: string, file: string): void {
  const ids = new Map<string, number>();
  const names = new Map<string, number>();
  graph.nodes.forEach((item, i) => {
    const sameId = ids.get(item.id);
    if (sameId !== undefined)
      fail(
        'document/duplicate-id',
        `${file}: ${where}nodes[${i}].id "${item.id}" stands already at ${where}nodes[${sameId}].`,
        'Give one of them another id.',
      );
    ids.set(item.id, i);
    const sameName = names.get(item.name);
    if (sameName !== undefined)
      fail(
        'document/duplicate-name',
        `${file}: ${where}nodes[${i}].name "${item.name}" stands already at ${where}nodes[${sameName}].`,
        'Names must be unique, since weights are found by them.',
      );
    names.set(item.name, i);
  });
  const taken = new Map<string, number>();
  graph.wires.forEach((item, i) => {
    for (const end of ['from', 'to'] as const) {
      if (!ids.has(item[end].node))
        fail(
          'document/dangling-wire',
          `${file}: ${where}wires[${i}].${end}.node names "${item[end].node}", which is no node's id.`,
          'Remove the wire or put the node back.',
        );
    }
    const key = `${item.to.node}\n${item.to.port}`;
    const other = taken.get(key);
    if (other !== undefined)
      fail(
        'document/port-taken',
        `${file}: ${where}wires[${i}] ends at port "${item.to.port}" of "${item.to.node}", where ${where}wires[${other}] ends.`,
        'An input port takes one wire.',
      );
    taken.set(key, i);
  });
}

/** Raw JSON of an older version → the next; index 0 leads from version 1 to 2. */
const migrations: readonly ((old: Record<string, unknown>) => Record<string, unknown>)[] = [];

function migrate(raw: Record<string, unknown>, file: string): Record<string, unknown> {
  const version = raw.version;
  if (raw.format !== 'stemma')
    fail(
      'document/format',
      `${file} is not a Stemma document: expected "format": "stemma", received ${JSON.stringify(raw.format) ?? 'nothing'}.`,
      'Open a file that Stemma saved.',
    );
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1)
    fail(
      'document/version',
      `${file}: version: expected a whole number from 1 to ${FORMAT_VERSION}, received ${JSON.stringify(version) ?? 'nothing'}.`,
      'The file is damaged or not a Stemma document.',
    );
  if (version > FORMAT_VERSION)
    fail(
      'document/newer',
      `${file} was written by a newer Stemma (format ${version}; this one reads up to ${FORMAT_VERSION}).`,
      'Update Stemma to open it.',
    );
  let current = raw;
  for (let v = version; v < FORMAT_VERSION; v++) {
    const step = migrations[v - 1];
    if (step) current = step(current);
  }
  return current;
}

/**
 * Reads a document. `file` is what messages call it; `knownType` says which node types this Stemma has, beside the
 * document's own blocks.
 * @throws AppError with the exact place: size, JSON, version, structure, ids, wires, types
 */
export function readDocument(
  text: string,
  file: string,
  knownType: (type: string) => boolean,
): StemmaDocument {
  if (text.length > MAX_FILE_BYTES)
    fail(
      'document/too-large',
      `${file} has ${(text.length / 2 ** 20).toFixed(0)} MB; a Stemma document has at most ${MAX_FILE_BYTES / 2 ** 20} MB.`,
      'Weights are stored beside a document, not in it; this is some other file.',
    );
  const raw = parseJson(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text, file);
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw))
    fail(
      'document/format',
      `${file} is not a Stemma document: expected an object at its top.`,
      'Open a file that Stemma saved.',
    );
  refuseForbiddenKeys(raw, [], file);
  const parsed = documentSchema.safeParse(migrate(raw as Record<string, unknown>, file));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const more = parsed.error.issues.length - 1;
    return fail(
      'document/structure',
      `${file}: ${showPath(issue?.path ?? []) || 'document'}: ${issue?.message ?? 'does not fit'}${more > 0 ? ` (and ${more} more)` : ''}.`,
      'Mend that place, or open an earlier copy.',
      parsed.error,
    );
  }
  const document = parsed.data as StemmaDocument;
  const own = new Set<string>();
  document.blocks.forEach((item, i) => {
    if (own.has(item.type))
      fail('document/duplicate-id', `${file}: blocks[${i}].type "${item.type}" stands twice.`, 'Rename one.');
    own.add(item.type);
  });
  const graphs: [Graph, string][] = [
    [document, ''],
    ...document.blocks.map((b, i): [Graph, string] => [b, `blocks[${i}].`]),
  ];
  for (const [graph, where] of graphs) {
    checkGraph(graph, where, file);
    graph.nodes.forEach((item, i) => {
      if (where !== '' && (item.type === 'input' || item.type === 'output'))
        fail(
          'document/inner-end',
          `${file}: ${where}nodes[${i}].type: expected a type that may be inside a block, received "${item.type}", an end of the network.`,
          `Use "block-${item.type}" there.`,
        );
      const inner = where !== '' && (item.type === 'block-input' || item.type === 'block-output');
      if (!inner && !knownType(item.type) && !own.has(item.type))
        fail(
          'document/unknown-type',
          `${file}: ${where}nodes[${i}].type: no block is called "${item.type}".`,
          'It may come from a newer Stemma, or the block’s definition was removed from the file.',
        );
    });
  }
  refuseRecursion(document.blocks, file);
  return document;
}

function refuseRecursion(blocks: readonly CustomBlock[], file: string): void {
  const byType = new Map(blocks.map((b) => [b.type, b]));
  const done = new Set<string>();
  const visit = (type: string, trail: readonly string[]): void => {
    const block = byType.get(type);
    if (!block || done.has(type)) return;
    if (trail.includes(type))
      fail(
        'document/recursive-block',
        `${file}: block "${type}" contains itself (${[...trail, type].join(' → ')}).`,
        'A block may use other blocks, but not itself.',
      );
    for (const item of block.nodes) visit(item.type, [...trail, type]);
    done.add(type);
  };
  for (const item of blocks) visit(item.type, []);
}

const lines = (items: readonly unknown[], indent: string) =>
  items.length === 0
    ? '[]'
    : `[\n${items.map((item) => `${indent}  ${JSON.stringify(item)}`).join(',\n')}\n${indent}]`;

const ordered = {
  node: ({ id, type, name, params, x, y }: Graph['nodes'][number]) => ({ id, type, name, params, x, y }),
  wire: ({ from, to }: Graph['wires'][number]) => ({
    from: { node: from.node, port: from.port },
    to: { node: to.node, port: to.port },
  }),
};

/** The bytes of a document, ending in a newline. `writeDocument(readDocument(text))` equals `text`. */
export function writeDocument(document: StemmaDocument): string {
  const graph = (g: Graph, indent: string) =>
    `"nodes": ${lines(g.nodes.map(ordered.node), indent)},\n${indent}"wires": ${lines(g.wires.map(ordered.wire), indent)}`;
  const blocks = document.blocks.map(
    (b) =>
      `    {\n      "type": ${JSON.stringify(b.type)},\n      "title": ${JSON.stringify(b.title)},\n      "repeat": ${b.repeat},\n      "exposed": ${lines(
        b.exposed.map(({ name, node, param, firstOnly }) => ({ name, node, param, firstOnly })),
        '      ',
      )},\n      ${graph(b, '      ')}\n    }`,
  );
  return `{
  "format": "stemma",
  "version": ${FORMAT_VERSION},
  "title": ${JSON.stringify(document.title)},
  ${graph(document, '  ')},
  "blocks": ${blocks.length ? `[\n${blocks.join(',\n')}\n  ]` : '[]'},
  "recipe": ${JSON.stringify(document.recipe)}
}
`;
}
