/** Who is chosen on which machine, and in which words. */
import { describe, expect, test } from 'vitest';
import { choose } from './ask.node.ts';
import type { Machine, NvidiaDevice } from './machine.ts';
import { tensorflowEnvironment } from './offers/tensorflow.ts';
import { tensorflow } from './tensorflow.node.ts';
import { all, FASTEST, on, said } from './testing-choices.node.ts';
import { bare, cpuBuild, gpuBuild, missing, rtx, withGpus } from './testing-machines.ts';

describe('the processor alone', () => {
  test('nothing installed: the portable engine; the slow one never by itself', async () => {
    expect(await on(bare)).toBe(`portable@cpu: ${FASTEST}`);
    const noSimd = { ...bare, wasmSimd: false };
    await expect(on(noSimd)).rejects.toThrow('No engine can run here.');
    expect(await on(noSimd, 'cpu')).toBe('cpu@cpu: asked for');
    await expect(on(noSimd, 'portable')).rejects.toThrow(
      'Engine portable cannot run here: WebAssembly with SIMD is needed and not here',
    );
  });

  test.each([
    ['linux', 'x64'],
    ['linux', 'arm64'],
    ['darwin', 'arm64'],
    ['win32', 'x64'],
  ])('%s on %s with the library: TensorFlow', async (platform, arch) => {
    expect(await on({ ...bare, platform, arch, tensorflow: cpuBuild })).toBe(`tensorflow@cpu: ${FASTEST}`);
  });

  test('a library that does not load is told with its folder and what to do, and not taken', async () => {
    const broken = {
      ...bare,
      tensorflow: { ...cpuBuild, broken: 'libm.so.6: version GLIBC_2.38 not found.' },
    };
    expect(await on(broken)).toBe(`portable@cpu: ${FASTEST}`);
    await expect(on(broken, 'tensorflow')).rejects.toMatchObject({
      code: 'engine/unavailable',
      message:
        "Engine tensorflow cannot run here: TensorFlow's library in /tf does not load: libm.so.6: version GLIBC_2.38 not found. 'stemma engines install tensorflow' brings it anew.",
      hint: "'stemma engines' tells what can.",
    });
    await expect(on(bare, 'tensorflow')).rejects.toThrow(
      "Engine tensorflow cannot run here: TensorFlow's library is not installed.",
    );
  });

  test('too little memory: the engine that has more; where none has, the fastest all the same, and it is told', async () => {
    expect(await on({ ...bare, tensorflow: cpuBuild }, undefined, 20e9)).toBe(
      `tensorflow@cpu: ${FASTEST}, although it needs about 20.0 GB, and 12.0 GB of 16.0 GB are free`,
    );
    expect(await on(bare, undefined, 5e9)).toBe(
      `portable@cpu: ${FASTEST}, although it needs about 5.0 GB, and 4.3 GB are free`,
    );
    const poor = { ...bare, memory: { totalBytes: 4e9, availableBytes: 1e9 } };
    expect(await on(poor, 'portable', 2e9)).toBe(
      'portable@cpu: asked for, although it needs about 2.0 GB, and 1.0 GB of 4.0 GB are free',
    );
  });
});

