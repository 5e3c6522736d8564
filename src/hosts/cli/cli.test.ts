import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { afterAll, expect, test } from 'vitest';
import { signed } from '../../../scripts/reference/fill.ts';
import { createRun } from '../../runs/store.node.ts';

const bin = fileURLToPath(new URL('../../../bin/stemma.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'stemma-cli-'));
afterAll(() => rmSync(folder, { recursive: true }));

function stemma(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    const env = { ...process.env, STEMMA_RUNS: join(folder, 'runs') };
    execFile('node', [bin, ...words], { cwd: folder, env, maxBuffer: 1e8 }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    );
  });
}
const json = (out: string) => JSON.parse(out.trim().split('\n').at(-1) ?? '') as Record<string, never>;

test('new, break, check, fix, plain and back', async () => {
  const file = join(folder, 'net.stemma');
  expect((await stemma('new', 'resnet18', '-o', file, '--classes', '7')).code).toBe(0);
  const whole = readFileSync(file, 'utf8');
  expect((await stemma('check', file)).out).toBe('No problems.\n');
  writeFileSync(
    file,
    whole.replace('"shortcut":"auto"', '"shortcut":"identity"').replaceAll('"filters":128', '"filters":96'),
  );
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll('"shortcut":"auto"', '"shortcut":"identity"'));
  const broken = await stemma('check', file, '--json');
  expect(broken.code).toBe(1);
  expect(json(broken.out)).toMatchObject({ ok: false });
  expect(broken.out).toContain('shape/add-mismatch');
  const fixed = await stemma('fix', file, '--json');
  expect([fixed.code, json(fixed.out).ok]).toEqual([0, true]);
  writeFileSync(file, whole);
  await stemma('plain', file);
  expect(readFileSync(file, 'utf8')).not.toContain('"shortcut":"auto"');
  await stemma('plain', file);
  expect(readFileSync(file, 'utf8')).toBe(whole);
});

test('train, list, evaluate, predict, export and read back', async () => {
  const size = ['--size', '16', '--batch', '8', '--limit', '64', '--set', '[]'].slice(0, 6);
  const trained = await stemma(
    'train',
    'resnet20-cifar',
    '--data',
    'mnist',
    ...size,
    '--lr',
    '0.05',
    '--json',
  );
  expect(trained.err).toMatch(/Engine (tensorflow|portable) /);
  expect(trained.code).toBe(0);
  const result = json(trained.out) as unknown as {
    run: string;
    steps: number;
    trainLoss: number;
    testAccuracy: number;
  };
  expect(result.steps).toBe(8);
  expect(result.trainLoss).toBeGreaterThan(0);
  const metrics = readFileSync(join(result.run, 'metrics.jsonl'), 'utf8').trim().split('\n');
  // Eight steps of 58 pictures, a look at the six held out, an epoch.
  expect(metrics).toHaveLength(10);
  expect((await stemma('runs')).out).toContain('finished');
  const evaluated = await stemma('evaluate', 'last', '--limit', '10000', '--json');
  expect(json(evaluated.out).accuracy).toBeCloseTo(result.testAccuracy, 6);
  const picture = join(folder, 'seven.png');
  const bytes = Uint8Array.from(signed('picture', 28 * 28), (v) => 128 + 100 * v);
  await sharp(bytes, { raw: { width: 28, height: 28, channels: 1 } })
    .png()
    .toFile(picture);
  const predicted = json((await stemma('predict', 'last', picture, '--json')).out) as unknown as {
    predictions: { probability: number }[];
  };
  expect(predicted.predictions.reduce((sum, p) => sum + p.probability, 0)).toBeCloseTo(1, 5);
  for (const [format, name] of [
    ['tfjs', 'model'],
    ['safetensors', 'weights.safetensors'],
  ]) {
    const exported = await stemma(
      'export',
      'last',
      '--to',
      format as string,
      '-o',
      join(folder, name as string),
      '--json',
    );
    expect(exported.code).toBe(0);
    const { verification } = json(exported.out) as unknown as { verification: { largestDifference: number } };
    expect(verification.largestDifference).toBeLessThan(1e-4);
  }
  expect((await stemma('train', '--resume', 'last')).err).toMatch(
    /All of its 1 epochs are done.*--epochs 2/s,
  );
  expect((await stemma('train', 'resnet18', '--resume', 'last')).err).toMatch(
    /resnet18 cannot be given with/,
  );
  const again = await stemma('export', 'last', '--to', 'document', '-o', join(folder, 'again.stemma'));
  expect(again.code).toBe(0);
  expect((await stemma('check', 'again.stemma')).code).toBe(0);
});

