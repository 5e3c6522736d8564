import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { drawingChanges } from '../../src/compare/changes.ts';
import { documentDifference } from '../../src/compare/document-difference.ts';
import { applyEdit, removeNode, setParams } from '../../src/document/edits.ts';
import { findTemplate } from '../../src/templates/index.ts';
import { defaultOptions } from '../../src/templates/template.ts';
import { markColours, markedPicture } from './marked-picture.ts';
import { marksOf, placesOfChange } from './marks.ts';
import { fitPanes, lookAt, panBy, usePanes, zoomBy } from './pane-view.ts';

const before = findTemplate('resnet18').build(defaultOptions);
const shorter = applyEdit(before, removeNode(before, 'stage2', true)).document;
const after = applyEdit(shorter, setParams(shorter, 'stage1', { filters: 32 })).document;
const difference = documentDifference(before, after);

test('the first shows what goes, the second what comes, both what changes', () => {
  const first = marksOf(difference, 0, before);
  expect([...first.nodes].map(([id, { kind, lines }]) => [id, kind, lines])).toEqual([
    ['stage1', 'changed', ['filters 64 → 32']],
    ['stage2', 'removed', []],
  ]);
  const second = marksOf(difference, 1, after);
  expect([...second.nodes.keys()]).toEqual(['stage1']);
  expect([...second.wires]).toEqual([['stage3\nin', 'added']]);
});

test('a change leads to a place in both drawings', () => {
  const changes = drawingChanges(difference, before, after);
  const removed = changes.find((c) => c.kind === 'removed');
  if (!removed) throw new Error('nothing was removed');
  expect(placesOfChange(removed, difference, before, after)).toEqual({ before: 'stage2', after: 'stage1' });
});

test('the picture says in words what changed, and has room for it', () => {
  const marks = marksOf(difference, 0, before);
  const { svg, frame, boxes } = markedPicture(before, marks, 'light');
  for (const text of ['− removed', '~ changed', 'filters 64 → 32']) expect(svg).toContain(`>${text}<`);
  const box = boxes.get('stage1');
  expect(frame.x + frame.width).toBeGreaterThan((box?.x ?? 0) + (box?.width ?? 0) + 60);
  expect(svg).not.toMatch(/NaN|undefined/);
});

test('colours are those of the page', () => {
  const css = readFileSync(join(import.meta.dirname, '../styles/tokens.css'), 'utf8');
  const [light = '', dark = ''] = css.split('[data-theme="dark"]');
  for (const [text, theme] of [
    [light, 'light'],
    [dark, 'dark'],
  ] as const)
    for (const [kind, name] of [
      ['added', 'good'],
      ['removed', 'bad'],
      ['changed', 'warn'],
    ] as const)
      expect(text).toContain(`--${name}: ${markColours[theme][kind]};`);
});

test('two panes are zoomed and moved as one, each with its own middle', () => {
  fitPanes(
    [
      { x: 0, y: 0, width: 200, height: 100 },
      { x: 50, y: 50, width: 400, height: 800 },
    ],
    { width: 400, height: 400 },
  );
  expect(usePanes.getState()).toMatchObject({
    zoom: 0.5,
    x: 0,
    y: 0,
    at: [
      { x: 100, y: 50 },
      { x: 250, y: 450 },
    ],
  });
  panBy(10, 20);
  zoomBy(2, { x: 10, y: 20 });
  expect(usePanes.getState()).toMatchObject({ zoom: 1, x: 10, y: 20 });
  lookAt([{ x: 7, y: 8 }, null], 0.9);
  expect(usePanes.getState()).toMatchObject({
    zoom: 1,
    x: 0,
    y: 0,
    at: [
      { x: 7, y: 8 },
      { x: 240, y: 430 },
    ],
  });
});
