/** `npm run bench`: prints medians and goals; asserts nothing. */
import { toLayersModel } from '../src/compile/layers-model.ts';
import { applyEdit, setParams } from '../src/document/edits.ts';
import { readDocument, writeDocument } from '../src/document/file.ts';
import type { DocNode, StemmaDocument, Wire } from '../src/document/model.ts';
import { emptyDocument } from '../src/document/model.ts';
import { startPortable } from '../src/engines/portable/backend.node.ts';
import { diagnose, firstFix, type Lowered, lower, networkOf } from '../src/lower/index.ts';
import { isKnownType } from '../src/services/documents.node.ts';
import { findTemplate } from '../src/templates/index.ts';
import { initialise } from '../src/weights/initialise.ts';

function measure(name: string, goalMs: number, times: number, run: (i: number) => void): void {
  const durations: number[] = [];
  for (let i = 0; i < times; i++) {
    const start = performance.now();
    run(i);
    durations.push(performance.now() - start);
  }
  durations.sort((a, b) => a - b);
  const median = durations[durations.length >> 1] as number;
  const verdict = median < goalMs ? 'met' : 'MISSED';
  const [least = 0, most = 0] = [durations[0], durations.at(-1)];
  console.log(
    `${name.padEnd(64)} ${median.toFixed(2).padStart(9)} ms  (${least.toFixed(2)} – ${most.toFixed(2)}; goal < ${goalMs} ms: ${verdict})`,
  );
}

const template = (detail: string) =>
  findTemplate('resnet152').build({
    input: [224, 224, 3],
    classes: 1000,
    flavour: 'torchvision',
    set: { detail },
  });

const drawn = template('blocks');
let current: StemmaDocument = drawn;
const middle = drawn.nodes[Math.floor(drawn.nodes.length / 2)] as DocNode;
lower(current);
measure('an edit in ResNet-152, drawn block by block → shapes', 1, 200, (i) => {
  const edit = setParams(current, middle.id, { filters: i % 2 === 0 ? 192 : 256 });
  current = applyEdit(current, edit).document;
  lower(current);
});
measure('the same, and all its problems', 1, 200, (i) => {
  const edit = setParams(current, middle.id, { filters: i % 2 === 0 ? 192 : 256 });
  current = applyEdit(current, edit).document;
  diagnose(lower(current));
});

function large(count: number): string {
  const nodes: DocNode[] = [
    { id: 'n0', type: 'input', name: 'n0', params: { shape: [32, 32, 16] }, x: 0, y: 0 },
  ];
  const wires: Wire[] = [];
  for (let i = 1; i < count; i++) {
    const type = i === count - 1 ? 'output' : (['conv2d', 'batchNorm', 'activation'][i % 3] as string);
    const params = type === 'conv2d' ? { filters: 16 } : {};
    nodes.push({ id: `n${i}`, type, name: `n${i}`, params, x: i, y: 0 });
    wires.push({ from: { node: `n${i - 1}`, port: 'out' }, to: { node: `n${i}`, port: 'in' } });
  }
  return writeDocument({ ...emptyDocument('large'), nodes, wires });
}
const text = large(10_000);
const fresh = Array.from({ length: 7 }, () => readDocument(text, 'large', isKnownType));
measure('10,000 nodes from nothing → shapes', 100, 7, (i) => void lower(fresh[i] as StemmaDocument));
measure('10,000 nodes: read the file', 1000, 5, () => void readDocument(text, 'large', isKnownType));

/** 1,000 nodes of which one is not connected. */
function openEnd(): Lowered {
  const document = readDocument(large(1000), 'large', isKnownType);
  return lower({ ...document, wires: document.wires.filter((w) => w.to.node !== 'n500') });
}
const broken = Array.from({ length: 20 }, openEnd);
measure('1,000 nodes: the first fix of one problem', 10, 20, (i) => {
  const lowered = broken[i] as Lowered;
  const problem = diagnose(lowered).find((d) => d.code === 'graph/unconnected');
  if (problem) firstFix(lowered, problem);
});

const network = networkOf(template('stages'));
await startPortable();
measure('ResNet-152 → tf.LayersModel, not initialised', 1000, 5, () => toLayersModel(network).dispose());
measure('initialise ResNet-152 (60,192,808 parameters)', 2000, 3, (i) => void initialise(network, i));
const d2l = networkOf(
  findTemplate('resnet152').build({ input: [224, 224, 3], classes: 1000, flavour: 'd2l', set: {} }),
);
measure('initialise ResNet-152, d2l (truncated normal)', 2000, 3, (i) => void initialise(d2l, i));
