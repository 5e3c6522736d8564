import { expect, test } from 'vitest';
import { applyEdit, chain, setParams } from '../../src/document/edits.ts';
import { setPlain } from '../../src/document/plain.ts';
import { lower, receptiveFields } from '../../src/lower/index.ts';
import { findTemplate } from '../../src/templates/index.ts';
import { defaultOptions } from '../../src/templates/template.ts';
import { fieldText, nodeFacts, savingsOf, savingText, skipOfAll, totalsOf } from './inspector-facts.ts';
import { firstNetwork } from './welcome-network.ts';

const resnet = findTemplate('resnet18').build(defaultOptions);

test('the totals are those of the book', () => {
  expect(totalsOf(lower(resnet))).toMatchObject({ params: 11_178_378, stats: 7_808, macs: 318_657_536 });
});

test('a node says what comes in, from where, and what goes out', () => {
  const lowered = lower(resnet);
  const item = lowered.nodes.get('stage2');
  const facts = item ? nodeFacts(item, (id) => lowered.nodes.get(id)?.node.name) : [];
  const said = Object.fromEntries(facts.map((f) => [f.label, f.value]));
  expect(said).toMatchObject({ Input: '24×24×64 from stage1', Output: '12×12×128' });
  expect(fieldText(receptiveFields(lowered).output)).toBe('the whole picture');
});

test('plain, residual, or some of each', () => {
  const skips = (d: typeof resnet) => skipOfAll(d.nodes);
  expect(skips(resnet)).toBe('residual');
  expect(skips(applyEdit(resnet, setPlain(resnet, true)).document)).toBe('plain');
  expect(skips(applyEdit(resnet, setPlain(resnet, true, ['stage2'])).document)).toBe('mixed');
  expect(skipOfAll(resnet.nodes.filter((n) => n.type === 'head'))).toBeUndefined();
});

test('what groups save is the difference to the same node without them', () => {
  const next = findTemplate('resnext50_32x4d').build(defaultOptions);
  const savings = savingsOf(lower(next));
  const [first] = savings;
  const dense = chain(
    next,
    '',
    savings.map(
      ({ name }) =>
        (d) =>
          setParams(d, name, { groups: 1 }),
    ),
  );
  const totals = [next, applyEdit(next, dense).document].map((d) => totalsOf(lower(d)).params);
  const saved = savings.reduce((sum, s) => sum + s.denseParams - s.params, 0);
  expect((totals[1] ?? 0) - (totals[0] ?? 0)).toBe(saved);
  expect(first && savingText(first)).toMatch(/^32 groups: [\d,]+ instead of [\d,]+ parameters$/);
});

test('the first network fits the recipe that it brings', () => {
  const drawing = firstNetwork();
  expect(drawing.recipe).toMatchObject({ data: 'mnist', size: 32 });
  expect(drawing.nodes.find((n) => n.type === 'input')?.params.shape).toEqual([32, 32, 1]);
});
