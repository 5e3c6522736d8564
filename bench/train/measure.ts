/** Everyone has a turn in every round, one at a time, while the others stand still. */
import { describeError } from '../../src/base/errors.ts';
import { busyShare } from './machine.ts';
import type { Participant } from './participants.ts';
import { type Hello, PeerProcess, type Prepared, type Turn } from './process.ts';
import type { Absent, EntryResult, Measured } from './results.ts';
import { median } from './statistics.ts';
import type { Entry, Work } from './works.ts';

/** A peer that needs so many times PyTorch's time is never the fastest: it has no turns. */
const TOO_SLOW = 4;
/** How many get ready at once: compilers use one core each. */
const AT_ONCE = 2;
const LOOK_MS = 400;

interface Started {
  readonly process: PeerProcess;
  readonly hello: Hello;
}

interface Ready extends Started {
  readonly participant: Participant;
  readonly prepared: Prepared;
  readonly turns: Turn[];
}

export class Bench {
  readonly #started = new Map<string, Started>();
  readonly #tell: (line: string) => void;

  constructor(tell: (line: string) => void) {
    this.#tell = tell;
  }

  /** Processes are kept for the next work. */
  end(): void {
    for (const { process } of this.#started.values()) process.end();
    this.#started.clear();
  }

  async measure(entry: Entry, participants: readonly Participant[], rounds: number): Promise<EntryResult> {
    this.#tell(`\n${entry.title} (${entry.id})`);
    // A process that has done other work has grown.
    if (entry.memory) this.end();
    const absent: Absent[] = [];
    const ready: Ready[] = [];
    const waiting = [...participants];
    const prepareNext = async (): Promise<void> => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const result = await this.#prepare(entry, next);
        if ('absent' in result) absent.push(result);
        else ready.push(result);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, prepareNext));
    const order = (id: string) => participants.findIndex((p) => p.id === id);
    ready.sort((a, b) => order(a.participant.id) - order(b.participant.id));
    const racing = ready.filter((one) => !this.#leftOut(one, ready, absent));
    const busy: number[] = [];
    for (let round = 0; round < rounds; round++) {
      busy.push(await busyShare(LOOK_MS));
      for (const one of [...racing])
        try {
          one.turns.push(await this.#turn(one, entry));
        } catch (error) {
          racing.splice(racing.indexOf(one), 1);
          absent.push(this.#gone(one.participant, error));
        }
      this.#tell(`  round ${round + 1}: ${racing.map(lastTurn).join(', ')}`);
    }
    const measured = [...racing.map(figures), ...absent];
    return { entry, busy, measured: measured.sort((a, b) => order(a.id) - order(b.id)) };
  }

  async #prepare(entry: Entry, participant: Participant): Promise<Ready | Absent> {
    try {
      const started = await this.#start(participant);
      started.process.resume();
      const prepared = await started.process.prepare(workFor(entry, participant));
      started.process.pause();
      const losses = prepared.losses.filter((l) => l !== null).map((l) => l.toFixed(3));
      this.#tell(
        `  ${participant.title}: ready after ${(prepared.prepareMs / 1000).toFixed(1)} s${losses.length > 0 ? `; first losses ${losses.join(', ')}` : ''}`,
      );
      return { ...started, participant, prepared, turns: [] };
    } catch (error) {
      return this.#gone(participant, error);
    }
  }

  async #start({ id, title, command }: Participant): Promise<Started> {
    const known = this.#started.get(id);
    if (known) return known;
    const process = new PeerProcess(title, command);
    try {
      const started = { process, hello: await process.hello() };
      this.#started.set(id, started);
      return started;
    } catch (error) {
      process.end();
      throw error;
    }
  }

  async #turn({ process, participant }: Ready, entry: Entry): Promise<Turn> {
    process.resume();
    const turn = await process.turn(participant.id === 'portable' ? 1 : entry.steps);
    process.pause();
    return turn;
  }

  /** Ended too: what failed once is begun anew with the next work. */
  #gone({ id, title }: Participant, error: unknown): Absent {
    this.#started.get(id)?.process.end();
    this.#started.delete(id);
    const why = describeError(error);
    this.#tell(`  ${title}: not available: ${why}`);
    return { id, title, absent: why };
  }

  #leftOut(one: Ready, all: readonly Ready[], absent: Absent[]): boolean {
    const { id, title } = one.participant;
    const lastOf = (ready: Ready | undefined) => ready?.prepared.warmupMs.at(-1) ?? Number.NaN;
    const ms = lastOf(one);
    const own = id === 'stemma' || id === 'portable' || id === 'pictures';
    if (own || !(ms > TOO_SLOW * lastOf(all.find((r) => r.participant.id === 'torch')))) return false;
    const why = `${(ms / 1000).toFixed(1)} s a step, more than ${TOO_SLOW} times PyTorch's: it had no turns`;
    this.#tell(`  ${title}: ${why}`);
    absent.push({ id, title, absent: why });
    return true;
  }
}

/** The portable engine's step is long, and its first is like the others. */
const workFor = (entry: Entry, { id }: Participant): Work =>
  id === 'portable' ? { ...entry.work, warmup: 1 } : entry.work;

const lastTurn = ({ participant, turns }: Ready) =>
  `${participant.id} ${median(turns.at(-1)?.ms ?? []).toFixed(0)} ms`;

const figures = ({ participant, hello, prepared, turns }: Ready): Measured => ({
  ...{ id: participant.id, title: participant.title, version: hello.version },
  ...{ losses: prepared.losses, prepareMs: prepared.prepareMs, rounds: turns.map((t) => t.ms) },
  ...{ idleMb: hello.idleMb, peakMb: Math.max(...turns.map((t) => t.peakMb)) },
});
