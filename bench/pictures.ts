/**
 * `npm run bench -- pictures [COUNT]`: how many pictures in files one processor brings to what a network is fed, in a second
 * of its own time (what else runs meanwhile counts little), and how fast and in how much memory COUNT pictures (2,000
 * where not given) are indexed.
 */
import { linkSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { startBatchWorkers } from '../src/data/batch-workers.node.ts';
import { findDataset } from '../src/data/index.node.ts';
import { loadDataset } from '../src/data/load.node.ts';
import { addPictures } from '../src/data/own/add.node.ts';

const count = Number(process.argv[2] ?? 2000);
const home = mkdtempSync(join(tmpdir(), 'stemma-bench-'));
process.env.STEMMA_HOME = join(home, 'stemma');
const ROUNDS = 3;

interface Kind {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly kind: 'jpg' | 'png' | 'webp';
  /** To which it is decoded. */
  readonly side: number;
}
const kinds: readonly Kind[] = [
  { name: 'photograph', width: 500, height: 375, kind: 'jpg', side: 224 },
  { name: 'photograph', width: 500, height: 375, kind: 'jpg', side: 96 },
  { name: 'photograph', width: 500, height: 375, kind: 'webp', side: 224 },
  { name: 'photograph', width: 500, height: 375, kind: 'png', side: 224 },
  { name: 'camera', width: 4000, height: 3000, kind: 'jpg', side: 224 },
  { name: 'small', width: 96, height: 96, kind: 'jpg', side: 64 },
];

/** Coarse and fine noise together compress about as photographs do. */
async function photograph(width: number, height: number, seed: number): Promise<sharp.Sharp> {
  const noise = (w: number, h: number, spread: number) => {
    let state = seed + 1;
    const next = () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state >>> 24;
    };
    const data = Uint8Array.from({ length: w * h * 3 }, () => 128 + ((next() - 128) * spread) / 128);
    return sharp(data, { raw: { width: w, height: h, channels: 3 } });
  };
  const fine = await noise(width, height, 12).png().toBuffer();
  return sharp(
    await noise(16, 12, 120).resize(width, height, { kernel: 'cubic', fit: 'fill' }).png().toBuffer(),
  )
    .composite([{ input: fine, blend: 'soft-light' }])
    .removeAlpha();
}

/** So many pictures of two classes, of which a few are different and the rest are links to them. */
async function lay(folder: string, { width, height, kind }: Kind, many: number): Promise<void> {
  const different = 16;
  for (let i = 0; i < many; i++) {
    const file = join(folder, i % 2 ? 'odd' : 'even', `${i}.${kind}`);
    mkdirSync(join(file, '..'), { recursive: true });
    if (i >= different) linkSync(join(folder, i % 2 ? 'odd' : 'even', `${i % different}.${kind}`), file);
    else
      await (await photograph(width, height, i))
        .toFormat(kind === 'jpg' ? 'jpeg' : kind, { quality: 90 })
        .toFile(file);
  }
}

const secondsOf = ({ user, system }: NodeJS.CpuUsage) => (user + system) / 1e6;

async function decoding(kind: Kind): Promise<void> {
  const folder = join(home, `${kind.name}-${kind.width}-${kind.kind}-${kind.side}`);
  await lay(folder, kind, 64);
  const { id } = await addPictures(folder);
  const { train, mean, std } = await loadDataset(findDataset(id));
  const shape = [kind.side, kind.side, 3] as const;
  const rates: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const workers = startBatchWorkers(1);
    const feed = workers.open({
      ...{ set: train, batchSize: 16, shape, mean, std, seed: round, shuffle: true },
    });
    let seen = 0;
    let began: NodeJS.CpuUsage | undefined;
    for await (const { batch } of feed.batches({ epochs: 2 })) {
      // The first batches wait for the thread and for libvips.
      if (began) seen += batch.count;
      else began = process.cpuUsage();
    }
    rates.push(seen / secondsOf(process.cpuUsage(began)));
    await workers.dispose();
  }
  const [low = 0, middle = 0, high = 0] = rates.toSorted((a, b) => a - b);
  const what = `${kind.name} ${kind.width} × ${kind.height} ${kind.kind} → ${kind.side}²`;
  console.log(
    `${what.padEnd(44)} ${middle.toFixed(0).padStart(6)} pictures a processor-second (${low.toFixed(0)}–${high.toFixed(0)})`,
  );
}

async function indexing(): Promise<void> {
  const folder = join(home, 'many');
  await lay(folder, { name: 'small', width: 96, height: 96, kind: 'jpg', side: 64 }, count);
  const before = process.memoryUsage().rss;
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 50);
  const timed = async (what: string) => {
    const [began, used] = [performance.now(), process.cpuUsage()];
    await addPictures(folder);
    const seconds = (performance.now() - began) / 1000;
    const own = secondsOf(process.cpuUsage(used));
    console.log(
      `${count} pictures of 96² ${what}: ${seconds.toFixed(1)} s (${own.toFixed(1)} s of a processor); ${((most - before) / 1e6).toFixed(0)} MB above ${(before / 1e6).toFixed(0)} MB`,
    );
  };
  await timed('looked at for the first time');
  await timed('looked at again, unchanged');
  clearInterval(watch);
}

try {
  console.log(
    `${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}, sharp ${sharp.versions.sharp}, libvips ${sharp.versions.vips}`,
  );
  for (const kind of kinds) await decoding(kind);
  await indexing();
} finally {
  rmSync(home, { recursive: true, force: true });
}
