import { type ReactNode, useState } from 'react';
import type { EvaluationReport } from '../../../src/services/contract.ts';
import { Answered } from './Answered.tsx';
import type { Look } from './answers.ts';
import { ClassTable } from './ClassTable.tsx';
import { Confusion } from './Confusion.tsx';

interface JudgementProps {
  readonly run: string;
  readonly report: EvaluationReport;
  /** Stands beside the confusion matrix. */
  readonly beside?: ReactNode;
}

/** How good the network is on pictures that it does not learn from, down to the single picture. */
export function Judgement({ run, report, beside }: JudgementProps) {
  const [look, setLook] = useState<Look>({ kind: 'wrong' });
  return (
    <>
      <div className="live-pair">
        {beside}
        <Confusion report={report} look={look} onLook={setLook} />
      </div>
      <div className="live-pair">
        <Answered run={run} report={report} look={look} onLook={setLook} />
        <ClassTable report={report} />
      </div>
    </>
  );
}
