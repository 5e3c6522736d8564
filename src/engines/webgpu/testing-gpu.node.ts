/** A GPU made of software, for tests of correctness: SwiftShader and a Vulkan loader, as npm's Chromium brings them. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import koffi from 'koffi';
import { ALLOW_SOFTWARE } from '../offers/webgpu.ts';

/** The one that npm has is for these. */
export const hasSoftwareGpu = process.platform === 'linux' && process.arch === 'x64';

/** A library that nobody holds is unloaded. */
export let held: unknown;

/** Must come before anything asks Dawn for a GPU; lasts as long as this process. */
export function provideSoftwareGpu(): void {
  const main = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  const packed = join(dirname(dirname(main)), 'bin', 'swiftshader.tar.br');
  const folder = mkdtempSync(join(tmpdir(), 'stemma-swiftshader-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  execFileSync('tar', ['-xf', '-', '-C', folder], { input: brotliDecompressSync(readFileSync(packed)) });
  // Dawn asks for 'libvulkan.so.1', and is given the one that is loaded under that name.
  held = koffi.load(join(folder, 'libvulkan.so.1'), { global: true });
  // The loader reads the real environment; a test runner may give a copy as process.env.
  const setenv = koffi.load('libc.so.6').func('int setenv(const char *name, const char *value, int replace)');
  setenv('VK_ICD_FILENAMES', join(folder, 'vk_swiftshader_icd.json'), 1);
  process.env[ALLOW_SOFTWARE] = '1';
}
