import { Import, LayoutGrid, type LucideIcon, Spline } from 'lucide-react';
import { placeType } from '../canvas/place.ts';
import { centreOfView } from '../canvas/view.ts';
import { shortcutOf } from '../commands/index.ts';
import { startFrom } from '../files/actions.ts';
import { show } from '../state/app.ts';
import { showShortcut } from '../ui/shortcut.ts';
import { firstNetwork } from './welcome-network.ts';

/** Above the middle, since what follows goes below. */
function beginWithInput(): void {
  const { x, y } = centreOfView();
  placeType('input', { x, y: y - 120 });
}

interface Choice {
  readonly id: string;
  readonly icon: LucideIcon;
  readonly title: string;
  readonly text: string;
  readonly run: () => void;
}

const choices: readonly Choice[] = [
  {
    id: 'resnet18',
    icon: Spline,
    title: 'ResNet-18',
    text: 'The book’s network, ready to train within a minute.',
    run: () => startFrom(firstNetwork()),
  },
  {
    id: 'templates',
    icon: LayoutGrid,
    title: 'Templates',
    text: 'ResNet-18 to 152 and ResNeXt, plain or residual.',
    run: () => show({ kind: 'gallery' }),
  },
  {
    id: 'nothing',
    icon: Import,
    title: 'Start from nothing',
    text: 'An input, and what you draw from it.',
    run: beginWithInput,
  },
];

/** What an empty drawing says; lies over the canvas, which stays reachable around it. */
export function Welcome() {
  return (
    <section className="welcome" aria-label="Begin">
      <div className="welcome-card">
        <h1>Draw a residual network</h1>
        <p className="muted">See every shape, train it here, watch it learn.</p>
        <div className="welcome-choices">
          {choices.map(({ id, icon: Icon, title, text, run }) => (
            <button
              key={id}
              type="button"
              className="welcome-choice"
              data-testid={`welcome-${id}`}
              onClick={run}
            >
              <Icon size={22} aria-hidden="true" />
              <strong>{title}</strong>
              <span>{text}</span>
            </button>
          ))}
        </div>
        <p className="welcome-hints">
          <span>
            <kbd>Space</kbd> searches blocks
          </span>
          <span>Drag blocks from the left</span>
          <span>
            <kbd>{showShortcut(shortcutOf('file.open') ?? '')}</kbd> opens a drawing
          </span>
        </p>
      </div>
    </section>
  );
}
