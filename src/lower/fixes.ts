/**
 * Fixes are edits. Candidates are guessed from a diagnostic's code; each is applied to the drawing and offered only
 * where its diagnostic is gone afterwards and there are no more errors than before.
 */
import { applyEdit, type Edit } from '../document/edits.ts';
import type { StemmaDocument } from '../document/model.ts';
import { candidates } from './candidates.ts';
import { type DiagnoseOptions, type Diagnostic, diagnose, errorsOf, keyOf } from './diagnose.ts';
import { type Lowered, lower } from './lower.ts';

export interface Fix {
  readonly title: string;
  readonly edit: Edit;
  /** It removes nodes, so it is for a person to choose. */
  readonly destructive: boolean;
  /** How many errors the drawing has with it. */
  readonly errors: number;
}

/** A hopeless problem in a large drawing must not try every node. */
const MAX_TRIED = 40;
const MAX_OFFERED = 6;

const isDestructive = ({ changes }: Edit) => changes.some((c) => c.put === 'node' && c.value === null);

/**
 * Edits that are known to remove this diagnostic, each tried as it is asked for, so the first costs little. Those
 * that bring no other error in its place come first, those that remove nodes last.
 */
export function* eachFix(
  drawing: StemmaDocument | Lowered,
  diagnostic: Diagnostic,
  options?: DiagnoseOptions,
): Generator<Fix, void> {
  const lowered = 'portNames' in drawing ? drawing : lower(drawing);
  const { document } = lowered;
  const key = keyOf(diagnostic);
  const errors = errorsOf(diagnose(lowered, options));
  const before = new Set(errors.map(keyOf));
  const attempt = (title: string, edit: Edit, destructive: boolean) => {
    const after = diagnose(lower(applyEdit(document, edit).document, lowered), options);
    if (after.some((d) => d.code === diagnostic.code && keyOf(d) === key)) return undefined;
    const left = errorsOf(after);
    if (left.length > errors.length) return undefined;
    const fresh = left.reduce((count, d) => count + Number(!before.has(keyOf(d))), 0);
    return { fresh, fix: { title, edit, destructive, errors: left.length } };
  };
  const titles = new Set<string>();
  const destructive: { title: string; edit: Edit }[] = [];
  const later: { fresh: number; fix: Fix }[] = [];
  let offered = 0;
  for (const { title, edit: build } of candidates(lowered, diagnostic)) {
    if (titles.has(title)) continue;
    titles.add(title);
    const edit = build(document);
    if (isDestructive(edit)) destructive.push({ title, edit });
    else if (titles.size - destructive.length <= MAX_TRIED && offered < MAX_OFFERED) {
      const tried = attempt(title, edit, false);
      if (tried?.fresh === 0) {
        offered++;
        yield tried.fix;
      } else if (tried) later.push(tried);
    }
  }
  later.sort((a, b) => a.fresh - b.fresh);
  for (const { fix } of later.slice(0, Math.max(0, MAX_OFFERED - offered))) yield fix;
  for (const { title, edit } of destructive) {
    const tried = attempt(title, edit, true);
    if (tried) yield tried.fix;
  }
}

/** All that `eachFix` offers. */
export function fixes(
  drawing: StemmaDocument | Lowered,
  diagnostic: Diagnostic,
  options?: DiagnoseOptions,
): Fix[] {
  return [...eachFix(drawing, diagnostic, options)];
}

/** The best fix, if there is one. */
export function firstFix(
  drawing: StemmaDocument | Lowered,
  diagnostic: Diagnostic,
  options?: DiagnoseOptions,
): Fix | undefined {
  for (const fix of eachFix(drawing, diagnostic, options)) return fix;
  return undefined;
}
