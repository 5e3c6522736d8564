import { AlertTriangle, X } from 'lucide-react';
import { useMemo } from 'react';
import type { RunEnd } from '../../src/services/contract.ts';
import type { TrainingWarning } from '../../src/training/course.ts';
import { warningsOf } from '../../src/training/warnings.ts';
import type { Series } from '../training/series.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { useLooks } from './store.ts';
import { applyFix, canFix, courseOf, dismiss, networkOfText, useDismissed } from './warnings.ts';

interface WarningsProps {
  readonly run: string;
  readonly document: string;
  readonly title: string;
  readonly recipe: Readonly<Record<string, unknown>>;
  readonly series: Series;
  readonly end: Pick<RunEnd, 'state' | 'reason'> | null;
}

/** So many steps are taken before they are looked at again, where no look comes. */
const STEPS = 25;

/** What goes wrong with the run, each with the figures that show it, why, and what to do. */
export function Warnings({ run, document, title, recipe, series, end }: WarningsProps) {
  const looks = useLooks((s) => (s.run === run ? s.looks : undefined));
  const dismissed = useDismissed((s) => s.keys);
  const network = useMemo(() => networkOfText(document, title), [document, title]);
  const steps = Math.floor(series.train.step.length / STEPS);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a series grows in place; its length tells.
  const warnings = useMemo(
    () => (network ? warningsOf(courseOf({ series, looks: looks ?? [], recipe, network, end })) : []),
    [network, looks, series, steps, recipe, end],
  );
  const shown = warnings.filter(({ code }) => !dismissed.has(`${run} ${code}`));
  if (shown.length === 0) return null;
  return (
    <div className="warnings" role="status" aria-label="Warnings" data-testid="training-warnings">
      {shown.map((warning) => (
        <Warning key={warning.code} warning={warning} onClose={() => dismiss(run, warning.code)} />
      ))}
    </div>
  );
}

interface WarningProps {
  readonly warning: TrainingWarning;
  readonly onClose: () => void;
}

function Warning({ warning: { title, evidence, why, path, fixes }, onClose }: WarningProps) {
  const node = path?.split('/')[0];
  return (
    <div className="callout warn warning text-selectable">
      <AlertTriangle size={15} aria-hidden />
      <div className="warning-words">
        <b>{title}</b>
        <span>{evidence}</span>
        <details>
          <summary>Why, and what helps</summary>
          {why}
        </details>
        <div className="warning-fixes">
          {fixes.filter(canFix).map((fix) => (
            <Button key={fix.title} small onClick={() => applyFix(fix)}>
              {fix.title}
            </Button>
          ))}
          {node !== undefined && (
            <Button small kind="quiet" onClick={() => useLooks.setState({ node })}>
              Show {node}
            </Button>
          )}
        </div>
      </div>
      <IconButton label="Put this warning away" onClick={onClose}>
        <X size={14} />
      </IconButton>
    </div>
  );
}
