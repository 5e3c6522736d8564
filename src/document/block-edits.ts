/** Edits of a block of one's own as a whole: what its uses may set, what it is called, whether it is still there. */
import { AppError, invariant } from '../base/errors.ts';
import type { Change, Edit } from './apply.ts';
import { checkBlock } from './format.ts';
import { getBlock, usesInDrawing } from './inside.ts';
import type { CustomBlock, StemmaDocument } from './model.ts';
import { freeName } from './names.ts';
import { blocksWithin, dropFromUses, repeatRenames } from './uses.ts';

/**
 * A parameter of an inner node that each use may set. `firstOnly`: only for the first of several copies.
 * @throws AppError where it is exposed already
 */
export function expose(
  document: StemmaDocument,
  type: string,
  nodeId: string,
  param: string,
  { firstOnly = false }: { readonly firstOnly?: boolean } = {},
): Edit {
  const block = getBlock(document, type);
  const inner = block.nodes.find((n) => n.id === nodeId);
  invariant(inner, `no node ${nodeId} inside ${type}`);
  const known = block.exposed.find((e) => e.node === nodeId && e.param === param);
  if (known)
    throw new AppError(
      'edit/exposed',
      `${param} of '${inner.name}' is a parameter already: '${known.name}'.`,
    );
  const taken = ['repeat', ...block.exposed.map((e) => e.name)];
  const base = taken.includes(param) ? `${inner.name.replaceAll('/', '-')}-${param}`.slice(-90) : param;
  const exposed = [...block.exposed, { name: freeName(taken, base), node: nodeId, param, firstOnly }];
  return put({ ...block, exposed }, `Let ${block.title} take ${param} of ${inner.name}`);
}

/** Its uses lose what they set; the inner node's own value counts for all. */
export function unexpose(document: StemmaDocument, type: string, name: string): Edit {
  const block = getBlock(document, type);
  const { label, changes } = put(
    { ...block, exposed: block.exposed.filter((e) => e.name !== name) },
    `Take ${name} from the parameters of ${block.title}`,
  );
  return {
    label,
    changes: [
      ...usesInDrawing(document, type, { inputs: new Map(), outputs: new Map() }, [name]),
      ...document.blocks.flatMap((b): Change[] => {
        const nodes = dropFromUses(b.nodes, type, [name]);
        return nodes === b.nodes ? [] : [{ put: 'block', type: b.type, value: { ...b, nodes } }];
      }),
      ...changes,
    ],
  };
}

/**
 * Weights follow where the copies begin or cease to be numbered.
 * @throws AppError where a file could not hold it
 */
export function setBlockMeta(
  document: StemmaDocument,
  type: string,
  meta: Partial<Pick<CustomBlock, 'title' | 'repeat'>>,
): Edit {
  const block = getBlock(document, type);
  const edit = put({ ...block, ...meta }, `Change block ${block.title}`);
  const renames = meta.repeat === undefined ? [] : repeatRenames(document, block, meta.repeat);
  return renames.length > 0 ? { ...edit, renamed: [renames] } : edit;
}

function put(value: CustomBlock, label: string): Edit {
  checkBlock(value);
  return { label, changes: [{ put: 'block', type: value.type, value }] };
}

/** Definitions that neither the drawing nor a block of the drawing uses. */
export function removeUnusedBlocks(document: StemmaDocument): Edit {
  const used = blocksWithin(document.nodes, document.blocks);
  const changes = document.blocks
    .filter((b) => !used.has(b.type))
    .map(({ type }): Change => ({ put: 'block', type, value: null }));
  return { label: 'Remove unused blocks', changes };
}
