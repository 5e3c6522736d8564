import { Wand } from 'lucide-react';
import { show } from '../state/app.ts';
import { Button } from '../ui/Button.tsx';

interface TryButtonProps {
  readonly run: string;
  readonly hasWeights?: boolean;
}

/** Opens the network of a run for questions. */
export function TryButton({ run, hasWeights = true }: TryButtonProps) {
  return (
    <Button
      disabled={!hasWeights}
      title={hasWeights ? 'Ask it about pictures, or draw a digit' : 'No weights were stored of this run'}
      onClick={() => show({ kind: 'use', run })}
    >
      <Wand size={14} /> Try it
    </Button>
  );
}
