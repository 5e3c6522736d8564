import { describe, expect, test } from 'vitest';
import { isSeen, placeBeside, tourSteps } from './tour-steps.ts';

const screen = { width: 1024, height: 700 };
const note = { width: 320, height: 170 };

test('there are four steps', () => {
  expect(tourSteps).toHaveLength(4);
});

describe('a note stands beside what it speaks of', () => {
  const cases = {
    'the palette, left': { left: 0, top: 44, width: 176, height: 620 },
    'the inspector, right': { left: 760, top: 44, width: 264, height: 620 },
    'a label': { left: 450, top: 120, width: 44, height: 18 },
    'the Train button': { left: 940, top: 8, width: 74, height: 28 },
    'the footer': { left: 0, top: 666, width: 1024, height: 34 },
  };
  test.each(Object.entries(cases))('%s', (_, box) => {
    const { left, top } = placeBeside(box, note, screen);
    expect(left).toBeGreaterThanOrEqual(8);
    expect(top).toBeGreaterThanOrEqual(8);
    expect(left + note.width).toBeLessThanOrEqual(screen.width - 8);
    expect(top + note.height).toBeLessThanOrEqual(screen.height - 8);
    const apart =
      left >= box.left + box.width ||
      left + note.width <= box.left ||
      top >= box.top + box.height ||
      top + note.height <= box.top;
    expect(apart).toBe(true);
  });

  test('and inside of the canvas, where there is nothing beside it', () => {
    const canvas = { left: 176, top: 44, width: 584, height: 622 };
    const { left, top } = placeBeside(canvas, { ...note, width: 320 }, screen);
    expect(left).toBeGreaterThanOrEqual(canvas.left);
    expect(top).toBeGreaterThan(canvas.top + canvas.height / 2);
    expect(top + note.height).toBeLessThanOrEqual(canvas.top + canvas.height);
  });

  test('in the middle without a box', () => {
    expect(placeBeside(null, note, screen)).toEqual({ left: 352, top: 265 });
  });
});

test('what is hidden or scrolled away is not pointed at', () => {
  expect(isSeen({ left: 10, top: 10, width: 40, height: 18 }, screen)).toBe(true);
  expect(isSeen({ left: 0, top: 0, width: 0, height: 0 }, screen)).toBe(false);
  expect(isSeen({ left: 10, top: -200, width: 40, height: 18 }, screen)).toBe(false);
  expect(isSeen({ left: 10, top: 690, width: 40, height: 18 }, screen)).toBe(false);
});
