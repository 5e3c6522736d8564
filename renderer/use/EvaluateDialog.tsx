import { ClipboardCheck, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { describeError } from '../../src/base/errors.ts';
import type { DataEvaluation, Evaluating } from '../../src/services/contract.ts';
import { bridge, call } from '../bridge.ts';
import { wishNow } from '../engines/store.ts';
import { loadDatasets, useCatalogue } from '../training/catalogue.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { exact } from '../ui/format.ts';
import { sayError } from '../ui/toasts.tsx';
import { EvaluationView } from './EvaluationView.tsx';

type Split = DataEvaluation['split'];
const splits: readonly (readonly [Split, string])[] = [
  ['test', 'Test pictures'],
  ['train', 'Training pictures'],
  ['validation', 'Validation pictures'],
];

function useEvaluations(run: string) {
  const [done, setDone] = useState<readonly DataEvaluation[]>([]);
  const load = () => call('runs.evaluations', { run }).then(setDone, sayError);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once for a run.
  useEffect(() => void load(), [run]);
  return { done, load };
}

function useProgress(run: string): Evaluating | null {
  const [progress, setProgress] = useState<Evaluating | null>(null);
  useEffect(() => bridge.on('runs.evaluating', (told) => told.run === run && setProgress(told)), [run]);
  return progress;
}

interface EvaluateDialogProps {
  readonly run: string;
  readonly onClose: () => void;
}

/** Judges a run on any data set that fits, and shows what it was judged on before. */
export function EvaluateDialog({ run, onClose }: EvaluateDialogProps) {
  const datasets = useCatalogue((s) => s.datasets);
  const { done, load } = useEvaluations(run);
  const progress = useProgress(run);
  const [data, setData] = useState('');
  const [split, setSplit] = useState<Split>('test');
  const [isRunning, setRunning] = useState(false);
  const [error, setError] = useState('');
  const [shown, setShown] = useState(0);
  useEffect(() => {
    if (!datasets) void loadDatasets();
  }, [datasets]);
  const here = datasets?.filter(({ folder }) => folder !== null) ?? [];
  const chosen = here.find(({ id }) => id === data) ?? here[0];
  const start = async () => {
    if (!chosen) return;
    setRunning(true);
    setError('');
    try {
      await call('runs.evaluate', { run, data: chosen.id, split, engine: wishNow() || null });
      setShown(0);
      await load();
    } catch (thrown) {
      setError(describeError(thrown));
    } finally {
      setRunning(false);
    }
  };
  return (
    <Dialog title="Test it on pictures" onClose={onClose} width={760} className="use-dialog">
      <div className="evaluate-form">
        <label className="field">
          <span className="field-label">Data set</span>
          <select className="input" value={chosen?.id ?? ''} onChange={(e) => setData(e.target.value)}>
            {here.map(({ id, title }) => (
              <option key={id} value={id}>
                {title}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          <span className="field-label">Which pictures</span>
          <select className="input" value={split} onChange={(e) => setSplit(e.target.value as Split)}>
            {splits.map(([id, title]) => (
              <option key={id} value={id}>
                {title}
              </option>
            ))}
          </select>
        </label>
        {isRunning ? (
          <Button onClick={() => void call('runs.cancelEvaluate', {}).catch(sayError)}>
            <X size={14} /> Cancel
          </Button>
        ) : (
          <Button kind="primary" disabled={!chosen} onClick={() => void start()}>
            <ClipboardCheck size={14} /> Test
          </Button>
        )}
      </div>
      {isRunning && <Progress progress={progress} />}
      {error && <p className="callout bad text-selectable">{error}</p>}
      {done.length > 0 ? (
        <EvaluationView {...{ done, shown, onShow: setShown }} />
      ) : (
        <p className="muted">
          Every data set whose classes and channels fit can be used. Classes are matched by their names; where
          no name is the same and there are as many, by their order.
        </p>
      )}
    </Dialog>
  );
}

function Progress({ progress }: { readonly progress: Evaluating | null }) {
  const { done, total } = progress ?? { done: 0, total: 0 };
  const share = total > 0 ? done / total : 0;
  const words = total > 0 ? `${exact(done)} of ${exact(total)} pictures` : 'Reading the pictures…';
  return (
    <div className="evaluate-progress">
      <div
        className="progress"
        role="progressbar"
        aria-label="Pictures judged"
        aria-valuenow={Math.round(share * 100)}
        aria-valuetext={words}
      >
        <div style={{ width: `${share * 100}%` }} />
      </div>
      <span className="muted">{words}</span>
    </div>
  );
}
