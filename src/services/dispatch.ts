/** From a name and a value that came from outside to an answer; nothing that arrives can do more than that. */
import { AppError, describeError } from '../base/errors.ts';
import { type Answer, type Caller, type CallName, callSchemas, type Handlers } from './contract.ts';

const refuse = (code: string, message: string, hint: string | null = null): Answer<never> => ({
  ok: false,
  error: { code, message, hint },
});

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
  const parsed = callSchemas[key].safeParse(argument);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue?.path.join('.') ?? '';
    return refuse(
      'call/argument',
      `${key}: ${where ? `${where}: ` : ''}${issue?.message ?? 'does not fit'}.`,
    );
  }
  try {
    const handler = handlers[key] as (argument: unknown, caller: Caller) => unknown;
    return { ok: true, value: await handler(parsed.data, caller) };
  } catch (error) {
    if (error instanceof AppError) return refuse(error.code, error.message, error.hint ?? null);
    return refuse('bug', describeError(error));
  }
}
