/** How strongly a place spoke for a class, as a colour over the picture. */

const STOPS = [
  [0, 120, 40, 200],
  [0.4, 230, 60, 110],
  [0.75, 250, 150, 30],
  [1, 255, 240, 90],
] as const;

/** [red, green, blue, alpha] of a byte: the weaker, the more can be seen through it. Lightness rises with the value. */
export function heat(value: number): readonly [number, number, number, number] {
  const share = value / 255;
  const above = Math.max(
    1,
    STOPS.findIndex(([at]) => share <= at),
  );
  const [from, to] = [STOPS[above - 1] ?? STOPS[0], STOPS[above] ?? STOPS[3]];
  const between = (share - from[0]) / (to[0] - from[0]);
  const mix = (i: 1 | 2 | 3) => Math.round(from[i] + (to[i] - from[i]) * between);
  return [mix(1), mix(2), mix(3), Math.round(255 * Math.sqrt(share))];
}
