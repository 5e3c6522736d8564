/** JSON from a file that anyone may have written, with the place where it breaks. */
import { AppError } from '../base/errors.ts';
import { isForbiddenKey } from './format.ts';

/** @throws AppError('document/json') with line and column */
export function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    // V8 gives a position for some errors only, and in words that change with its version.
    const position = jsonBreaksAt(text);
    const before = text.slice(0, position).split('\n');
    const ends = position >= text.trimEnd().length ? ', where the text ends' : '';
    const at = `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}${ends}`;
    throw new AppError('document/json', `${file} is not a Stemma document: its JSON breaks at ${at}.`, {
      hint: 'It may have been cut short or edited by hand; open an earlier copy.',
      cause,
    });
  }
}

const token = /[{}[\]:,]|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const space = /[ \t\n\r]*/y;

/** Where the string that begins at `start` ends, or −1 − the place at which it breaks. */
function endOfString(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    const c = text[i] as string;
    if (c === '"') return i + 1;
    if (c < ' ') return -1 - i;
    if (c !== '\\') continue;
    const sequence = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
    sequence.lastIndex = i;
    if (!sequence.test(text)) return -1 - i;
    i = sequence.lastIndex - 1;
  }
  return -1 - text.length;
}

/** The first character that no JSON text could have there; the text's length where it is cut short or whole. */
export function jsonBreaksAt(text: string): number {
  const open: string[] = [];
  let expect: 'value' | 'first' | 'key' | 'firstKey' | 'colon' | 'next' = 'value';
  for (let at = 0; ; ) {
    space.lastIndex = at;
    space.test(text);
    at = space.lastIndex;
    if (at >= text.length) return text.length;
    const wantsKey: boolean = expect === 'key' || expect === 'firstKey';
    const wantsValue: boolean = expect === 'value' || expect === 'first';
    if (text[at] === '"') {
      const end = endOfString(text, at);
      if (!wantsKey && !wantsValue) return at;
      if (end < 0) return -1 - end;
      expect = wantsKey ? 'colon' : 'next';
      at = end;
      continue;
    }
    token.lastIndex = at;
    const found = token.exec(text)?.[0];
    const top = open.at(-1);
    if (found === undefined) return at;
    if (found === '{' && wantsValue) {
      open.push('}');
      expect = 'firstKey';
    } else if (found === '[' && wantsValue) {
      open.push(']');
      expect = 'first';
    } else if (found === '}' || found === ']') {
      const empty = found === '}' ? 'firstKey' : 'first';
      if (found !== top || (expect !== 'next' && expect !== empty)) return at;
      open.pop();
      expect = 'next';
    } else if (found === ':' && expect === 'colon') expect = 'value';
    else if (found === ',' && expect === 'next' && top) expect = top === '}' ? 'key' : 'value';
    else if (/^[-\dtfn]/.test(found) && wantsValue) expect = 'next';
    else return at;
    at += found.length;
  }
}

export function showPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, key) =>
      typeof key === 'number' ? `${text}[${key}]` : text ? `${text}.${String(key)}` : String(key),
    '',
  );
}

/** Deepest nesting of a document: blocks, their nodes, parameters, lists in lists. */
const MAX_DEPTH = 16;

/** @throws AppError where a key would reach a prototype, or the nesting is deeper than any document's */
export function refuseForbiddenKeys(value: unknown, path: readonly PropertyKey[], file: string): void {
  if (typeof value !== 'object' || value === null) return;
  if (path.length > MAX_DEPTH)
    throw new AppError(
      'document/structure',
      `${file}: ${showPath(path.slice(0, 4))}…: nested more than ${MAX_DEPTH} deep.`,
      { hint: 'No Stemma writes such a document.' },
    );
  for (const [key, inner] of Object.entries(value)) {
    if (isForbiddenKey(key))
      throw new AppError(
        'document/key',
        `${file} holds the forbidden key "${key}" at ${showPath(path) || 'its top'}.`,
        { hint: 'No Stemma writes such a key; do not trust the file.' },
      );
    refuseForbiddenKeys(inner, [...path, Array.isArray(value) ? Number(key) : key], file);
  }
}
