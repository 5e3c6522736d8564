/** The four steps of the tour, and where their card stands. */
import { showShortcut } from '../ui/shortcut.ts';

export interface TourStep {
  readonly title: string;
  readonly text: string;
  /** CSS selector of what it points at. */
  readonly at: string;
  /** On which side of it the card stands; inside: on its lower part. */
  readonly side: 'right' | 'left' | 'below' | 'inside';
}

export const tourSteps: readonly TourStep[] = [
  {
    title: 'Blocks to build with',
    text: 'Drag a block into the drawing, or click it. "From template…" gives a whole network.',
    at: '.design-left',
    side: 'right',
  },
  {
    title: 'The drawing',
    text: 'Drag from a port to draw a wire. Every wire carries its shape, and each port says whether it fits before you let go.',
    at: '.design-canvas',
    side: 'inside',
  },
  {
    title: 'The inspector',
    text: 'Select a node to change its parameters and to see what it costs.',
    at: '.design-right',
    side: 'left',
  },
  {
    title: 'Train',
    text: `Train the drawing on this machine, watch it learn, and export it. ${showShortcut('Mod+K')} lists all commands.`,
    at: '.header-end .button.primary',
    side: 'below',
  },
];

interface Rect {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface CardPlace {
  readonly x: number;
  readonly y: number;
  /** Where the arrow stands along the card's edge, from its beginning. */
  readonly arrow: number;
}

const GAP = 14;
const EDGE = 12;
/** A card beside something high points at its upper part, where the first things are. */
const FIRST = 90;

const between = (value: number, least: number, most: number) => Math.max(least, Math.min(value, most));

export function cardPlace(
  side: TourStep['side'],
  target: Rect,
  card: { readonly width: number; readonly height: number },
  window: { readonly width: number; readonly height: number },
): CardPlace {
  const { left, top, width, height } = target;
  const across = side === 'below' || side === 'inside';
  const pointAt = across ? left + width / 2 : top + Math.min(height / 2, FIRST);
  const x = between(
    across ? pointAt - card.width / 2 : side === 'right' ? left + width + GAP : left - card.width - GAP,
    EDGE,
    window.width - card.width - EDGE,
  );
  const y = between(
    side === 'below'
      ? top + height + GAP
      : side === 'inside'
        ? top + height - card.height - 4 * GAP
        : pointAt - card.height / 2,
    EDGE,
    window.height - card.height - EDGE,
  );
  return {
    x,
    y,
    arrow: between(across ? pointAt - x : pointAt - y, 16, (across ? card.width : card.height) - 16),
  };
}
