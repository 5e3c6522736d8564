import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Note, StemmaDocument } from '../../src/document/model.ts';
import { diagnose, lower } from '../../src/lower/index.ts';
import { findTemplate } from '../../src/templates/index.ts';
import { defaultOptions } from '../../src/templates/template.ts';
import { sceneOf } from '../canvas/scene.ts';
import { themes } from './colours.ts';
import { escaped, fitted, wrapped } from './markup.ts';
import { type PictureOptions, pictureOf } from './svg.ts';

const resnet = findTemplate('resnet18').build(defaultOptions);
const usual: PictureOptions = { theme: 'light', figures: true, title: 'ResNet-18', own: [] };

function draw(document: StemmaDocument, options: Partial<PictureOptions> = {}, opened: string[] = []) {
  const lowered = lower(document);
  const scene = sceneOf(lowered, diagnose(lowered), new Set(opened));
  return pictureOf(scene, document.notes, { ...usual, ...options });
}

const texts = (svg: string) => [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map((m) => m[1]);

/** Every element that begins ends, in order. */
function isBalanced(svg: string): boolean {
  const open: string[] = [];
  for (const [, end, name, empty] of svg.matchAll(/<(\/?)([a-z]+)[^>]*?(\/?)>/g)) {
    if (end) {
      if (open.pop() !== name) return false;
    } else if (!empty) open.push(name as string);
  }
  return open.length === 0;
}

test('names, types, shapes on wires and figures are text', () => {
  const { svg } = draw(resnet);
  expect(texts(svg)).toEqual(
    expect.arrayContaining(['stage2', 'Residual stage', '96×96×1', '12×12×128', '3×3×512', '10']),
  );
  expect(svg).toContain('MACs');
  expect(isBalanced(svg)).toBe(true);
});

test('without figures the shapes on wires stay', () => {
  const { svg } = draw(resnet, { figures: false });
  expect(svg).not.toContain('MACs');
  expect(texts(svg).filter((t) => t === '12×12×128')).toHaveLength(1);
});

test('it stands alone', () => {
  const { svg, width, height } = draw(resnet);
  expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="[-\d. ]+" width="[\d.]+"/);
  expect(svg).not.toMatch(/var\(|class=|style|url\(|<script|NaN|undefined/);
  expect(width).toBeGreaterThan(208);
  expect(height).toBeGreaterThan(7 * 128);
});

test('what a person wrote cannot become markup', () => {
  const note: Note = {
    ...{ id: 'note:1', kind: 'comment', text: '<script>alert("x")</script> & \u0000more' },
    ...{ x: 0, y: -200, width: 400, height: 80 },
  };
  const { svg } = draw({ ...resnet, notes: [note] }, { title: '</title><script>' });
  expect(svg).not.toContain('<script');
  expect(svg).toContain('&lt;script&gt;');
  expect(svg).toContain('&amp; more');
  expect(isBalanced(svg)).toBe(true);
});

test('an opened stage shows its blocks', () => {
  const { svg } = draw(resnet, {}, ['stage2']);
  expect(texts(svg)).toEqual(expect.arrayContaining(['stage2/0', 'stage2/1']));
});

test('a misfit is red', () => {
  const nodes = resnet.nodes.map((n) => (n.name === 'head' ? { ...n, type: 'dense', params: {} } : n));
  const { svg } = draw({ ...resnet, nodes });
  expect(svg).toContain(`stroke="${themes.light.bad}"`);
  expect(draw(resnet).svg).not.toContain(themes.light.bad);
});

test('an empty drawing is a picture too', () => {
  expect(isBalanced(draw({ ...resnet, nodes: [], wires: [] }).svg)).toBe(true);
});

test('escaping', () => {
  expect(escaped(`<a href="x">'&'</a>`)).toBe('&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;');
  expect(escaped('\ud800 ok')).toBe(' ok');
});

test('long names are cut, notes are wrapped', () => {
  expect(fitted('short', 13, 180)).toBe('short');
  const cut = fitted('a-very-long-name-that-leaves-its-box', 13, 100);
  expect(cut.endsWith('…')).toBe(true);
  expect(cut.length).toBeLessThan(16);
  expect(wrapped('one two three four five six', 12, 80).length).toBeGreaterThan(1);
  expect(wrapped('a\nb', 12, 200)).toEqual(['a', 'b']);
});

test('colours are those of the page', () => {
  const css = readFileSync(join(import.meta.dirname, '../styles/tokens.css'), 'utf8');
  const darkAt = css.indexOf('[data-theme="dark"]');
  const read = (text: string) =>
    new Map([...text.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, k, v]) => [k, v]));
  for (const [theme, tokens] of [
    ['light', read(css.slice(0, darkAt))],
    ['dark', read(css.slice(darkAt))],
  ] as const) {
    const { categories, ...colours } = themes[theme];
    for (const [name, colour] of Object.entries(categories)) expect(tokens.get(`cat-${name}`)).toBe(colour);
    for (const name of ['raised', 'line', 'ink', 'wire', 'bad'] as const)
      expect(tokens.get(name)).toBe(colours[name]);
  }
});
