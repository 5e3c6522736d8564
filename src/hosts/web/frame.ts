/** A page's message: {id, call, argument} as JSON. */
import { MAX_VALUES } from '../../services/dispatch.ts';

export interface Frame {
  readonly id: number;
  readonly call: unknown;
  readonly argument: unknown;
}

const [QUOTE, BACKSLASH, COMMA, BRACKET, BRACE] = [...'"\\,[{'].map((c) => c.charCodeAt(0));

/** Whether a text has more values than any call: counted before JSON.parse makes an object of each. */
export function isCrowded(text: string, most = MAX_VALUES): boolean {
  let values = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === QUOTE) {
      // What stands in a string, such as a whole drawing, is one value.
      for (i++; i < text.length && text.charCodeAt(i) !== QUOTE; i++)
        if (text.charCodeAt(i) === BACKSLASH) i++;
    } else if ((c === COMMA || c === BRACKET || c === BRACE) && ++values > most) return true;
  }
  return false;
}

/** Undefined where it is none: no JSON, no object, no id, or more than anybody asks. */
export function readFrame(text: string): Frame | undefined {
  // Twice: the message's own three values, and commas beside brackets.
  if (isCrowded(text, 2 * MAX_VALUES)) return undefined;
  let message: { id?: unknown; call?: unknown; argument?: unknown } | null;
  try {
    message = JSON.parse(text) as typeof message;
  } catch {
    return undefined;
  }
  const { id, call, argument } = message ?? {};
  return typeof id === 'number' && Number.isSafeInteger(id) ? { id, call, argument } : undefined;
}
