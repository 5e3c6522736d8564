/** Runs side by side: compare-runs. */
import { type DrawingChange, drawingChanges } from '../../compare/changes.ts';
import { documentDifference } from '../../compare/document-difference.ts';
import { type ComparedRun, runTable } from '../../compare/run-table.ts';
import { tableText } from '../../compare/table-text.ts';
import { findRun } from '../../runs/store.node.ts';
import { comparedRun } from '../../services/compared-run.node.ts';
import type { Command } from './command.ts';
import { homeOf } from './open-run.node.ts';

/** Sentences after which a terminal is full. */
const SHOWN = 20;
const signs = { added: '+', removed: '-', changed: '~' } as const;

function changesFrom(first: ComparedRun, other: ComparedRun): DrawingChange[] {
  if (!first.document || !other.document) return [];
  return drawingChanges(documentDifference(first.document, other.document), first.document, other.document);
}

export const compareRuns: Command = async (words, options) => {
  const home = homeOf(options);
  const runs: ComparedRun[] = [];
  for (const word of words) runs.push(await comparedRun(findRun(home, word)));
  const table = runTable(runs);
  const [first, ...others] = runs as [ComparedRun, ...ComparedRun[]];
  const changes = others.map((run) => changesFrom(first, run));
  const told = changes.flatMap((list, i) =>
    list.length === 0
      ? []
      : [
          '',
          `The drawing of ${table.names[i + 1]}, from that of ${table.names[0]}:`,
          ...list.slice(0, SHOWN).map(({ kind, text }) => `  ${signs[kind]} ${text}`),
          ...(list.length > SHOWN ? [`  and ${list.length - SHOWN} more; --json tells all.`] : []),
        ],
  );
  return {
    text: [tableText(table), ...told].join('\n'),
    json: {
      runs: runs.map(({ record: { id, title }, figures }) => ({ id, title, figures })),
      ...table,
      changes: changes.map((list, i) => ({ run: others[i]?.record.id, changes: list })),
    },
  };
};
