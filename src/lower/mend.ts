/** Fixes applied without anyone choosing among them. */
import { applyEdit } from '../document/edits.ts';
import type { StemmaDocument } from '../document/model.ts';
import { type DiagnoseOptions, type Diagnostic, diagnose, errorsOf, keyOf } from './diagnose.ts';
import { eachFix, type Fix } from './fixes.ts';
import { type Lowered, lower } from './lower.ts';

export interface MendOptions extends DiagnoseOptions {
  /** Fixes of warnings too, and fixes that remove nodes. */
  readonly all?: boolean;
}

export interface Mended {
  readonly document: StemmaDocument;
  /** Titles, in order. */
  readonly applied: readonly string[];
  /** `why` finds out, by trying, what would mend it and why that was not done. */
  readonly left: readonly { readonly diagnostic: Diagnostic; readonly why: () => string }[];
}

/** Most steps that mend one error and bring another. */
const MAX_ASIDE = 8;
/** Most problems looked at, each a few milliseconds in a large drawing. */
const MAX_LOOKED_AT = 2000;

interface State {
  readonly lowered: Lowered;
  readonly applied: readonly string[];
}

/**
 * Applies the best fix of each error until none helps. Without `all` no node is removed and warnings stay.
 *
 * It ends: a fix is kept if it leaves fewer errors than any drawing before. One that leaves as many (a cut loop is an
 * open input) is a step aside, of which there are few; steps that lead to no fewer errors are taken back. Of warnings,
 * each fix leaves fewer problems.
 */
export function mend(document: StemmaDocument, { all = false, ...options }: MendOptions = {}): Mended {
  const errorsIn = (state: State) => errorsOf(diagnose(state.lowered, options));
  const apply = ({ lowered, applied }: State, { title, edit }: Fix): State => ({
    lowered: lower(applyEdit(lowered.document, edit).document, lowered),
    applied: [...applied, title],
  });
  const bestFix = ({ lowered }: State, diagnostic: Diagnostic): Fix | undefined => {
    for (const fix of eachFix(lowered, diagnostic, options)) return all || !fix.destructive ? fix : undefined;
    return undefined;
  };

  let best: State = { lowered: lower(document), applied: [] };
  let current = best;
  let aside = MAX_ASIDE;
  let looks = MAX_LOOKED_AT;
  for (;;) {
    const least = errorsIn(best).length;
    let sideways: Fix | undefined;
    let open = new Set(errorsIn(current).map(keyOf));
    for (const diagnostic of errorsIn(current)) {
      // An earlier fix of this round may have removed it.
      if (!open.has(keyOf(diagnostic)) || looks-- <= 0) continue;
      const fix = bestFix(current, diagnostic);
      if (fix && fix.errors < errorsIn(current).length) {
        current = apply(current, fix);
        open = new Set(errorsIn(current).map(keyOf));
      } else sideways ??= fix;
    }
    if (errorsIn(current).length < least) {
      best = current;
    } else if (sideways && aside-- > 0) {
      current = apply(current, sideways);
    } else break;
  }
  if (all) best = mendWarnings(best, (state) => diagnose(state.lowered, options), bestFix, apply);

  const left = diagnose(best.lowered, options).map((diagnostic) => ({
    diagnostic,
    why: () => {
      const { length } = errorsIn(best);
      for (const fix of eachFix(best.lowered, diagnostic, options))
        return reason(fix, diagnostic, all, fix.errors < length);
      return 'no edit is known to mend it; change the drawing by hand.';
    },
  }));
  return { document: best.lowered.document, applied: best.applied, left };
}

function mendWarnings(
  from: State,
  problemsIn: (state: State) => readonly Diagnostic[],
  bestFix: (state: State, diagnostic: Diagnostic) => Fix | undefined,
  apply: (state: State, fix: Fix) => State,
): State {
  let current = from;
  for (const diagnostic of problemsIn(from)) {
    const problems = problemsIn(current);
    if (diagnostic.severity !== 'warning' || !problems.some((d) => keyOf(d) === keyOf(diagnostic))) continue;
    const fix = bestFix(current, diagnostic);
    const next = fix && apply(current, fix);
    if (next && problemsIn(next).length < problems.length) current = next;
  }
  return current;
}

function reason({ title, destructive }: Fix, { severity }: Diagnostic, all: boolean, helps: boolean): string {
  if (!all && destructive) return `"${title}" would remove part of the drawing; --all does it.`;
  if (!all && severity === 'warning')
    return `"${title}" would mend it, but a warning may stay; --all does it.`;
  return helps
    ? `"${title}" mends it, but there was too much to do at once; fix the result again.`
    : `"${title}" brings another problem in its place; choose by hand.`;
}
