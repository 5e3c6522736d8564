import type { DataEvaluation } from '../../src/services/contract.ts';
import { Confusion } from '../training/judge/Confusion.tsx';
import { exact, percent } from '../ui/format.ts';

const splitWords = { train: 'training', validation: 'validation', test: 'test' } as const;
const when = (at: string) =>
  new Date(at).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });

interface EvaluationViewProps {
  /** Newest first, at least one. */
  readonly done: readonly DataEvaluation[];
  readonly shown: number;
  readonly onShow: (place: number) => void;
}

/** What a run was judged on, and the chosen one in detail. */
export function EvaluationView({ done, shown, onShow }: EvaluationViewProps) {
  const told = done[shown] ?? done[0];
  return (
    <>
      <ul className="evaluations" aria-label="Judged on" data-testid="evaluations">
        {done.map((entry, place) => (
          <li key={`${entry.data} ${entry.split} ${entry.step} ${entry.limit}`}>
            <button type="button" aria-pressed={entry === told} onClick={() => onShow(place)}>
              <b>{percent(entry.accuracy)}</b>
              <span>
                {entry.title}, {splitWords[entry.split]}
              </span>
              <span className="muted">{when(entry.at)}</span>
            </button>
          </li>
        ))}
      </ul>
      {told && <Detail told={told} />}
    </>
  );
}

function Detail({ told }: { readonly told: DataEvaluation }) {
  const { split, step, classes, confusion, loss, accuracy, count } = told;
  const report = {
    ...({ set: split === 'validation' ? 'validation' : 'test', step: step ?? 0, epoch: 0 } as const),
    ...{ classes, confusion, loss, accuracy, count },
  };
  return (
    <>
      <Mapping told={told} />
      <Confusion report={report} look={{ kind: 'wrong' }} onLook={() => {}} />
    </>
  );
}

/** Which class of the data is taken for which of the network, where that is not plain. */
function Mapping({ told: { by, dataClasses, classes, leftOut } }: { readonly told: DataEvaluation }) {
  const isPlain = dataClasses.length === classes.length && dataClasses.every(({ to }, i) => to === i);
  if (by === 'name' && isPlain) return null;
  return (
    <details className="evaluate-mapping" open={by === 'place'}>
      <summary>
        {by === 'place'
          ? 'No class has the same name: they were matched by their order'
          : 'Classes were matched by their names'}
        {leftOut > 0 && `; ${exact(leftOut)} pictures of unknown classes were left out`}
      </summary>
      <ul className="text-selectable">
        {dataClasses.map(({ name, to }) => (
          <li key={name}>
            {name} → {to === null ? 'left out' : (classes[to] ?? to)}
          </li>
        ))}
      </ul>
    </details>
  );
}