test.each([
  [['bogus'], /no command 'bogus'/],
  [['summary', 'resnet19'], /no file and no template 'resnet19'/],
  [['summary', './missing.stemma'], /There is no file .*missing.stemma/],
  [['train', 'resnet18', '--data', 'imagenet'], /no data set 'imagenet'/],
  [['train', 'resnet18', '--data', 'mnist', '--lr', 'fast'], /--lr: expected a number, received 'fast'/],
  [['train', 'resnet18', '--data', 'mnist', '--batch', '0'], /batch: expected a whole number from 1/],
  [['train', 'resnet18', '--data', 'mnist', '--classes', '3'], /answers \[3\], the data has 10 classes/],
  [['train', 'resnet18', '--data', 'mnist', '--engine', 'none-such'], /There is no engine 'none-such'/],
  [['export', 'resnet18', '--to', 'word', '-o', 'x'], /no format 'word'/],
  [['evaluate', 'last', '--runs', '/nowhere'], /no run 'last'/],
  [['summary', 'resnet18', '--set', 'stages=none'], /stages: expected a list of \[count, filters\]/],
  [['--nonsense'], /Unknown option '--nonsense'/],
  [['summary', 'resnet18', '--size', '99'], /'stemma summary FILE.TEMPLATE' takes no --size/],
  [['new', 'resnet18', 'resnet34'], /Expected 'stemma new TEMPLATE', received 'resnet18 resnet34'/],
  [['new', 'resnet18', '--set', 'groups=8'], /groups are for ResNeXt blocks/],
  [['train', 'resnet18', '--limit', '-5'], /limit: expected a whole number from 0/],
  [['data', 'xyz'], /Expected 'stemma data' or/],
  [['train', 'resnet18', '--data', 'mnist', '--runs', '/proc/none'], /cannot be made/],
])('%j is refused with a sentence and no stack', async (words, said) => {
  const { code, err } = await stemma(...words);
  expect(code).toBe(1);
  expect(err).toMatch(said);
  expect(err).not.toMatch(/\n\s+at /);
});

test('a drawing decides its own shape; --size resizes it, template options are refused', async () => {
  const file = join(folder, 'own.stemma');
  await stemma('new', 'resnet20-cifar', '-o', file, '--input', '12,12,1');
  const common = ['train', file, '--data', 'mnist', '--batch', '8', '--limit', '16', '--json'];
  const sizeOf = async (...more: string[]) => {
    const { out } = await stemma(...common, ...more);
    const { run } = json(out) as unknown as { run: string };
    const { recipe } = JSON.parse(readFileSync(join(run, 'run.json'), 'utf8')) as {
      recipe: { size: number };
    };
    const input = /"shape":\[(\d+),/.exec(readFileSync(join(run, 'document.stemma'), 'utf8'))?.[1];
    return [recipe.size, Number(input)];
  };
  expect(await sizeOf()).toEqual([12, 12]);
  expect(await sizeOf('--size', '10')).toEqual([10, 10]);
  expect((await stemma(...common, '--classes', '10')).err).toContain('--classes shapes a template');
});

test.skipIf(process.platform === 'win32')(
  'Ctrl+C in a terminal: stops after the step, weights kept',
  async () => {
    const words = ['train', 'resnet20-cifar', '--data', 'mnist', '--size', '16', '--batch', '8', '--json'];
    const env = { ...process.env, STEMMA_RUNS: join(folder, 'stopped') };
    const child = spawn('node', [bin, ...words], { detached: true, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
    });
    // The group as a whole, as a terminal does it, once a step has been taken.
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => {
      const before = said.includes('loss');
      said += chunk.toString();
      if (!before && said.includes('loss')) process.kill(-(child.pid ?? 0), 'SIGINT');
    });
    const code = await new Promise((resolve) => child.on('exit', resolve));
    expect(code).toBe(0);
    const result = json(out) as unknown as { run: string; testAccuracy: number | null };
    expect(result.testAccuracy).toBe(null);
    expect(JSON.parse(readFileSync(join(result.run, 'run.json'), 'utf8'))).toMatchObject({
      state: 'stopped',
    });
    expect(readFileSync(join(result.run, 'weights.safetensors')).length).toBeGreaterThan(1e6);
  },
);

test('a run that ended before it had weights still gives its drawing; nothing is overwritten unasked', async () => {
  const document = '{"format":"stemma","version":1,"title":"t","nodes":[],"wires":[]}';
  const run = await createRun(join(folder, 'early'), {
    title: 'early',
    recipe: {},
    environment: {},
    document,
  });
  await run.close();
  const out = join(folder, 'early.stemma');
  expect((await stemma('export', run.folder, '--to', 'document', '-o', out)).code).toBe(0);
  expect(readFileSync(out, 'utf8')).toBe(document);
  const again = await stemma('export', run.folder, '--to', 'document', '-o', out);
  expect(again.err).toContain('early.stemma exists already. Name another, or add --force');
});
