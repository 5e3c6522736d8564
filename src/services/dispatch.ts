/** From a name and a value that came from outside to an answer; nothing that arrives can do more than that. */
import { AppError, describeError } from '../base/errors.ts';
import { type Answer, type Caller, type CallName, callSchemas, type Handlers } from './contract.ts';

const refuse = (code: string, message: string, hint: string | null = null): Answer<never> => ({
  ok: false,
  error: { code, message, hint },
});

/** No argument has more parts; the texts in it may be long. */
export const MAX_VALUES = 20_000;
/** What is told of a wrong argument may quote it, but not without end. */
const MAX_QUOTED = 300;

/** Judging millions of values one by one would hold up everything else, for minutes. */
function isModest(argument: unknown): boolean {
  const waiting: unknown[] = [argument];
  for (let seen = 0; waiting.length > 0; seen++) {
    const value = waiting.pop();
    if (typeof value !== 'object' || value === null) continue;
    // Bytes come over no host's line, and each would be a value.
    if (ArrayBuffer.isView(value)) return false;
    const parts: unknown[] = Array.isArray(value) ? value : Object.values(value);
    // Also the end of what contains itself, which an Electron page could send.
    if (seen + waiting.length + parts.length > MAX_VALUES) return false;
    waiting.push(...parts);
  }
  return true;
}

/** Never rejects: what is wrong is an answer in words. */
export async function dispatch(
  handlers: Handlers,
  name: unknown,
  argument: unknown,
  caller: Caller,
): Promise<Answer<unknown>> {
  if (typeof name !== 'string' || !Object.hasOwn(callSchemas, name))
    return refuse('call/unknown', 'There is no such call.');
  const key = name as CallName;
  if (!isModest(argument))
    return refuse('call/argument', `${key}: expected at most ${MAX_VALUES} values, received more.`);
  const parsed = callSchemas[key].safeParse(argument);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue?.path.join('.') ?? '';
    const what = `${where ? `${where}: ` : ''}${issue?.message ?? 'does not fit'}`;
    return refuse('call/argument', `${key}: ${what.slice(0, MAX_QUOTED)}.`);
  }
  try {
    const handler = handlers[key] as (argument: unknown, caller: Caller) => unknown;
    return { ok: true, value: await handler(parsed.data, caller) };
  } catch (error) {
    if (error instanceof AppError) return refuse(error.code, error.message, error.hint ?? null);
    // A mistake of ours: the page tells its words, and whoever looks for it needs the place.
    console.error(error);
    return refuse('bug', describeError(error));
  }
}
