import {
  AlignCenterHorizontal,
  AlignCenterVertical,
  AlignEndHorizontal,
  AlignEndVertical,
  AlignStartHorizontal,
  AlignStartVertical,
  type LucideIcon,
  Puzzle,
} from 'lucide-react';
import type { DocNode } from '../../src/document/model.ts';
import { titleOf } from '../canvas/catalogue.ts';
import type { Command } from '../commands/command.ts';
import { findCommand, shortcutOf } from '../commands/index.ts';
import { runCommand } from '../commands/run.ts';
import { useEditor } from '../state/editor.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { Tip } from '../ui/Tip.tsx';
import { InspectorParams } from './InspectorParams.tsx';
import { Facts, Section, SkipSwitch } from './InspectorParts.tsx';
import { costFacts, skipOfAll } from './inspector-facts.ts';

const aligns: readonly { readonly id: string; readonly icon: LucideIcon }[] = [
  { id: 'edit.alignLeft', icon: AlignStartVertical },
  { id: 'edit.alignCentre', icon: AlignCenterVertical },
  { id: 'edit.alignRight', icon: AlignEndVertical },
  { id: 'edit.alignTop', icon: AlignStartHorizontal },
  { id: 'edit.alignMiddle', icon: AlignCenterHorizontal },
  { id: 'edit.alignBottom', icon: AlignEndHorizontal },
];

const commandOf = (id: string) => findCommand(id) as Command;

/** Several nodes: what they have in common, and what is done with all of them. */
export function InspectorMany({ ids }: { readonly ids: ReadonlySet<string> }) {
  const shown = useEditor((s) => s.shown);
  const items = [...shown.nodes.values()].filter((item) => ids.has(item.node.id));
  const nodes = items.map((item) => item.node);
  const skip = skipOfAll(nodes);
  const sum = (of: 'params' | 'stats' | 'macs') =>
    items.reduce((total, { fragment }) => total + fragment[of], 0);
  return (
    <>
      <header className="inspector-head">
        <h2>{nodes.length === 0 ? `${ids.size} inner nodes` : `${nodes.length} nodes`}</h2>
        {nodes.length < ids.size && (
          <p>Parts of what is opened in place are selected too; unpack it to change them.</p>
        )}
      </header>
      <fieldset className="inspector-align" aria-label="Align">
        {aligns.map(({ id, icon: Icon }, i) => (
          <IconButton
            key={id}
            label={commandOf(id).title}
            data-inspector-first={i === 0 || undefined}
            onClick={() => void runCommand(commandOf(id))}
          >
            <Icon size={16} />
          </IconButton>
        ))}
      </fieldset>
      <Tip text="One node that can be used again and repeated" shortcut={shortcutOf('network.group')}>
        <Button onClick={() => void runCommand(commandOf('network.group'))}>
          <Puzzle size={14} aria-hidden="true" /> Make a block…
        </Button>
      </Tip>
      {skip && (
        <Section title="Skips">
          <SkipSwitch skip={skip} ids={nodes.map((n) => n.id)} />
        </Section>
      )}
      {byType(nodes).map(([type, same]) => (
        <Section key={type} title={`${same.length} × ${titleOf(type, shown.document.blocks)}`}>
          <InspectorParams key={same.map((n) => n.id).join()} nodes={same} />
        </Section>
      ))}
      <Section title="Figures together">
        <Facts facts={costFacts({ params: sum('params'), stats: sum('stats'), macs: sum('macs') })} />
      </Section>
    </>
  );
}

/** Types of which there are several. */
function byType(nodes: readonly DocNode[]): readonly (readonly [string, readonly DocNode[]])[] {
  return [...Map.groupBy(nodes, (n) => n.type)].filter(([, same]) => same.length > 1);
}
