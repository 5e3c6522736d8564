/** Results as Markdown. */
import type { EntryResult, Machine, Results } from './results.ts';
import { isMet, type Ratio, rowsOf } from './rows.ts';
import { ratioOf, type Spread, spreadOf } from './statistics.ts';

/** Three digits that count, with commas for thousands. */
const figure = (value: number) =>
  value >= 100 ? Math.round(value).toLocaleString('en-US') : value.toFixed(value >= 10 ? 1 : 2);

function spread({ median, min, max }: Spread, show = figure): string {
  const [low, high] = [show(min), show(max)];
  return low === high ? show(median) : `${show(median)} (${low}–${high})`;
}

/** From here on a run is called disturbed. */
const NOISY = 0.15;
const percent = (share: number) => `${Math.round(share * 100)} %`;

const two = (value: number) => value.toFixed(2);

function goal(ratio: Ratio | undefined): string {
  if (!ratio) return '';
  const value = spread(ratio.value, two);
  return ratio.goal === undefined
    ? value
    : `${value}; goal ≤ ${two(ratio.goal)}: ${isMet(ratio) ? 'met' : 'missed'}`;
}

function markdown(heads: readonly string[], lines: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...lines.map(line)].join('\n');
}

export function machineText({ processor, cores, memoryGb, system, node }: Machine): string {
  return `${processor}, ${cores} cores, ${memoryGb} GB, ${system}, Node ${node}`;
}

/** What README shows. */
export function summaryTable(results: Results): string {
  const { date, machine, engine, rounds } = results;
  const busy = Math.max(...results.entries.flatMap((e) => e.busy));
  const head = [
    `Milliseconds a step: median (smallest–largest) of ${rounds} rounds, everyone in turn. ${date.slice(0, 10)}, ${machineText(machine)}; engine ${engine}.`,
    ...(busy > NOISY
      ? [
          `**Others used up to ${percent(busy)} of the processor meanwhile: the figures are not to be relied on.**`,
        ]
      : []),
  ].join('\n');
  const rows = rowsOf(results);
  const shown = (value: Spread | undefined, unit: string) =>
    value ? `${spread(value)}${unit === 'MB' ? ' MB' : ''}` : '';
  const lines = rows.map(({ title, unit, own, base, toBase, fastest, toFastest }) => [
    title,
    shown(own, unit),
    shown(base, unit),
    goal(toBase),
    fastest ? `${fastest.title}: ${shown(fastest.value, unit)}` : '',
    goal(toFastest),
  ]);
  const heads = ['', 'Stemma', 'PyTorch by default', 'ratio', 'best of all peers', 'ratio'];
  return `${head}\n\n${markdown(heads, lines)}`;
}

function detail({ entry, measured, busy }: EntryResult): string {
  const base = measured.find((m) => m.id === 'torch');
  const lines = measured.map((one) => {
    if ('absent' in one) return [one.title, one.absent.replaceAll('|', '/'), '', '', '', ''];
    const { title, version, losses, rounds, idleMb, peakMb, prepareMs } = one;
    const to = base && 'rounds' in base ? spread(ratioOf(rounds, base.rounds), two) : '';
    return [
      `${title} ${version}`,
      spread(spreadOf(rounds.flat())),
      to,
      entry.memory ? `${figure(peakMb - idleMb)} (${figure(idleMb)} → ${figure(peakMb)})` : '',
      (prepareMs / 1000).toFixed(1),
      losses.map((loss) => loss?.toFixed(3) ?? '–').join(', '),
    ];
  });
  const heads = [
    '',
    'ms a step',
    'to PyTorch',
    'MB above idle (idle → peak)',
    's to get ready',
    'first losses',
  ];
  return `### ${entry.title} (${entry.id})\n\nOthers used ${percent(Math.max(...busy))} of the processor at most.\n\n${markdown(heads, lines)}`;
}

/** Everything, as it is stored beside the JSON. */
export function report(results: Results): string {
  const { durationS, device } = results;
  return [
    '# Training, beside others',
    summaryTable(results),
    `Device: ${device}. The run took ${(durationS / 60).toFixed(1)} minutes. A ratio is that of the medians of all steps; in brackets how it differs from round to round. Everyone begins with weights of its own, so losses are alike, not equal; "–" stands for a step that has none. An idle process has its framework loaded and has done one tiny step; peaks of Stemma include building the step, those of peers do not include compiling.`,
    ...results.entries.map(detail),
    '',
  ].join('\n\n');
}
