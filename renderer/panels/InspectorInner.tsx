import { PackageOpen } from 'lucide-react';
import { schemaOf } from '../../src/lower/index.ts';
import { sceneNow } from '../canvas/view.ts';
import type { Command } from '../commands/command.ts';
import { findCommand } from '../commands/index.ts';
import { runCommand } from '../commands/run.ts';
import { selectNodes, useEditor } from '../state/editor.ts';
import { Button } from '../ui/Button.tsx';
import { labelOf, showValue, storedOf } from './form-values.ts';
import { TypeHead } from './InspectorNode.tsx';
import { Facts, Section } from './InspectorParts.tsx';
import { nodeFacts } from './inspector-facts.ts';

/** A node inside of one that is opened in place: to be looked at. */
export function InspectorInner({ of }: { readonly of: string }) {
  const { shown } = useEditor();
  const scene = sceneNow().nodes.find((n) => n.key === of);
  const owner = of.split('>')[0] as string;
  const ownerName = shown.nodes.get(owner)?.node.name;
  if (!scene) return <p className="inspector-note">It is not shown any more.</p>;
  const { node, item } = scene;
  const schema = schemaOf(node.type, shown.document.blocks) ?? {};
  const params = Object.entries(schema).map(([param, kind]) => {
    const { value, text } = storedOf(kind, [node.params[param]]);
    const words = typeof value === 'boolean' ? (value ? 'yes' : 'no') : undefined;
    return { label: labelOf(param), value: words ?? (value === undefined ? text : showValue(kind, value)) };
  });
  const unpack = () => {
    selectNodes([owner]);
    void runCommand(findCommand('network.unpack') as Command);
  };
  return (
    <>
      <TypeHead type={node.type} />
      <p className="inspector-path mono text-selectable">{node.name}</p>
      <p className="inspector-note">Part of '{ownerName}'. Unpack it to change its parts.</p>
      <div className="inspector-own">
        <Button small data-inspector-first onClick={unpack}>
          <PackageOpen size={13} aria-hidden="true" /> Unpack {ownerName}
        </Button>
        <Button small kind="quiet" onClick={() => selectNodes([owner])}>
          Select {ownerName}
        </Button>
      </div>
      <Section title="Figures">
        <Facts facts={nodeFacts(item, () => undefined)} />
      </Section>
      {params.length > 0 && (
        <Section title="Parameters">
          <Facts facts={params} />
        </Section>
      )}
    </>
  );
}
