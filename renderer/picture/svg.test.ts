import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Note, StemmaDocument } from '../../src/document/model.ts';
import { diagnose, lower } from '../../src/lower/index.ts';
import { findTemplate } from '../../src/templates/index.ts';
import { defaultOptions } from '../../src/templates/template.ts';
import { sceneOf } from '../canvas/scene.ts';
import { colours } from './colours.ts';
import { type PictureOptions, pictureOf } from './svg.ts';
import { escapeXml, fitted, wrapped } from './text.ts';

const resnet = findTemplate('resnet18').build(defaultOptions);

function draw(document: StemmaDocument, options: Partial<PictureOptions> = {}, opened: string[] = []) {
  const lowered = lower(document);
  const scene = sceneOf(lowered, diagnose(lowered), new Set(opened));
  return pictureOf(scene, { theme: 'light', title: document.title, ...options });
}

test('names, and shapes on wires; without figures only names', () => {
  const { svg } = draw(resnet);
  for (const text of ['stage3', 'Residual stage', '12×12×128', '8.40 M · 75.5 M MACs'])
    expect(svg).toContain(`>${text}<`);
  const plain = draw(resnet, { figures: false }).svg;
  expect(plain).toContain('>stage3<');
  expect(plain).not.toContain('12×12×128');
  expect(draw(resnet, { text: false }).svg).not.toContain('<text');
});

test('an opened stage is a frame around its blocks, and the picture grows', () => {
  const opened = draw(resnet, {}, ['stage2']);
  expect(opened.svg).toContain('>stage2/1<');
  expect(opened.height).toBeGreaterThan(draw(resnet).height);
});

test('what a person writes is text, never markup', () => {
  const name = `a<b>&"'\u0000`;
  const note: Note = {
    ...{ id: 'n', kind: 'comment', text: '<script>x</script>' },
    x: -400,
    y: 0,
    width: 200,
    height: 80,
  };
  const nodes = resnet.nodes.map((n) => (n.id === 'stem' ? { ...n, name } : n));
  const { svg } = draw({ ...resnet, nodes, title: '</title>' }, { notes: [note] });
  expect(svg).toContain('a&lt;b&gt;&amp;&quot;&apos;\ufffd');
  expect(svg).not.toContain('<script');
  expect(svg).toContain('<title>&lt;/title&gt;</title>');
});

test('it holds everything: nodes, notes', () => {
  const note: Note = { ...{ id: 'n', kind: 'frame', text: '' }, x: -900, y: -500, width: 100, height: 100 };
  const [, x, y] = /viewBox="(-?\d+) (-?\d+)/.exec(draw(resnet, { notes: [note] }).svg) ?? [];
  expect(Number(x)).toBeLessThan(-900);
  expect(Number(y)).toBeLessThan(-500);
  expect(draw({ ...resnet, nodes: [], wires: [] }).width).toBeGreaterThan(0);
});

test('text that fits', () => {
  expect(fitted('short', 100, 11)).toBe('short');
  expect(fitted('a very long name indeed', 60, 11)).toMatch(/^a very.*…$/);
  expect(wrapped('one two three\nfour', 50, 11, 9)).toEqual(['one two', 'three', 'four']);
  expect(wrapped('abcdefghijklmnop', 50, 11, 9).join('')).toBe('abcdefghijklmnop');
  expect(escapeXml('\ud800')).toBe('\ufffd');
});

test("the colours are the application's", () => {
  const css = readFileSync(new URL('../styles/tokens.css', import.meta.url), 'utf8');
  const [light = '', dark = ''] = css.split('[data-theme="dark"]');
  for (const [theme, block] of [
    ['light', light],
    ['dark', dark],
  ] as const) {
    const { category, ...rest } = colours[theme];
    const named = Object.entries(rest).map(([key, value]) => [
      key.replaceAll(/[A-Z0-9]/g, (c) => `-${c.toLowerCase()}`),
      value,
    ]);
    for (const [key, value] of [...named, ...Object.entries(category).map(([k, v]) => [`cat-${k}`, v])])
      expect(block, `${theme} ${key}`).toContain(`--${key}: ${value};`);
  }
});
