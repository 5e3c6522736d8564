/** What the tour says, and where its notes stand. */

export interface TourStep {
  readonly title: string;
  readonly text: string;
  /** Selectors; the first that can be seen is meant. */
  readonly targets: readonly string[];
}

export const tourSteps: readonly TourStep[] = [
  {
    title: 'Blocks',
    text: 'Drag a block onto the canvas, or press it. On a wire it is put in between. "From template…" begins with a whole network.',
    targets: ['.design-left', '.design-canvas'],
  },
  {
    title: 'Shapes on every wire',
    text: 'Each wire carries the shape that flows through it. While you drag a wire, every port says whether it fits, and why not.',
    targets: ['.react-flow__edge .wire-label', '.design-canvas'],
  },
  {
    title: 'What is selected, what is wrong',
    text: 'Change what is selected here. Each problem comes with its reason and with fixes, a click away; nothing is lost, since everything can be undone.',
    targets: ['.design-right', '[data-testid="problem-count"]', '.design-foot'],
  },
  {
    title: 'Train',
    text: 'One press trains the drawing on this machine. You watch it learn, go on drawing meanwhile, and export what it learned.',
    targets: ['.header-end .button.primary'],
  },
];

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Neither hidden nor outside of the window. */
export const isSeen = ({ left, top, width, height }: Box, screen: Size): boolean =>
  width > 0 &&
  height > 0 &&
  left >= 0 &&
  top >= 0 &&
  left + width <= screen.width &&
  top + height <= screen.height;

const GAP = 12;

/** Beside a box where there is room: right, left, below, above, else inside of it; in the middle without a box. */
export function placeBeside(
  box: Box | null,
  { width, height }: Size,
  screen: Size,
): { left: number; top: number } {
  const keep = (at: number, size: number, most: number) => Math.max(8, Math.min(at, most - size - 8));
  if (!box) return { left: (screen.width - width) / 2, top: (screen.height - height) / 2 };
  const tall = box.height > height;
  const top = keep(tall ? box.top + 24 : box.top, height, screen.height);
  if (box.height > 60 || box.width < 120) {
    const right = box.left + box.width + GAP;
    if (right + width + 8 <= screen.width) return { left: right, top };
    if (box.left - GAP - width >= 8) return { left: box.left - GAP - width, top };
  }
  const left = keep(box.left + box.width / 2 - width / 2, width, screen.width);
  const below = box.top + box.height + GAP;
  if (below + height + 8 <= screen.height) return { left, top: below };
  const above = box.top - GAP - height;
  // Where the box is nearly everything: inside, at its lower edge.
  return { left, top: above >= 8 ? above : keep(below - height - 2 * GAP, height, screen.height) };
}
