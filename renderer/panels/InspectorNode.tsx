import { ExternalLink, Pencil } from 'lucide-react';
import type { ReactNode } from 'react';
import { rename } from '../../src/document/edits.ts';
import { nameProblem } from '../../src/document/names.ts';
import { type LoweredNode, receptiveFields } from '../../src/lower/index.ts';
import { usesOf } from '../canvas/blocks.ts';
import { catalogue, categoryOf } from '../canvas/catalogue.ts';
import { categoryIcons } from '../canvas/icons.ts';
import { attempt, goInside, shownNow, useEditor } from '../state/editor.ts';
import { Button } from '../ui/Button.tsx';
import { useLater } from '../ui/later.ts';
import { InspectorParams } from './InspectorParams.tsx';
import { Facts, Savings, Section, SkipSwitch, TextEntry } from './InspectorParts.tsx';
import { InspectorProblems, ProblemCount } from './InspectorProblems.tsx';
import { fieldFact, nodeFacts, savingsOf, skipOf } from './inspector-facts.ts';

/** The type of a node: its title, what it does, where that is written. */
export function TypeHead({ type, children }: { readonly type: string; readonly children?: ReactNode }) {
  const own = useEditor((s) => s.history.document.blocks);
  const item = catalogue(own).find((i) => i.type === type);
  const category = categoryOf(type);
  const Icon = categoryIcons[category];
  return (
    <header className="inspector-head" data-category={category}>
      <h2>
        <Icon size={16} aria-hidden="true" />
        {item?.title ?? type}
      </h2>
      {children}
      {item && (
        <p>
          {item.help}{' '}
          {item.source && (
            <a href={item.source} target="_blank" rel="noreferrer" title={item.source}>
              Source <ExternalLink size={11} aria-hidden="true" />
            </a>
          )}
        </p>
      )}
    </header>
  );
}

/** One node of the drawing: its name, parameters, figures and problems. */
export function InspectorNode({ item }: { readonly item: LoweredNode }) {
  const { node } = item;
  const { shown, shownDiagnostics, inside } = useEditor();
  const document = useEditor((s) => s.history.document);
  const told = shownDiagnostics.filter((d) => d.nodeId === node.id);
  const savings = useLater(shown, () => savingsOf(shown).filter((s) => s.name === node.name));
  const skip = skipOf(node);
  const isOwn = document.blocks.some((b) => b.type === node.type);
  const isPort = inside !== null && (node.type === 'input' || node.type === 'output');
  return (
    <>
      <TypeHead type={node.type}>
        <ProblemCount told={told} />
      </TypeHead>
      <TextEntry
        id={`name-${node.id}`}
        label="Name"
        first
        value={node.name}
        problem={(name) => nameProblem(shownNow(), name, node.id)}
        onKeep={(name) => void attempt((d) => rename(d, node.id, name))}
      />
      {isOwn && <OwnBlock type={node.type} uses={usesOf(document, node.type)} />}
      {isPort ? (
        <p className="inspector-note">
          {node.type === 'input'
            ? 'A port of the block. The shape is that of its first use, to show what follows from it.'
            : 'A port of the block.'}
        </p>
      ) : (
        <InspectorParams nodes={[node]} />
      )}
      <InspectorProblems told={told} />
      {skip && (
        <Section title="Skips">
          <SkipSwitch skip={skip} ids={[node.id]} />
        </Section>
      )}
      <Section title="Figures">
        <Facts
          facts={[
            ...nodeFacts(item, (id) => shown.nodes.get(id)?.node.name),
            ...(inside === null ? [fieldFact(receptiveFields(shown).nodes.get(node.id))] : []),
          ]}
        />
        {savings && savings.length > 0 && <Savings savings={savings} named={false} />}
      </Section>
    </>
  );
}

function OwnBlock({ type, uses }: { readonly type: string; readonly uses: number }) {
  return (
    <div className="inspector-own">
      <Button small onClick={() => goInside(type)}>
        <Pencil size={13} aria-hidden="true" /> Edit the inside
      </Button>
      <span className="muted">{uses === 1 ? 'Used once' : `Used ${uses} times`}</span>
    </div>
  );
}
