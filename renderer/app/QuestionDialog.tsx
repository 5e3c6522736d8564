import type { Overlay } from '../state/app.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';

type Props = Extract<Overlay, { kind: 'question' }> & { readonly onClose: () => void };

export function QuestionDialog({ title, text, choices, onClose }: Props) {
  return (
    <Dialog
      title={title}
      onClose={onClose}
      width={440}
      foot={choices.map((choice) => (
        <Button
          key={choice.title}
          kind={choice.kind ?? 'plain'}
          autoFocus={choice.kind === 'primary'}
          onClick={() => {
            onClose();
            choice.run();
          }}
        >
          {choice.title}
        </Button>
      ))}
    >
      <p className="text-selectable">{text}</p>
    </Dialog>
  );
}
