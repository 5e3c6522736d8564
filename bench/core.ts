/** The core, by itself. */
import { toLayersModel } from '../src/compile/layers-model.ts';
import { applyEdit, setParams } from '../src/document/edits.ts';
import { readDocument, writeDocument } from '../src/document/file.ts';
import type { DocNode, PortRef, StemmaDocument } from '../src/document/model.ts';
import { startPortable } from '../src/engines/portable/backend.node.ts';
import { diagnose, firstFix, type Lowered, lower, networkOf } from '../src/lower/index.ts';
import { portsOf } from '../src/lower/node-types.ts';
import { startWire } from '../src/lower/verdict.ts';
import { isKnownType } from '../src/services/documents.node.ts';
import { findTemplate } from '../src/templates/index.ts';
import { initialise } from '../src/weights/initialise.ts';
import { large, resnet152 } from './drawings.ts';
import { measure } from './measure.ts';

const drawn = resnet152('blocks');
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

const whole = lower(drawn);
const ends = drawn.nodes.flatMap((node) => portsOf(node, []).inputs.map((port) => ({ node: node.id, port })));
const begin = drawn.nodes.find((n) => portsOf(n, []).outputs.length > 0) as DocNode;
const trial = () => startWire(whole, { node: begin.id, port: 'out' }, 'forward');
measure('a wire is dragged in ResNet-152 → the verdict on one port', 5, 200, (i) => {
  trial().verdict(ends[i % ends.length] as PortRef);
});
measure('the same, with all that it would break further down', 5, 200, (i) => {
  trial().verdictDownstream(ends[i % ends.length] as PortRef);
});
measure(`the verdicts on all of its ${ends.length} ports`, 16, 50, () => {
  const { verdict } = trial();
  for (const port of ends) verdict(port);
});
const text = writeDocument(large(10_000));
const fresh = Array.from({ length: 7 }, () => readDocument(text, 'large', isKnownType));
measure('10,000 nodes from nothing → shapes', 100, 7, (i) => void lower(fresh[i] as StemmaDocument));
measure('10,000 nodes: read the file', 1000, 5, () => void readDocument(text, 'large', isKnownType));

/** 1,000 nodes of which one is not connected. */
function openEnd(): Lowered {
  const document = large(1000);
  return lower({ ...document, wires: document.wires.filter((w) => w.to.node !== 'n500') });
}
const broken = Array.from({ length: 20 }, openEnd);
measure('1,000 nodes: the first fix of one problem', 10, 20, (i) => {
  const lowered = broken[i] as Lowered;
  const problem = diagnose(lowered).find((d) => d.code === 'graph/unconnected');
  if (problem) firstFix(lowered, problem);
});

const network = networkOf(resnet152('stages'));
await startPortable();
measure('ResNet-152 → tf.LayersModel, not initialised', 1000, 5, () => toLayersModel(network).dispose());
measure('initialise ResNet-152 (60,192,808 parameters)', 2000, 3, (i) => void initialise(network, i));
const d2l = networkOf(
  findTemplate('resnet152').build({ input: [224, 224, 3], classes: 1000, flavour: 'd2l', set: {} }),
);
measure('initialise ResNet-152, d2l (truncated normal)', 2000, 3, (i) => void initialise(d2l, i));
