/** A line of JSON in coloured pieces. */

export type TokenKind = 'key' | 'string' | 'number' | 'word' | 'other';

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
}

/** A string (a key, where a colon follows), a number, a word; what lies between is other. */
const PIECE = /("(?:[^"\\]|\\.)*")(?=(\s*:)?)|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|\b(true|false|null)\b/g;

/** The texts of all tokens, joined, are the line. */
export function tokensOf(line: string): Token[] {
  const tokens: Token[] = [];
  let end = 0;
  for (const match of line.matchAll(PIECE)) {
    const [text, string, colon, number] = match;
    if (match.index > end) tokens.push({ kind: 'other', text: line.slice(end, match.index) });
    const kind = string ? (colon ? 'key' : 'string') : number ? 'number' : 'word';
    tokens.push({ kind, text });
    end = match.index + text.length;
  }
  if (end < line.length) tokens.push({ kind: 'other', text: line.slice(end) });
  return tokens;
}
