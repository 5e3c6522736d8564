/** A chart's figures as a table: every step that there is, however few are drawn. */
import type { Line } from './lines.ts';

const quoted = (name: string) => (/[",\n]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name);

/** Lines that go into one piece of text; a string of a million lines at once would stand in memory twice. */
const PIECE = 10_000;

/** step, epoch, seconds, then each line; nothing where a line has nothing. */
export function* csvPieces(lines: readonly Line[], stepsPerEpoch: number): Generator<string> {
  yield `${['step', 'epoch', 'seconds', ...lines.map(({ label }) => quoted(label))].join(',')}\n`;
  const at = lines.map(() => 0);
  let piece: string[] = [];
  for (;;) {
    let step = Number.POSITIVE_INFINITY;
    let seconds = 0;
    for (const [i, { places }] of lines.entries()) {
      const here = places.step.at(at[i] as number);
      if (here < step) [step, seconds] = [here, places.time.at(at[i] as number)];
    }
    if (step === Number.POSITIVE_INFINITY) break;
    const cells = lines.map(({ places, y }, i) => {
      const index = at[i] as number;
      if (places.step.at(index) !== step) return '';
      at[i] = index + 1;
      const value = y.at(index);
      return Number.isFinite(value) ? `${value}` : '';
    });
    const epoch = Number((step / stepsPerEpoch).toPrecision(9));
    piece.push(`${[step, epoch, Number(seconds.toFixed(3)), ...cells].join(',')}\n`);
    if (piece.length < PIECE) continue;
    yield piece.join('');
    piece = [];
  }
  yield piece.join('');
}
