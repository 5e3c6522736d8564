/** Who trains, where, and why: a pure function of what engines offer. It never falls back from a wish in silence. */
import type { Device, Offer } from './machine.ts';

export interface Candidate extends Offer {
  readonly engine: { readonly id: string; readonly title: string };
}

/** What a person asked for; `device`: 'cuda:1', or 'gpu' and 'cpu' for the best of that kind. */
export interface Wish {
  readonly engine?: string;
  readonly device?: string;
}

/** 'tensorflow', 'tensorflow@cuda:1', '@gpu' */
export function parseWish(text: string): Wish {
  const [engine = '', ...rest] = text.split('@');
  const device = rest.join('@');
  return { ...(engine && { engine }), ...(device && { device }) };
}

export interface Selection {
  /** Best first. */
  readonly ranked: readonly Candidate[];
  readonly chosen?: Candidate;
  /** Why that one; or, where none is chosen, why not. One sentence without its end, or whole ones. */
  readonly why: string;
  readonly problem?: { readonly code: 'engine/unknown' | 'engine/unavailable'; readonly hint?: string };
}

/** What a run takes for tensors: the same on every engine, or by the engine's id. */
export type Need = number | ((engine: string) => number);

const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;

export const placeOf = (device: Device | undefined) => device?.name ?? 'none';

/** Undefined where it fits, or where that cannot be told. */
export function tooSmall({ device, engine }: Candidate, need: Need): string | undefined {
  const needBytes = typeof need === 'number' ? need : need(engine.id);
  const free = device?.freeBytes;
  if (free === undefined || needBytes <= free) return undefined;
  const total = device?.totalBytes;
  const of = total !== undefined && total > free ? ` of ${gigabytes(total)}` : '';
  return `it needs about ${gigabytes(needBytes)}, and ${gigabytes(free)}${of} are free`;
}

/** Available before not; what it fits into before what not; then by rank, then by free memory. */
export function rankCandidates(candidates: readonly Candidate[], need: Need = 0): Candidate[] {
  const keys = (c: Candidate) => [
    Number(c.available),
    Number(tooSmall(c, need) === undefined),
    c.rank,
    c.device?.kind === 'gpu' ? (c.device.freeBytes ?? 0) : 0,
  ];
  return [...candidates].sort((a, b) => {
    const [left, right] = [keys(a), keys(b)];
    const differing = left.findIndex((key, i) => key !== right[i]);
    return differing < 0 ? 0 : (right[differing] ?? 0) - (left[differing] ?? 0);
  });
}

export function select(candidates: readonly Candidate[], wish: Wish = {}, need: Need = 0): Selection {
  const ranked = rankCandidates(candidates, need);
  if (wish.engine !== undefined || wish.device !== undefined) return grant(ranked, wish, need);
  const chosen = ranked.find((c) => c.available && c.rank > 0);
  if (!chosen) return { ranked, why: 'No engine can run here.', problem: { code: 'engine/unavailable' } };
  return { ranked, chosen, why: whyBest(ranked, chosen, need) };
}

function grant(ranked: readonly Candidate[], wish: Wish, need: Need): Selection {
  const ofEngine = ranked.filter((c) => wish.engine === undefined || c.engine.id === wish.engine);
  if (ofEngine.length === 0)
    return {
      ranked,
      why: `There is no engine '${wish.engine}'.`,
      problem: { code: 'engine/unknown', hint: `Engines: ${unique(ranked.map((c) => c.engine.id))}.` },
    };
  const { device } = wish;
  const meant = ofEngine.filter(
    (c) => device === undefined || c.device?.id === device || c.device?.kind === device,
  );
  const on = device === undefined ? '' : ` on ${device}`;
  const nobody =
    wish.engine === undefined ? `No engine can run${on} here` : `Engine ${wish.engine} cannot run${on} here`;
  const problem = { code: 'engine/unavailable', hint: "'stemma engines' tells what can." } as const;
  if (meant.length === 0) {
    const known = unique(ofEngine.flatMap((c) => c.device?.id ?? []));
    const reasons = unique(
      ofEngine.filter((c) => !c.device).map((c) => c.reason),
      ' ',
    );
    const devices = known ? ` Devices: ${known}.` : '';
    return {
      ranked,
      why: `There is no device '${device}' here.${devices}${reasons && ` ${reasons}`}`,
      problem,
    };
  }
  const chosen = meant.find((c) => c.available);
  if (!chosen) return { ranked, why: `${nobody}: ${unique(meant.map(told), ' ')}`, problem };
  const small = tooSmall(chosen, need);
  return { ranked, chosen, why: small ? `asked for, although ${small}` : 'asked for' };
}

/** With the GPU's name where there are several to tell apart. */
function told({ device, reason }: Candidate, _: number, all: readonly Candidate[]): string {
  return all.length > 1 && device?.kind === 'gpu' ? `${device.name}: ${reason}` : reason;
}

const unique = (texts: readonly string[], between = ', ') => [...new Set(texts)].join(between);

/** What stood above it and was not taken is told; so is what it was chosen over for its memory. */
function whyBest(ranked: readonly Candidate[], chosen: Candidate, need: Need): string {
  const small = tooSmall(chosen, need);
  if (small) return `the fastest that is available, although ${small}`;
  const passed = ranked
    .filter((c) => c.available && c.rank > chosen.rank)
    .map((c) => `${placeOf(c.device)}: ${tooSmall(c, need)}`);
  const above = passed.length > 0 ? `, where it fits (${passed.join('; ')})` : '';
  const same = ranked.filter(
    (c) => c.available && c.engine.id === chosen.engine.id && c.rank === chosen.rank,
  );
  const of =
    same.length > 1 && chosen.device?.kind === 'gpu'
      ? `, with the most free memory of ${same.length} GPUs`
      : '';
  return `the fastest that is available${above}${of}`;
}
