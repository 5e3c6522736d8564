import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AppError } from '../base/errors.ts';
import { fakeWheel } from '../engines/install/fake-wheel.node.ts';
import type { Installation } from '../engines/install/install.node.ts';
import type { EngineInstalling } from './contract.ts';
import { createEnginesHandlers } from './engines-handlers.node.ts';
import { caller, failure } from './testing-host.node.ts';

let scratch: string;
const engine = 'tensorflow' as const;
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'stemma-engines-'));
  vi.stubEnv('STEMMA_HOME', join(scratch, 'home'));
  vi.stubEnv('STEMMA_TENSORFLOW_DIR', '');
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(scratch, { recursive: true, force: true });
});

function services(installation: Partial<Installation> = {}, isTraining = () => false) {
  const { plan, wheel } = fakeWheel(scratch);
  const told: EngineInstalling[] = [];
  let changes = 0;
  const made = createEnginesHandlers({
    broadcast: (_name, value) => void told.push(value as EngineInstalling),
    fork() {
      throw new Error('no trainer in this test');
    },
    ...{ isTraining, changed: () => void changes++ },
    given: {
      planFor: (_platform, _arch, gpu) => (gpu ? undefined : plan),
      installation: {
        runTrial: async ({ on }) => (on.engine === 'portable' ? 500 : 50),
        findClient: async () => undefined,
        ...installation,
      },
    },
  });
  return { ...made, told, plan, wheel, changes: () => changes };
}

test('what can be installed is told with its sizes, and what stands in the way', async () => {
  const { handlers, plan } = services();
  expect(await handlers['engines.installation']({ engine }, caller)).toMatchObject({
    variants: [{ gpu: false, version: '1.0.0', downloadBytes: plan.pins[0]?.sizeBytes }],
    ...{ client: null, installed: null, state: null },
    why: expect.stringContaining('Neither pip nor uv is here'),
  });
});

test('an installation tells its phases, ends with the gain, and can be taken back', async () => {
  const { handlers, told, wheel, changes } = services();
  await handlers['engines.install']({ engine, gpu: false, wheel }, caller);
  expect([...new Set(told.map(({ phase }) => phase))]).toEqual([
    ...['verifying', 'unpacking', 'trying', 'measuring', 'done'],
  ]);
  const measured = { portableStepMs: 500, tensorflowStepMs: 50 };
  expect(told.at(-1)).toMatchObject({ measured, error: null, message: 'TensorFlow 1.0.0 is installed.' });
  const after = await handlers['engines.installation']({ engine }, caller);
  expect(after).toMatchObject({
    installed: { version: '1.0.0', measured },
    found: { source: 'installed' },
    state: { phase: 'done' },
  });
  await handlers['engines.remove']({ engine }, caller);
  expect(await handlers['engines.installation']({ engine }, caller)).toMatchObject({
    ...{ installed: null, state: null },
  });
  expect(changes()).toBe(2);
});

test('one at a time; cancelled it says so, and the host’s end cancels it', async () => {
  let isTrying = () => {};
  const trying = new Promise<void>((resolve) => (isTrying = resolve));
  const { handlers, told, wheel, dispose } = services({
    runTrial: ({ signal }) =>
      new Promise((_, reject) => {
        isTrying();
        signal?.addEventListener('abort', () => reject(new AppError('engine/cancelled', 'ended')));
      }),
  });
  const argument = { engine, gpu: false, wheel };
  const first = failure(handlers['engines.install'](argument, caller));
  await trying;
  for (const call of ['engines.install', 'engines.remove'] as const)
    expect(await failure(handlers[call](argument, caller))).toMatchObject({ code: 'engine/busy' });
  await handlers['engines.cancelInstall']({ engine }, caller);
  expect(await first).toMatchObject({ code: 'engine/cancelled' });
  expect(told.at(-1)).toMatchObject({ phase: 'cancelled', error: { code: 'engine/cancelled' } });
  const second = failure(handlers['engines.install'](argument, caller));
  await dispose();
  expect(await second).toMatchObject({ code: 'engine/cancelled' });
});

test('what fails is told with its hint; what is not to be had is refused', async () => {
  const { handlers, told } = services();
  const install = handlers['engines.install'];
  expect(await failure(install({ engine, gpu: false, wheel: null }, caller))).toMatchObject({
    code: 'engine/no-client',
  });
  expect(told.at(-1)).toMatchObject({ phase: 'failed', error: { code: 'engine/no-client' } });
  expect(told.at(-1)?.error?.hint).toContain('Install Python with pip');
  expect(await failure(install({ engine, gpu: true, wheel: null }, caller))).toMatchObject({
    code: 'engine/no-plan',
  });
});

test('beside a training it is installed without being measured, and not removed', async () => {
  const { handlers, told, wheel } = services({}, () => true);
  await handlers['engines.install']({ engine, gpu: false, wheel }, caller);
  expect(told.at(-1)).toMatchObject({ phase: 'done', measured: null });
  expect(await failure(handlers['engines.remove']({ engine }, caller))).toMatchObject({
    code: 'engine/training',
  });
});
