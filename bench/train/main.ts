/** train …: measures and stores; readme …: puts a stored table into README.md. Started by scripts/bench.mjs. */
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError, describeError } from '../../src/base/errors.ts';
import { chooseEngine } from '../../src/engines/index.node.ts';
import { readTrainOptions, type TrainOptions, usage } from './arguments.ts';
import { peersPython } from './environment.ts';
import { describeMachine, resultName } from './machine.ts';
import { Bench } from './measure.ts';
import { participantsOf } from './participants.ts';
import { endAllAtExit } from './process.ts';
import { withTable } from './readme.ts';
import type { EntryResult, Results } from './results.ts';
import { report, summaryTable } from './table.ts';

const [what, root = '', stemma = '', ...argv] = process.argv.slice(2);
const folder = join(root, 'bench', 'results');
const tell = (line: string) => console.log(line);

async function measure(options: TrainOptions): Promise<Results> {
  const { engine, availability } = await chooseEngine(options.engine);
  const peers = join(root, 'bench', 'peers');
  const python = options.peers ? peersPython(join(peers, 'requirements.txt'), tell) : undefined;
  const programs = { stemma, engine: engine.id, peers, python };
  const machine = describeMachine();
  const began = performance.now();
  const bench = new Bench(tell);
  const entries: EntryResult[] = [];
  for (const entry of options.entries)
    entries.push(await bench.measure(entry, participantsOf(entry, programs), options.rounds));
  bench.end();
  return {
    ...{ date: new Date().toISOString(), machine, engine: engine.id, device: availability.device },
    ...{ rounds: options.rounds, durationS: (performance.now() - began) / 1000, entries },
  };
}

function newest(): string {
  const made = (name: string) => statSync(join(folder, name)).mtimeMs;
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  const [last] = names.sort((a, b) => made(b) - made(a));
  if (last === undefined)
    throw new AppError('bench/results', `${folder} holds no results.`, {
      hint: "'npm run bench -- train --peers' makes some.",
    });
  return join(folder, last);
}

function intoReadme(results: Results): void {
  const path = join(root, 'README.md');
  writeFileSync(path, withTable(readFileSync(path, 'utf8'), summaryTable(results)));
  tell(`The table stands in ${path}.`);
}

async function train(): Promise<void> {
  const options = readTrainOptions(argv);
  if (!options) return tell(usage);
  endAllAtExit();
  const results = await measure(options);
  const path = join(folder, resultName(results.date, results.machine));
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${path}.json`, `${JSON.stringify(results, null, 2)}\n`);
  writeFileSync(`${path}.md`, report(results));
  tell(`\n${report(results)}\nStored as ${path}.json and .md`);
  if (options.readme) intoReadme(results);
}

try {
  if (what === 'train') await train();
  else intoReadme(JSON.parse(readFileSync(argv[0] ?? newest(), 'utf8')) as Results);
} catch (error) {
  console.error(describeError(error));
  process.exitCode = 1;
}
