import { useEffect, useState } from 'react';
import { describeError } from '../../src/base/errors.ts';
import type { Answers, OwnData } from '../../src/services/contract.ts';
import { call } from '../bridge.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { useAdding } from './adding.ts';
import { BeforeAdding } from './BeforeAdding.tsx';
import { ChoosePlace } from './ChoosePlace.tsx';
import { OwnReport } from './OwnReport.tsx';
import { Progress } from './Progress.tsx';

export type Looked = Answers['data.look'];

type Shown =
  | { readonly kind: 'choose' }
  | { readonly kind: 'before'; readonly looked: Looked }
  | { readonly kind: 'report'; readonly found: OwnData };

interface AddDataDialogProps {
  /** A set that is here already; null: another is to be added. */
  readonly id: string | null;
  readonly onClose: () => void;
}

/** A person's own pictures: where they lie, how they are added, what was found. */
export function AddDataDialog({ id, onClose }: AddDataDialogProps) {
  const progress = useAdding((s) => s.progress);
  const [shown, setShown] = useState<Shown>({ kind: 'choose' });
  const [error, setError] = useState('');
  const fail = (thrown: unknown) => setError(describeError(thrown));
  useEffect(() => {
    if (id === null) return;
    call('data.own', { id }).then(
      (found) => setShown({ kind: 'report', found }),
      (thrown: unknown) => setError(describeError(thrown)),
    );
  }, [id]);
  const title = shown.kind === 'report' ? shown.found.title : 'Add your own pictures';
  const look = (place: string) => {
    setError('');
    call('data.look', { place }).then((looked) => setShown({ kind: 'before', looked }), fail);
  };
  return (
    <Dialog title={title} onClose={onClose} width={620} className="data-dialog">
      {error && (
        <p className="callout bad text-selectable" role="alert">
          {error}
        </p>
      )}
      {progress ? (
        <Progress progress={progress} onClose={onClose} />
      ) : shown.kind === 'report' ? (
        <OwnReport found={shown.found} onClose={onClose} look={look} />
      ) : shown.kind === 'before' ? (
        <BeforeAdding
          key={shown.looked.place}
          looked={shown.looked}
          begin={() => setError('')}
          done={(found) => setShown({ kind: 'report', found })}
          fail={fail}
          back={() => setShown({ kind: 'choose' })}
        />
      ) : (
        id === null && <ChoosePlace look={look} fail={fail} />
      )}
    </Dialog>
  );
}
