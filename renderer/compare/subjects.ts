/** What can be compared: runs, the open drawing, files, templates. */
import { useMemo } from 'react';
import type { StemmaDocument } from '../../src/document/model.ts';
import { templates } from '../../src/templates/index.ts';
import { useApp } from '../state/app.ts';
import { useEditor } from '../state/editor.ts';
import { idOf, useRuns } from '../training/runs.ts';
import { useSaved } from './saved-drawings.ts';
import { type Subject, useCompare } from './store.ts';
import { templateLike } from './templates.ts';

export function openRunOf(run: string): void {
  useRuns.setState({ selected: run });
  useApp.setState({ view: 'runs' });
}

/** Null: it is no run. */
export const runOf = (subject: Subject): string | null =>
  subject.startsWith('run:') ? subject.slice(4) : null;

/** Null: it lies in no file. */
export const placeOf = (subject: Subject): string | null =>
  subject.startsWith('file:') ? subject.slice('file:'.length) : null;

export interface SubjectOption {
  readonly subject: Subject;
  readonly title: string;
  readonly group: 'Drawing' | 'Runs' | 'Files' | 'Templates';
}

/** Everything whose drawing can be shown. */
export function useSubjects(): readonly SubjectOption[] {
  const list = useRuns((s) => s.list);
  const title = useEditor((s) => s.history.document.title);
  const saved = useSaved((s) => s.entries);
  return useMemo(
    () => [
      { subject: 'open', title: `${title} (open now)`, group: 'Drawing' },
      ...(list ?? []).flatMap((item): SubjectOption[] =>
        'record' in item
          ? [
              {
                subject: `run:${idOf(item)}`,
                title: `${item.record.title} (${idOf(item).slice(-4)})`,
                group: 'Runs',
              },
            ]
          : [],
      ),
      ...saved.map(
        ({ place, name }): SubjectOption => ({ subject: `file:${place}`, title: name, group: 'Files' }),
      ),
      ...templates.map(
        (t): SubjectOption => ({ subject: `template:${t.id}`, title: t.title, group: 'Templates' }),
      ),
    ],
    [list, title, saved],
  );
}

/** A subject's drawing; undefined until it is read. */
export function useDrawing(subject: Subject): StemmaDocument | null | undefined {
  const open = useEditor((s) => s.history.document);
  const run = runOf(subject) ?? '';
  const trained = useCompare((s) => s.loaded[run]?.document);
  const saved = useSaved((s) => s.read[placeOf(subject) ?? '']);
  return useMemo(() => {
    if (subject === 'open') return open;
    if (subject.startsWith('template:')) return templateLike(subject.slice(9), open);
    return placeOf(subject) === null ? trained : saved;
  }, [subject, open, trained, saved]);
}
