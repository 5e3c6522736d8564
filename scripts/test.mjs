// Everything that must hold, one after the other; ends with a line "N passed, N failed, N skipped".
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from './build.mjs';

const bin = (name) => join('node_modules', '.bin', name);
const run = (command, args, env = {}) =>
  spawnSync(command, args, {
    stdio: 'inherit',
    env: { ...process.env, ...env },
    shell: process.platform === 'win32',
  });

let passed = 0;
let failed = 0;
let skipped = 0;
for (const [name, args] of [
  ['tsc', ['-p', '.']],
  ['biome', ['check', '.']],
]) {
  const ok = run(bin(name), args).status === 0;
  console.log(`${ok ? 'passed' : 'FAILED'}: ${name} ${args.join(' ')}`);
  if (ok) passed++;
  else failed++;
}
await build();
const verify = process.argv.includes('--verify');
const folder = mkdtempSync(join(tmpdir(), 'stemma-test-'));
const report = join(folder, 'report.json');
const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
const { status } = run(bin('vitest'), args, verify ? { STEMMA_VERIFY: '1' } : {});
try {
  const result = JSON.parse(readFileSync(report, 'utf8'));
  passed += result.numPassedTests;
  failed += result.numFailedTests;
  skipped += result.numPendingTests + result.numTodoTests;
  for (const file of result.testResults)
    for (const test of file.assertionResults)
      if (test.status === 'pending' || test.status === 'skipped') console.log(`skipped: ${test.fullName}`);
  if (status !== 0 && result.numFailedTests === 0) failed++;
} catch (error) {
  console.error(`The test runner left no report: ${error.message}`);
  failed++;
}
rmSync(folder, { recursive: true });
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed > 0 ? 1 : 0;
