// Everything that must hold, one after the other; ends with a line "N passed, N failed, N skipped".
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, buildElectronHost, buildPage } from './build.mjs';
import { engineForTests } from './test-engine.mjs';

const bin = (name) => join('node_modules', '.bin', name);
const run = (command, args, env = {}) =>
  spawnSync(command, args, {
    stdio: 'inherit',
    env: { ...process.env, ...env },
    shell: process.platform === 'win32',
  });

const verify = process.argv.includes('--verify');
const folder = mkdtempSync(join(tmpdir(), 'stemma-test-'));
const total = { passed: 0, failed: 0, skipped: 0 };

function check(name, args) {
  const ok = run(bin(name), args).status === 0;
  console.log(`${ok ? 'passed' : 'FAILED'}: ${name} ${args.join(' ')}`);
  total[ok ? 'passed' : 'failed']++;
}

/** Runs a test runner that leaves a report; `read` counts what stands there and names what was skipped. */
function suite(name, args, env, report, read) {
  const { status } = run(bin(name), args, env);
  try {
    const { passed, failed, skipped } = read(JSON.parse(readFileSync(report, 'utf8')));
    total.passed += passed;
    total.failed += failed;
    total.skipped += skipped.length;
    for (const title of skipped) console.log(`skipped: ${title}`);
    // Something broke outside of every test.
    if (status !== 0 && failed === 0) total.failed++;
  } catch (error) {
    console.error(`${name} left no report: ${error.message}`);
    total.failed++;
  }
}

function readVitest({ numPassedTests, numFailedTests, testResults }) {
  const all = testResults.flatMap((file) => file.assertionResults);
  const skipped = all.filter(({ status }) => status !== 'passed' && status !== 'failed');
  return { passed: numPassedTests, failed: numFailedTests, skipped: skipped.map((t) => t.fullName) };
}

function readPlaywright({ stats, suites }) {
  const specsOf = (all) => all.flatMap((s) => [...s.specs, ...specsOf(s.suites ?? [])]);
  const skipped = specsOf(suites).filter((spec) => spec.tests.every(({ status }) => status === 'skipped'));
  if (stats.flaky > 0) console.log(`flaky: ${stats.flaky} passed at the second try only`);
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected,
    skipped: skipped.map(({ title, tests }) => `${title}: ${tests[0].annotations[0]?.description ?? ''}`),
  };
}

for (const project of ['.', 'renderer', 'electron', 'e2e']) check('tsc', ['-p', project]);
check('biome', ['check', '.']);
await build();
await buildPage();
await buildElectronHost();

const engine = engineForTests();
console.log(`native engine for the tests: ${engine.said}`);

const vitestReport = join(folder, 'vitest.json');
suite(
  'vitest',
  ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${vitestReport}`],
  { ...engine.env, ...(verify && { STEMMA_VERIFY: '1' }) },
  vitestReport,
  readVitest,
);
const playwrightReport = join(folder, 'playwright.json');
suite(
  'playwright',
  ['test', '-c', 'e2e/playwright.config.ts'],
  { STEMMA_E2E_REPORT: playwrightReport },
  playwrightReport,
  readPlaywright,
);
rmSync(folder, { recursive: true });
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed > 0 ? 1 : 0;