describe('NVIDIA', () => {
  test('a GPU that all is there for is chosen and named, with its environment', async () => {
    const { availability } = await choose(all, withGpus(rtx), undefined, 0);
    expect(availability.device).toBe('NVIDIA GeForce RTX 3060');
    expect(await on(withGpus(rtx))).toBe(`tensorflow@cuda:0: ${FASTEST}`);
    const [offer] = tensorflow.offers?.(withGpus(rtx)) ?? [];
    expect(offer?.device && tensorflowEnvironment(offer.device)).toEqual({
      CUDA_DEVICE_ORDER: 'PCI_BUS_ID',
      CUDA_VISIBLE_DEVICES: 'GPU-aa',
      TF_FORCE_GPU_ALLOW_GROWTH: 'true',
    });
    expect(tensorflowEnvironment({ id: 'cuda:3', kind: 'gpu', name: '', driverId: '' })).toMatchObject({
      CUDA_VISIBLE_DEVICES: '3',
    });
    expect(tensorflowEnvironment({ id: 'cpu', kind: 'cpu', name: '' })).toEqual({
      CUDA_VISIBLE_DEVICES: '-1',
    });
  });

  test('two GPUs: the one with the most free memory; another can be named', async () => {
    const busy = { ...rtx, freeBytes: 2e9 };
    const a100: NvidiaDevice = { ...rtx, index: 1, uuid: 'GPU-bb', name: 'NVIDIA A100', freeBytes: 70e9 };
    const machine = withGpus(busy, a100);
    expect(await on(machine)).toBe(`tensorflow@cuda:1: ${FASTEST}, with the most free memory of 2 GPUs`);
    expect(await on(machine, 'tensorflow@cuda:0')).toBe('tensorflow@cuda:0: asked for');
    expect(await on(machine, '@gpu')).toBe('tensorflow@cuda:1: asked for');
    expect(await on(machine, 'tensorflow@cpu')).toBe('tensorflow@cpu: asked for');
    await expect(on(machine, 'tensorflow@cuda:2')).rejects.toThrow(
      "There is no device 'cuda:2' here. Devices: cuda:1, cuda:0, cpu.",
    );
    expect(await on(withGpus({ ...a100, driver: '470.1' }, busy), undefined)).toBe(
      `tensorflow@cuda:0: ${FASTEST}`,
    );
  });

  test('too little memory on the GPU: the processor, and why; asked for, it is tried, and that is told', async () => {
    const machine = withGpus({ ...rtx, freeBytes: 5e9 });
    expect(await on(machine, undefined, 9.14e9)).toBe(
      `tensorflow@cpu: ${FASTEST}, where it fits (NVIDIA GeForce RTX 3060: it needs about 9.1 GB, and 5.0 GB of 12.0 GB are free)`,
    );
    expect(await on(machine, '@gpu', 9.14e9)).toBe(
      'tensorflow@cuda:0: asked for, although it needs about 9.1 GB, and 5.0 GB of 12.0 GB are free',
    );
    expect(await on(machine, undefined, 4e9)).toBe(`tensorflow@cuda:0: ${FASTEST}`);
    const silent = withGpus({ ...rtx, freeBytes: undefined, totalBytes: undefined });
    expect(await on(silent, undefined, 9e9)).toBe(`tensorflow@cuda:0: ${FASTEST}`);
  });

  test.each<[string, Machine, string]>([
    [
      'no driver',
      { ...bare, cards: ['nvidia', 'intel'], tensorflow: gpuBuild },
      "none no: There is an NVIDIA GPU, but its driver does not answer: nvidia-smi is not installed. Install or repair NVIDIA's driver, 525.60.13 or newer.",
    ],
    [
      'a driver that does not fit its kernel',
      {
        ...withGpus(),
        nvidia: {
          found: [],
          problem:
            'nvidia-smi ended with code 18: Failed to initialize NVML: Driver/library version mismatch.',
        },
      },
      "none no: There is an NVIDIA GPU, but its driver does not answer: nvidia-smi ended with code 18: Failed to initialize NVML: Driver/library version mismatch. Install or repair NVIDIA's driver, 525.60.13 or newer.",
    ],
    [
      'a driver too old',
      withGpus({ ...rtx, driver: '525.53' }),
      "cuda:0 no: Its driver is too old for CUDA 12.5: expected 525.60.13 or newer, found 525.53. Update NVIDIA's driver.",
    ],
    [
      'a GPU too old',
      withGpus({ ...rtx, name: 'NVIDIA GeForce GTX 970', computeCapability: '5.2' }),
      "cuda:0 no: It is too old for TensorFlow's build: expected compute capability 6.0 or newer, found 5.2. WebGPU may use it.",
    ],
    [
      'a GPU too old for its cuDNN',
      { ...withGpus({ ...rtx, computeCapability: '7.0' }), tensorflow: { ...gpuBuild, cudnn: '9.11.0' } },
      "cuda:0 no: It is too old for TensorFlow's build with cuDNN 9.11.0: expected compute capability 7.5 or newer, found 7.0. WebGPU may use it.",
    ],
    [
      'a GPU too old, which no newer driver mends',
      withGpus({ ...rtx, name: 'Tesla K80', driver: '470.256.02', computeCapability: '3.7' }),
      "cuda:0 no: It is too old for TensorFlow's build: expected compute capability 6.0 or newer, found 3.7. WebGPU may use it.",
    ],
    [
      'the library without GPU support',
      { ...withGpus(rtx), tensorflow: cpuBuild },
      "cuda:0 no: TensorFlow's library here has no CUDA libraries beside it: 'stemma engines install tensorflow --gpu' brings one that has.",
    ],
    [
      'Windows',
      { ...withGpus(rtx), platform: 'win32' },
      "cuda:0 no: TensorFlow's GPU libraries exist for Linux on x64 only; this is win32 on x64. WebGPU may use this GPU.",
    ],
    [
      'Linux on arm64',
      { ...withGpus(rtx), arch: 'arm64' },
      "cuda:0 no: TensorFlow's GPU libraries exist for Linux on x64 only; this is linux on arm64. WebGPU may use this GPU.",
    ],
  ])('%s: told, and the processor is chosen', async (_, machine, words) => {
    expect(said(tensorflow, machine)[0]).toBe(words);
    expect(await on(machine)).toBe(`tensorflow@cpu: ${FASTEST}`);
    // Asked for, it is refused with the same words, and nothing else is taken instead.
    await expect(on(machine, 'tensorflow@gpu')).rejects.toThrow(words.replace(/^.*?: /, ''));
  });

  test('no library at all: the GPU says which one to install', async () => {
    const machine = { ...withGpus(rtx), tensorflow: missing };
    expect(said(tensorflow, machine)).toEqual([
      "cuda:0 no: TensorFlow's library is not installed. 'stemma engines install tensorflow --gpu' brings it with GPU support.",
      "cpu no: TensorFlow's library is not installed.",
    ]);
    expect(await on(machine)).toBe(`portable@cpu: ${FASTEST}`);
    await expect(on(machine, '@cuda:0')).rejects.toThrow(
      "No engine can run on cuda:0 here: TensorFlow's library is not installed. 'stemma engines install tensorflow --gpu'",
    );
  });

  test('newer drivers and GPUs than the build knows are taken', async () => {
    const blackwell = { ...rtx, driver: '580.65.06', computeCapability: '12.0' };
    expect(await on(withGpus(blackwell))).toBe(`tensorflow@cuda:0: ${FASTEST}`);
    expect(await on(withGpus({ ...rtx, driver: '525.60.13', computeCapability: '6.0' }))).toContain('cuda:0');
    expect(await on(withGpus({ ...rtx, computeCapability: undefined }))).toContain('cuda:0');
  });
});

test('a wish that names nothing known is an error with what there is', async () => {
  await expect(on(bare, 'tensorfow')).rejects.toMatchObject({
    code: 'engine/unknown',
    message: "There is no engine 'tensorfow'.",
    hint: expect.stringContaining('portable'),
  });
  await expect(on(bare, 'portable@cuda:0')).rejects.toThrow(
    "There is no device 'cuda:0' here. Devices: cpu.",
  );
  await expect(on(bare, '@gpu')).rejects.toThrow(
    "There is no device 'gpu' here. Devices: cpu. No GPU for WebGPU",
  );
});
