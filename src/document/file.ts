/**
 * The .stemma file: JSON, one node or wire a line, keys in fixed order, so that saving twice gives the same bytes and
 * a difference is legible.
 */
import { AppError } from '../base/errors.ts';
import { checkDocument } from './check.ts';
import { documentSchema } from './format.ts';
import { parseJson, refuseForbiddenKeys, showPath } from './json.ts';
import { migrate } from './migrations/index.ts';
import { FORMAT_VERSION, type Graph, type Note, type StemmaDocument } from './model.ts';

export const MAX_FILE_BYTES = 32 * 2 ** 20;

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
    throw new AppError(
      'document/too-large',
      `${file} has ${(text.length / 2 ** 20).toFixed(0)} MB; a Stemma document has at most ${MAX_FILE_BYTES / 2 ** 20} MB.`,
      { hint: 'Weights are stored beside a document, not in it; this is some other file.' },
    );
  const raw = parseJson(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text, file);
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw))
    throw new AppError(
      'document/format',
      `${file} is not a Stemma document: expected an object at its top.`,
      { hint: 'Open a file that Stemma saved.' },
    );
  refuseForbiddenKeys(raw, [], file);
  const parsed = documentSchema.safeParse(migrate(raw as Record<string, unknown>, file));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const more = parsed.error.issues.length - 1;
    throw new AppError(
      'document/structure',
      `${file}: ${showPath(issue?.path ?? []) || 'document'}: ${issue?.message ?? 'does not fit'}${more > 0 ? ` (and ${more} more)` : ''}.`,
      { hint: 'Mend that place, or open an earlier copy.', cause: parsed.error },
    );
  }
  const document = parsed.data as StemmaDocument;
  checkDocument(document, file, knownType);
  return document;
}

const lines = (items: readonly unknown[], indent: string) =>
  items.length === 0
    ? '[]'
    : `[\n${items.map((item) => `${indent}  ${JSON.stringify(item)}`).join(',\n')}\n${indent}]`;

const ordered = {
  node: ({ id, type, name, params, x, y }: Graph['nodes'][number]) => ({ id, type, name, params, x, y }),
  note: ({ id, kind, text, x, y, width, height }: Note) => ({ id, kind, text, x, y, width, height }),
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
  "notes": ${lines(document.notes.map(ordered.note), '  ')},
  "blocks": ${blocks.length ? `[\n${blocks.join(',\n')}\n  ]` : '[]'},
  "recipe": ${JSON.stringify(document.recipe)}
}
`;
}
