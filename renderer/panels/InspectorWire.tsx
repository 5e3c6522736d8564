import { Unplug } from 'lucide-react';
import { disconnect } from '../../src/document/edits.ts';
import type { Wire } from '../../src/document/model.ts';
import { shapeOnWire } from '../../src/lower/index.ts';
import { elementsOf } from '../../src/network/shape.ts';
import { attempt, selectNodes, useEditor } from '../state/editor.ts';
import { Button } from '../ui/Button.tsx';
import { bytes, exact, shape } from '../ui/format.ts';
import { Facts, Section } from './InspectorParts.tsx';
import { InspectorProblems } from './InspectorProblems.tsx';

/** A wire: what flows through it, from where to where, and whether it fits. */
export function InspectorWire({ wire }: { readonly wire: Wire }) {
  const { shown, shownDiagnostics } = useEditor();
  const { from, to } = wire;
  const flows = shapeOnWire(shown, wire);
  const told = shownDiagnostics.filter((d) => d.nodeId === to.node && d.portId === to.port);
  const end = (id: string) => (
    <Button small kind="quiet" onClick={() => selectNodes([id])}>
      {shown.nodes.get(id)?.node.name ?? id}
    </Button>
  );
  return (
    <>
      <header className="inspector-head">
        <h2>Wire</h2>
        <p className="inspector-ends">
          {end(from.node)} → {end(to.node)}
        </p>
      </header>
      <Button data-inspector-first onClick={() => attempt(() => disconnect(to))}>
        <Unplug size={14} aria-hidden="true" /> Disconnect
      </Button>
      <InspectorProblems told={told} />
      <Section title="Figures">
        <Facts
          facts={[
            { label: 'Shape', value: flows ? shape(flows) : 'unknown' },
            ...(flows
              ? [
                  { label: 'Numbers a picture', value: exact(elementsOf(flows)) },
                  { label: 'Size a picture', value: bytes(elementsOf(flows) * 4), help: 'As 32-bit floats.' },
                ]
              : []),
            { label: 'From port', value: from.port },
            { label: 'To port', value: to.port },
          ]}
        />
      </Section>
    </>
  );
}
