/** Which of WebGPU's adapters is a GPU, and where it stands among the others. */
import { describe, expect, test } from 'vitest';
import type { WebGpuAdapter } from './machine.ts';
import { FASTEST, on, said } from './testing-choices.node.ts';
import { bare, cpuBuild, radeon, withAdapters } from './testing-machines.ts';
import { webgpu } from './webgpu.node.ts';

describe('WebGPU', () => {
  const intel: WebGpuAdapter = {
    ...{ vendor: 'intel', architecture: 'gen-12lp', device: '', description: '', isFallback: false },
    powerPreference: 'low-power',
  };
  const apple = { ...intel, vendor: 'apple', architecture: 'metal-3', description: 'Apple M2' };

  test('a GPU stands above the portable engine, and below TensorFlow, whose speed is known', async () => {
    expect(await on(withAdapters(radeon))).toBe(`webgpu@webgpu:0: ${FASTEST}`);
    expect(await on({ ...withAdapters(apple), platform: 'darwin', arch: 'arm64' })).toBe(
      `webgpu@webgpu:0: ${FASTEST}`,
    );
    const both = { ...withAdapters(radeon), tensorflow: cpuBuild };
    expect(await on(both)).toBe(`tensorflow@cpu: ${FASTEST}`);
    expect(await on(both, 'webgpu')).toBe('webgpu@webgpu:0: asked for');
    expect(await on(both, '@gpu')).toBe('webgpu@webgpu:0: asked for');
  });

  test('two GPUs: the fast one first; the other by its name', async () => {
    const machine = withAdapters(radeon, intel);
    expect(await on(machine, 'webgpu@webgpu:1')).toBe('webgpu@webgpu:1: asked for');
    expect(said(webgpu, machine).map((line) => line.split(':')[0])).toEqual(['webgpu', 'webgpu']);
    expect(webgpu.offers?.(machine).map((o) => [o.device?.name, o.device?.driverId])).toEqual([
      ['AMD Radeon RX 7900 XTX (RADV NAVI31)', 'high-performance'],
      ['intel gen-12lp', 'low-power'],
    ]);
  });

  test.each([
    {
      vendor: 'google',
      architecture: 'swiftshader',
      description: 'SwiftShader driver 5.0.0',
      isFallback: true,
    },
    { vendor: 'google', architecture: 'swiftshader', description: 'SwiftShader Device (Subzero)' },
    { vendor: 'mesa', architecture: '', description: 'llvmpipe (LLVM 15.0.6, 256 bits)' },
    { vendor: 'mesa', architecture: '', device: 'lavapipe', description: '' },
    { vendor: 'microsoft', architecture: '', description: 'Microsoft Basic Render Driver' },
    { vendor: 'microsoft', architecture: 'warp', description: '' },
    { vendor: '', architecture: '', description: '', isFallback: true },
  ])('software is no GPU: %o', async (info) => {
    const machine = withAdapters({ ...intel, ...info });
    expect(await on(machine)).toBe(`portable@cpu: ${FASTEST}`);
    await expect(on(machine, 'webgpu')).rejects.toThrow('is no GPU: it computes on the processor');
    const allowed = { ...machine, softwareAdapterAllowed: true };
    expect(await on(allowed)).toBe(`portable@cpu: ${FASTEST}`);
    expect(await on(allowed, 'webgpu')).toBe('webgpu@webgpu:0: asked for');
  });

  test('GPUs whose names only look like software', async () => {
    for (const description of [
      'NVIDIA GeForce RTX 3060 Lite',
      'Warped Pipe 9000',
      'AMD Radeon Software Edition',
    ])
      expect(await on(withAdapters({ ...radeon, description }))).toContain('webgpu@webgpu:0');
  });

  test('none, and why', async () => {
    await expect(on(bare, 'webgpu')).rejects.toThrow(
      'Engine webgpu cannot run here: No GPU for WebGPU: no driver offers one.',
    );
    const crashed = {
      ...bare,
      webgpu: { found: [], problem: 'asking the drivers failed: node was ended by SIGSEGV.' },
    };
    await expect(on(crashed, 'webgpu@gpu')).rejects.toThrow(
      'No GPU for WebGPU: asking the drivers failed: node was ended by SIGSEGV.',
    );
  });
});
