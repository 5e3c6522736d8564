import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';

const bin = fileURLToPath(new URL('../../../bin/stemma.mjs', import.meta.url));
const home = mkdtempSync(join(tmpdir(), 'stemma-cli-engines-'));
afterAll(() => rmSync(home, { recursive: true }));

function engines(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    const env = { ...process.env, STEMMA_HOME: home, STEMMA_TENSORFLOW_DIR: '' };
    execFile('node', [bin, 'engines', ...words], { env }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    );
  });
}

test.each([
  [['frob'], 'Expected install, use or remove'],
  [['install', 'torch'], "received 'torch'"],
  [['remove', '--gpu'], 'belong to'],
  [['use'], 'engines use FOLDER'],
  [['use', '/'], 'cannot be used. It holds no '],
] as const)('%j is refused in words', async (words, message) => {
  const { code, err } = await engines(...words);
  expect(code).toBe(1);
  expect(err).toContain(message);
});

test.skipIf(process.platform === 'win32')(
  'a folder is named, one that cannot be loaded is told, and the portable engine is chosen',
  async () => {
    const folder = join(home, 'mine');
    mkdirSync(folder);
    writeFileSync(join(folder, 'libtensorflow_cc.so.2'), 'no library');
    expect((await engines('use', folder)).err).toMatch(/is no shared library|holds no/);
    expect((await engines('remove')).out).toContain('nothing was removed');
    const listed = await engines('--json');
    const { chosen, installation } = JSON.parse(listed.out.trim()) as {
      chosen: string;
      installation: object;
    };
    expect(installation).toMatchObject({ installed: null });
    expect(['portable', 'tensorflow']).toContain(chosen);
  },
);

test('a wheel that is no wheel leaves nothing behind', async () => {
  const wheel = join(home, 'a.whl');
  writeFileSync(wheel, 'no wheel');
  const { code, err } = await engines('install', 'tensorflow', '--wheel', wheel);
  expect(code).toBe(1);
  expect(err).toMatch(/is not the wheel that is needed|publishes|hides its library/);
  expect(existsSync(join(home, 'engines', 'tensorflow', 'current.json'))).toBe(false);
});
