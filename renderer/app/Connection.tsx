import { PlugZap } from 'lucide-react';
import { downloadDocument } from '../files/actions.ts';
import { useApp } from '../state/app.ts';
import { Button } from '../ui/Button.tsx';

/** Says that the host is gone, and what can be done about it. */
export function Connection() {
  const connection = useApp((s) => s.connection);
  if (connection !== 'lost' && connection !== 'refused') return null;
  return (
    <div className="connection callout bad" role="alert">
      <PlugZap size={16} />
      <span>
        {connection === 'lost'
          ? 'Stemma’s program does not answer. Your drawing is still here; the page connects again by itself as soon as the program runs.'
          : 'This address is not valid any more. Start Stemma again and open the address that it prints; unsaved work is offered there.'}
      </span>
      <Button small onClick={downloadDocument}>
        Download the drawing
      </Button>
    </div>
  );
}
