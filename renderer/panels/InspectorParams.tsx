import { ChevronRight, Share2 } from 'lucide-react';
import { create } from 'zustand';
import { expose, unexpose } from '../../src/document/block-edits.ts';
import { chain, setParams } from '../../src/document/edits.ts';
import type { DocNode, StemmaDocument } from '../../src/document/model.ts';
import { schemaOf } from '../../src/lower/index.ts';
import type { ParamValue } from '../../src/schema/params.ts';
import { attempt, attemptOnDocument, useEditor } from '../state/editor.ts';
import { IconButton } from '../ui/Button.tsx';
import { FormField } from './FormField.tsx';
import { labelOf } from './form-values.ts';

/** Whether rarely touched parameters are shown; kept from node to node. */
const useMore = create<{ readonly open: boolean }>(() => ({ open: false }));

function setAll(nodes: readonly DocNode[], param: string, value: ParamValue, visit: string): void {
  const label = `Set ${param} of ${nodes.length === 1 ? nodes[0]?.name : `${nodes.length} nodes`}`;
  attempt(
    (d) =>
      chain(
        d,
        label,
        nodes.map(
          ({ id }) =>
            (now: StemmaDocument) =>
              setParams(now, id, { [param]: value }),
        ),
      ),
    { merge: visit },
  );
}

/** The parameters of nodes of one type; a change is made in all of them. */
export function InspectorParams({ nodes }: { readonly nodes: readonly DocNode[] }) {
  const blocks = useEditor((s) => s.shown.document.blocks);
  const inside = useEditor((s) => s.inside);
  const { open } = useMore();
  const [first] = nodes;
  const schema = first && schemaOf(first.type, blocks);
  if (!first || !schema) return null;
  const kinds = Object.entries(schema);
  const usual = kinds.filter(([, kind]) => !kind.advanced);
  const advanced = kinds.filter(([, kind]) => kind.advanced);
  const field = ([param, kind]: (typeof kinds)[number]) => (
    <FormField
      key={param}
      param={param}
      kind={kind}
      given={nodes.map((n) => (Object.hasOwn(n.params, param) ? n.params[param] : undefined))}
      onChange={(value, visit) => setAll(nodes, param, value, visit)}
      extra={inside !== null && nodes.length === 1 && <Expose block={inside} node={first.id} param={param} />}
    />
  );
  return (
    <div className="inspector-params">
      {usual.map(field)}
      {advanced.length > 0 && (
        <>
          <button
            type="button"
            className="inspector-more"
            aria-expanded={open}
            onClick={() => useMore.setState({ open: !open })}
          >
            <ChevronRight size={13} aria-hidden="true" />
            More ({advanced.length})
          </button>
          {open && advanced.map(field)}
        </>
      )}
    </div>
  );
}

interface ExposeProps {
  readonly block: string;
  readonly node: string;
  readonly param: string;
}

/** Inside of a block: whether each use of it may set this parameter. */
function Expose({ block, node, param }: ExposeProps) {
  const known = useEditor((s) =>
    s.history.document.blocks
      .find((b) => b.type === block)
      ?.exposed.find((e) => e.node === node && e.param === param),
  );
  const label = known
    ? `Each use sets ${labelOf(param)}, as ${known.name}: stop that`
    : `Let each use of the block set ${labelOf(param)}`;
  return (
    <IconButton
      label={label}
      small
      className="form-expose"
      aria-pressed={known !== undefined}
      onClick={() =>
        attemptOnDocument((d) => (known ? unexpose(d, block, known.name) : expose(d, block, node, param)))
      }
    >
      <Share2 size={12} />
    </IconButton>
  );
}
