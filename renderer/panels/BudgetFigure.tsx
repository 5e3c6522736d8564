import { Tip } from '../ui/Tip.tsx';

interface BudgetFigureProps {
  readonly label: string;
  readonly value: string;
  /** The exact figure and what it means. */
  readonly tip: string;
  readonly onClick: () => void;
  /** Left out where the window is narrow. */
  readonly minor?: boolean;
  readonly bad?: boolean;
}

/** One figure; a click leads to where it is explained. */
export function BudgetFigure({ label, value, tip, onClick, minor, bad }: BudgetFigureProps) {
  return (
    <Tip text={tip}>
      <button
        type="button"
        className="budget-figure"
        data-minor={minor || undefined}
        data-bad={bad || undefined}
        onClick={onClick}
      >
        <span className="budget-label">{label}</span> <span className="budget-value">{value}</span>
      </button>
    </Tip>
  );
}
