import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { decide, electronProgram, hasDisplay } from '../scripts/start.mjs';

const folder = mkdtempSync(join(tmpdir(), 'stemma-start-'));
afterAll(() => rmSync(folder, { recursive: true }));

const never = () => {
  throw new Error('Nothing should be fetched.');
};

test('Electron where its program and a screen are there', () => {
  expect(decide({ web: false, display: true, program: () => '/e' })).toEqual({
    host: 'electron',
    program: '/e',
  });
});

test('--web asks for the browser, and nothing is fetched', () => {
  expect(decide({ web: true, display: true, program: never })).toEqual({ host: 'web', why: '' });
});

test('without a screen nothing is fetched, and one line says why', () => {
  expect(decide({ web: false, display: false, program: never })).toEqual({
    host: 'web',
    why: 'There is no screen here; Stemma runs in your browser instead.',
  });
});

test('where the program cannot be had, one line says so', () => {
  expect(decide({ web: false, display: true, program: () => undefined })).toEqual({
    host: 'web',
    why: "Electron's program could not be fetched; Stemma runs in your browser instead.",
  });
});

test('a screen is X11 or Wayland on Linux, and always there elsewhere', () => {
  expect(hasDisplay({}, 'linux')).toBe(false);
  expect(hasDisplay({ DISPLAY: '' }, 'linux')).toBe(false);
  expect(hasDisplay({ DISPLAY: ':0' }, 'linux')).toBe(true);
  expect(hasDisplay({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux')).toBe(true);
  expect(hasDisplay({}, 'darwin')).toBe(true);
});

test('the program is where path.txt says, or what $ELECTRON_BINARY names', () => {
  expect(electronProgram({}, folder)).toBeUndefined();
  writeFileSync(join(folder, 'path.txt'), 'electron');
  expect(electronProgram({}, folder)).toBeUndefined();
  mkdirSync(join(folder, 'dist'));
  const program = join(folder, 'dist', 'electron');
  writeFileSync(program, '');
  expect(electronProgram({}, folder)).toBe(program);
  expect(electronProgram({ ELECTRON_BINARY: program }, join(folder, 'none'))).toBe(program);
  expect(electronProgram({ ELECTRON_BINARY: join(folder, 'none') }, folder)).toBeUndefined();
});
