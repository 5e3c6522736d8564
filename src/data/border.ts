/** What of a picture is told apart from the pictures that a network was trained on. */

interface Bytes {
  /** [height, width, channels] */
  readonly data: Uint8Array;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

const BRIGHT = 170;

/** MNIST's and Fashion-MNIST's pictures lie on black; a scan of paper lies on white. */
export function hasBrightBorder({ data, height, width, channels }: Bytes): boolean {
  let [sum, count] = [0, 0];
  for (let y = 0; y < height; y++) {
    const isEdge = y === 0 || y === height - 1;
    for (let x = 0; x < width; x += isEdge ? 1 : Math.max(1, width - 1)) {
      sum += data[(y * width + x) * channels] ?? 0;
      count++;
    }
  }
  return sum / count > BRIGHT;
}
