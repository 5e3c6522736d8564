/** Whether two drawings, however they are drawn, are layer by layer one network. */
import type { Network } from '../network/network.ts';

/** Numbers for texts: equal ones get the same. */
class Numbers {
  readonly #known = new Map<string, number>();

  of(text: string): number {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    this.#known.set(text, this.#known.size);
    return this.#known.size - 1;
  }
}

/** What each layer computes, from the input on; what leads nowhere is not asked for. */
function outputOf({ layers, output }: Network, numbers: Numbers): number {
  const computed: number[] = [];
  // Layers come after those that they read.
  for (const { op, attrs, inputs } of layers)
    computed.push(numbers.of(JSON.stringify([op, attrs, inputs.map((i) => computed[i])])));
  return computed[output] as number;
}

/** The same operations on the same inputs; names, places and blocks aside. */
export function isSameNetwork(a: Network, b: Network): boolean {
  if (a.params !== b.params || a.macs !== b.macs) return false;
  const numbers = new Numbers();
  return outputOf(a, numbers) === outputOf(b, numbers);
}
