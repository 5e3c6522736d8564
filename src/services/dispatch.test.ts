/** The border as Electron's IPC uses it: values, not text. */
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { AppError } from '../base/errors.ts';
import { type Caller, type CallName, callSchemas, type Handlers } from './contract.ts';
import { dispatch, MAX_VALUES } from './dispatch.ts';

const names = Object.keys(callSchemas) as CallName[];
const caller: Caller = { id: 'page', emit() {} };

/** Every handler notes what reached it. */
function recording() {
  const reached: unknown[] = [];
  const handlers = Object.fromEntries(
    names.map((name) => [name, (argument: unknown) => void reached.push(argument)]),
  ) as unknown as Handlers;
  return { handlers, reached };
}

test('only names of the contract are calls', async () => {
  const { handlers, reached } = recording();
  const odd = fc.oneof(
    fc.constantFrom(
      '__proto__',
      'constructor',
      'toString',
      'valueOf',
      'hasOwnProperty',
      '',
      'app',
      'app.info ',
    ),
    fc.string(),
    fc.anything(),
  );
  await fc.assert(
    fc.asyncProperty(odd, fc.anything(), async (name, argument) => {
      fc.pre(!names.includes(name as CallName));
      expect(await dispatch(handlers, name, argument, caller)).toMatchObject({
        ok: false,
        error: { code: 'call/unknown' },
      });
    }),
    { numRuns: 500 },
  );
  expect(reached).toEqual([]);
});

test('what reaches a handler fits its schema, whatever was sent; everything else is refused in words', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...names),
      fc.anything({ withBigInt: true, withDate: true, withMap: true, withTypedArray: true, withSet: true }),
      async (name, argument) => {
        const { handlers, reached } = recording();
        const answer = await dispatch(handlers, name, argument, caller);
        if (answer.ok) expect(callSchemas[name].safeParse(reached[0]).success).toBe(true);
        else {
          expect(answer.error.code).toBe('call/argument');
          expect(reached).toEqual([]);
        }
      },
    ),
    { numRuns: 2000 },
  );
});

const endless: unknown[] = [];
endless.push(endless);

test.each<[string, unknown]>([
  ['many', Array(MAX_VALUES + 1).fill(0)],
  ['many keys', Object.fromEntries(Array.from({ length: MAX_VALUES + 1 }, (_, i) => [i, null]))],
  ['many in many', Array(200).fill(Array(200).fill(0))],
  ['itself', endless],
  ['bytes', new Uint8Array(1e8)],
])('an argument of %s values is refused before each is looked at', async (_, argument) => {
  const { handlers, reached } = recording();
  for (const name of names)
    expect(await dispatch(handlers, name, argument, caller)).toMatchObject({
      ok: false,
      error: { code: 'call/argument', message: expect.stringContaining('at most') },
    });
  expect(reached).toEqual([]);
});

test('a refusal does not send back what it refuses', async () => {
  const { handlers } = recording();
  const long = 'x'.repeat(1e6);
  for (const argument of [{ [long]: 1 }, { place: long }, { recipe: { [long]: null } }])
    for (const name of names)
      expect(JSON.stringify(await dispatch(handlers, name, argument, caller)).length).toBeLessThan(1000);
});

test('the fullest menu that the contract allows gets through', async () => {
  const { handlers, reached } = recording();
  const item = { id: 'a', title: 'A', shortcut: 'Mod+A', enabled: true, checked: false };
  const menu = Array(20).fill({ title: 'M', items: Array(100).fill(item) });
  expect(await dispatch(handlers, 'window.menu', menu, caller)).toMatchObject({ ok: true });
  expect(reached).toEqual([menu]);
});

test('errors of the world keep their words; a bug is called one', async () => {
  const failing = (error: unknown) =>
    dispatch(
      {
        'app.info': () => {
          throw error;
        },
      } as unknown as Handlers,
      'app.info',
      {},
      caller,
    );
  expect(await failing(new AppError('disk/full', 'The disk is full.', { hint: 'Free some.' }))).toEqual({
    ok: false,
    error: { code: 'disk/full', message: 'The disk is full.', hint: 'Free some.' },
  });
  const said = vi.spyOn(console, 'error').mockImplementation(() => {});
  const mistake = new TypeError('x is not a function');
  expect(await failing(mistake)).toMatchObject({ error: { code: 'bug' } });
  expect(said.mock.calls).toEqual([[mistake]]);
  expect(await failing('a word')).toMatchObject({ error: { code: 'bug', message: 'a word' } });
  said.mockRestore();
});
