/** The eager context: nothing is left behind, and what TensorFlow refuses is told with the operation's name. */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { beforeAll, describe, expect, test } from 'vitest';
import { startTensorFlow } from '../tensorflow.node.ts';
import { Graph } from './graph.node.ts';
import { locateTensorFlow } from './locate.node.ts';
import { Operations } from './operations.node.ts';
import { configOf, DType, type Handle, type Runtime } from './runtime.node.ts';

test('a number of threads is written as a ConfigProto has it', () => {
  expect([...configOf({})]).toEqual([]);
  expect([...configOf({ intraThreads: 2, interThreads: 1 })]).toEqual([16, 2, 40, 1]);
  // From 128 on a number takes two bytes.
  expect([...configOf({ intraThreads: 192 })]).toEqual([16, 0xc0, 1]);
});

const STEPS = 200_000;
const FLOAT = { T: ['type', DType.float32] } as const;

describe.skipIf(!locateTensorFlow().library)("TensorFlow's eager context", () => {
  let runtime: Runtime;
  beforeAll(() => {
    runtime = startTensorFlow().of;
  });

  test(`${STEPS} times make, execute, read, delete: memory stays where it is`, () => {
    const values = new Float32Array(1000).fill(2);
    const once = () => {
      const x = runtime.tensor(DType.float32, [1000], values);
      const [y] = runtime.execute('Square', [x], FLOAT, 1) as [Handle];
      runtime.delete(x);
      runtime.delete(y);
    };
    for (let i = 0; i < STEPS / 10; i++) once();
    const [live, before] = [runtime.live, process.memoryUsage.rss()];
    for (let i = 0; i < STEPS; i++) once();
    expect(runtime.live).toBe(live);
    // Were each tensor's 4 kB left, this would be 1.6 GB; what grows is the garbage of our own side.
    expect(process.memoryUsage.rss() - before).toBeLessThan(100e6);
  });

  test('a result of every type is read', () => {
    const x = runtime.tensor(DType.int32, [2, 2], Int32Array.of(1, 2, 3, 4));
    expect(runtime.shapeOf(x)).toEqual([2, 2]);
    expect([...runtime.read(x, Int32Array)]).toEqual([1, 2, 3, 4]);
    const [y] = runtime.execute('Greater', [x, x], { T: ['type', DType.int32] }, 1) as [Handle];
    expect([...runtime.read(y, Uint8Array)]).toEqual([0, 0, 0, 0]);
    runtime.delete(x);
    runtime.delete(y);
  });

  test.each([
    ['an operation that does not exist', 'NoSuchOp', 'NoSuchOp'],
    ['shapes that do not fit', 'MatMul', 'MatMul'],
  ])('%s is told with its name, and leaves nothing', (_, op, told) => {
    const { live } = runtime;
    const a = runtime.tensor(DType.float32, [2, 3], new Float32Array(6));
    expect(() => runtime.execute(op, [a, a], FLOAT, 1)).toThrow(told);
    runtime.delete(a);
    expect(runtime.live).toBe(live);
    // The context is as it was.
    const b = runtime.tensor(DType.float32, [1], Float32Array.of(3));
    const [square] = runtime.execute('Square', [b], FLOAT, 1) as [Handle];
    expect([...runtime.read(square, Float32Array)]).toEqual([9]);
    runtime.delete(b);
    runtime.delete(square);
  });

  test('a function that fails on its way is told, here and aside', async () => {
    const graph = new Graph(runtime);
    const ops = new Operations(graph);
    const x = graph.placeholder(DType.float32, [-1, -1], 'x');
    const name = `stemma_${process.pid}_failing`;
    graph.toFunction(name, { inputs: [x], outputs: [ops.reshape(x, [2, 2])], effects: [] });
    const a = runtime.tensor(DType.float32, [1, 3], new Float32Array(3));
    expect(() => runtime.execute(name, [a], {}, 1)).toThrow(/reshape/i);
    await expect(runtime.run(name, [a], {}, 1)).rejects.toMatchObject({ code: 'engine/tensorflow' });
    runtime.delete(a);
    runtime.removeFunction(name);
    expect(() => runtime.execute(name, [], {}, 1)).toThrow(name);
  });

  test.skipIf(process.platform === 'win32')('a process that has loaded it ends as others do', async () => {
    const { library } = locateTensorFlow();
    // Beside the packages, so that koffi is found.
    const folder = fileURLToPath(new URL(`../../../dist/test-end-${process.pid}`, import.meta.url));
    const program = join(folder, 'end.mjs');
    try {
      await build({
        stdin: {
          contents: `
            import { Runtime } from './runtime.node.ts';
            process.stdout.write(new Runtime(${JSON.stringify(library)}).version);`,
          resolveDir: dirname(fileURLToPath(import.meta.url)),
        },
        ...{ outfile: program, bundle: true, packages: 'external', platform: 'node', target: 'node20' },
        ...{ format: 'esm', logLevel: 'warning' },
      });
      const { status, signal, stdout } = spawnSync(process.execPath, [program], { encoding: 'utf8' });
      expect({ status, signal, stdout }).toEqual({ status: 0, signal: null, stdout: runtime.version });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test('memory that is not there is told as such', () => {
    const x = runtime.tensor(DType.float32, [1], new Float32Array(1));
    const shape = runtime.tensor(DType.int32, [2], Int32Array.of(2 ** 30, 2 ** 15));
    expect(() => runtime.execute('BroadcastTo', [x, shape], FLOAT, 1)).toThrow(
      expect.objectContaining({ code: 'engine/out-of-memory' }),
    );
    runtime.delete(x);
    runtime.delete(shape);
  });
});
