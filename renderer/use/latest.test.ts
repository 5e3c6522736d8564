import { expect, test } from 'vitest';
import { Latest } from './latest.ts';

function recorded() {
  const asked: string[] = [];
  let go = () => {};
  const ask = (name: string) => async () => {
    asked.push(name);
    await new Promise<void>((resolve) => (go = resolve));
  };
  const finish = async () => {
    go();
    await new Promise((resolve) => setTimeout(resolve));
  };
  return { asked, ask, finish };
}

test('one at a time; of those that wait about one thing the newest; what must come first does', async () => {
  const { asked, ask, finish } = recorded();
  const latest = new Latest<string>();
  latest.put('drawing', ask('a'));
  expect(asked).toEqual(['a']);
  latest.put('x', ask('x1'));
  latest.put('y', ask('y1'));
  latest.put('x', ask('x2'));
  latest.put('drawing', ask('b'), true);
  latest.put('drawing', ask('c'), true);
  for (let i = 0; i < 5; i++) await finish();
  expect(asked).toEqual(['a', 'c', 'x2', 'y1']);
});

test('what waits can be dropped, and asked for anew', async () => {
  const { asked, ask, finish } = recorded();
  const latest = new Latest<string>();
  latest.put('a', ask('a'));
  latest.put('b', ask('b'));
  latest.drop();
  await finish();
  latest.put('c', ask('c'));
  expect(asked).toEqual(['a', 'c']);
});
