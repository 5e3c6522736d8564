import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { askNvidia, cardsOnBus, describeMachine } from './describe-machine.node.ts';
import { parseNvidiaSmi } from './nvidia-smi.ts';
import { runProgram } from './run-program.node.ts';
import { missing } from './testing-machines.ts';
import { askAside, askHere } from './webgpu/adapters.node.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stemma-machine-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const onUnix = test.skipIf(process.platform === 'win32');

/** A program that stands in for one of the system's. */
function program(name: string, script: string): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

test('this machine is described, whatever it has', async () => {
  const machine = await describeMachine(missing);
  expect(machine).toMatchObject({ platform: process.platform, arch: process.arch, wasmSimd: true });
  expect(machine.processor.cores).toBeGreaterThan(0);
  expect(machine.memory.availableBytes).toBeGreaterThan(1e8);
  expect(machine.memory.availableBytes).toBeLessThanOrEqual(machine.memory.totalBytes);
});

test("NVIDIA's answer: two GPUs, values that the driver does not tell, warnings between", () => {
  const text = `Warning: persistence mode is disabled
0, GPU-3f2c1, NVIDIA A100-SXM4-80GB, 81920, 79000, 550.54.15, 8.0
1, GPU-77aa2, Tesla K80, 11441, [N/A], 470.256.02
2, [N/A], NVIDIA GB10, [N/A], [Not Supported], 580.95.05, 12.1
`;
  expect(parseNvidiaSmi(text)).toEqual([
    {
      ...{ index: 0, uuid: 'GPU-3f2c1', name: 'NVIDIA A100-SXM4-80GB', driver: '550.54.15' },
      ...{ totalBytes: 81920 * 2 ** 20, freeBytes: 79000 * 2 ** 20, computeCapability: '8.0' },
    },
    {
      ...{ index: 1, uuid: 'GPU-77aa2', name: 'Tesla K80', driver: '470.256.02' },
      ...{ totalBytes: 11441 * 2 ** 20, freeBytes: undefined, computeCapability: undefined },
    },
    {
      ...{ index: 2, uuid: '', name: 'NVIDIA GB10', driver: '580.95.05' },
      ...{ totalBytes: undefined, freeBytes: undefined, computeCapability: '12.1' },
    },
  ]);
  expect(parseNvidiaSmi('No devices were found\n')).toEqual([]);
});

onUnix('an older tool that knows no compute_cap is asked again without it', async () => {
  const tool = program(
    'nvidia-smi',
    `case "$1" in *compute_cap*) echo 'Field "compute_cap" is not a valid field to query.'; exit 2;; esac
echo '0, GPU-1, Tesla K80, 11441, 11000, 470.256.02'`,
  );
  const { found, problem } = await askNvidia(tool);
  expect(problem).toBeUndefined();
  expect(found).toMatchObject([{ name: 'Tesla K80', driver: '470.256.02' }]);
});

onUnix('every way in which a tool fails is a sentence', async () => {
  expect(await askNvidia(join(folder, 'nvidia-smi'))).toEqual({
    found: [],
    problem: 'nvidia-smi is not installed.',
  });
  const noDriver = program(
    'no-driver',
    'echo "NVIDIA-SMI has failed because it couldn\'t communicate with the NVIDIA driver."; exit 9',
  );
  expect((await askNvidia(noDriver)).problem).toBe(
    "no-driver ended with code 9: NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver.",
  );
  const crashing = program('crashing', 'kill -SEGV $$');
  expect((await runProgram(crashing, [], 5000)).problem).toBe('crashing was ended by SIGSEGV.');
  const hanging = program('hanging', 'exec sleep 60');
  expect((await runProgram(hanging, [], 300)).problem).toBe('hanging did not answer within 0.3 seconds.');
  const plain = join(folder, 'plain');
  writeFileSync(plain, '');
  expect((await runProgram(plain, [], 300)).problem).toMatch(/^plain: .*EACCES/);
});

test('a driver that breaks while it is asked for adapters breaks only the child', async () => {
  const broken = join(folder, 'broken.mjs');
  writeFileSync(broken, "process.kill(process.pid, 'SIGKILL'); setInterval(() => {}, 1000);");
  const { found, problem } = await askAside(broken);
  expect(found).toEqual([]);
  expect(problem).toMatch(/^asking the drivers failed: node(\.exe)? /);
  const odd = join(folder, 'odd.mjs');
  writeFileSync(odd, "console.log('a warning'); console.log('[{}]')");
  expect(await askAside(odd)).toEqual({ found: [], problem: 'the drivers answered something unknown.' });
});

test('where there is no GPU, Dawn says why', async () => {
  const none = join(folder, 'none.mjs');
  writeFileSync(
    none,
    `console.error("Warning: Couldn't load Vulkan: no libvulkan.so.1\\n  at x"); console.log('[]')`,
  );
  expect(await askAside(none)).toEqual({ found: [], problem: "Couldn't load Vulkan: no libvulkan.so.1." });
});

test('asked in this process: one that died of it is not followed by another', async () => {
  const one = { vendor: 'amd', architecture: '', device: '', description: 'RX', isFallback: false };
  const found = [{ ...one, powerPreference: 'low-power' }];
  let during: string[] = [];
  const ask = async () => {
    during = readdirSync(folder);
    return found;
  };
  expect(await askHere(ask, folder)).toEqual({ found });
  expect(during).toEqual([`asking-webgpu-${process.pid}`]);
  expect(readdirSync(folder)).toEqual([]);
  await expect(askHere(() => Promise.reject(new Error('no library')), folder)).rejects.toThrow('no library');
  // Another that asks at this moment; then one that is gone.
  writeFileSync(join(folder, `asking-webgpu-${process.ppid}`), '');
  expect(await askHere(ask, folder)).toEqual({ found });
  const gone = join(folder, 'asking-webgpu-999999999');
  writeFileSync(gone, '');
  expect(await askHere(() => Promise.reject(new Error('asked')), folder)).toEqual({
    found: [],
    problem: `asking the drivers ended the program the last time. Delete ${gone} to have them asked again.`,
  });
});

test('one GPU that answers to both wishes is one', async () => {
  const one = {
    vendor: 'amd',
    architecture: 'rdna-3',
    device: '',
    description: 'RX 7900',
    isFallback: false,
  };
  const two = [
    { ...one, powerPreference: 'high-performance' },
    { ...one, powerPreference: 'low-power' },
  ];
  const answer = join(folder, 'answer.mjs');
  writeFileSync(answer, `console.log(${JSON.stringify(JSON.stringify(two))})`);
  expect(await askAside(answer)).toEqual({ found: [two[0]] });
});

test('cards on the bus: display controllers alone, of vendors that we know', () => {
  const card = (name: string, kind: string, vendor: string) => {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'class'), `${kind}\n`);
    writeFileSync(join(folder, name, 'vendor'), `${vendor}\n`);
  };
  card('0000:00:02.0', '0x030000', '0x8086');
  card('0000:01:00.0', '0x030200', '0x10de');
  card('0000:01:00.1', '0x040300', '0x10de');
  card('0000:02:00.0', '0x030000', '0x1234');
  expect([...cardsOnBus(folder)].sort()).toEqual(['intel', 'nvidia']);
  expect(cardsOnBus(join(folder, 'nothing'))).toEqual([]);
});
