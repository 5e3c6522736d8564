import { ClipboardCheck, Wand } from 'lucide-react';
import { show } from '../state/app.ts';
import { Button } from '../ui/Button.tsx';

interface TryButtonProps {
  readonly run: string;
  readonly hasWeights?: boolean;
}

const NONE = 'No weights were stored of this run';

/** Opens the network of a run for questions. */
export function TryButton({ run, hasWeights = true }: TryButtonProps) {
  return (
    <Button
      disabled={!hasWeights}
      title={hasWeights ? 'Ask it about pictures, or draw a digit' : NONE}
      onClick={() => show({ kind: 'use', run })}
    >
      <Wand size={14} /> Try it
    </Button>
  );
}

/** Judges a run on other pictures. */
export function TestButton({ run, hasWeights = true }: TryButtonProps) {
  return (
    <Button
      disabled={!hasWeights}
      title={hasWeights ? 'How it answers on any data set that fits' : NONE}
      onClick={() => show({ kind: 'evaluate', run })}
    >
      <ClipboardCheck size={14} /> Test on data…
    </Button>
  );
}
