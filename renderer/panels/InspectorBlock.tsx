import { ArrowUp, X } from 'lucide-react';
import { setBlockMeta, unexpose } from '../../src/document/block-edits.ts';
import { MAX_TITLE } from '../../src/document/format.ts';
import type { CustomBlock } from '../../src/document/model.ts';
import { int } from '../../src/schema/params.ts';
import { leaveBlock, usesOf } from '../canvas/blocks.ts';
import { attemptOnDocument, useEditor } from '../state/editor.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { FormField } from './FormField.tsx';
import { Facts, Section, TextEntry } from './InspectorParts.tsx';
import { costFacts } from './inspector-facts.ts';

const repeatKind = int({
  ...{ min: 1, max: 1000, default: 1 },
  help: 'Copies in a row, where a use does not say otherwise.',
});

/** Nothing is selected inside of a block: the block as a whole. */
export function InspectorBlock({ block }: { readonly block: CustomBlock }) {
  const document = useEditor((s) => s.history.document);
  const shown = useEditor((s) => s.shown);
  const { type, title, repeat, exposed, nodes } = block;
  const uses = usesOf(document, type);
  const cost = { params: 0, stats: 0, macs: 0 };
  for (const { fragment } of shown.nodes.values()) {
    cost.params += fragment.params;
    cost.stats += fragment.stats;
    cost.macs += fragment.macs;
  }
  return (
    <>
      <header className="inspector-head" data-category="custom">
        <h2>The inside of a block</h2>
        <p>{uses === 1 ? 'Used once' : `Used ${uses} times`}; what is changed here changes in every use.</p>
      </header>
      <TextEntry
        id="block-title"
        label="Title"
        first
        value={title}
        problem={(text) =>
          text === '' || text.length > MAX_TITLE ? `A title has 1 to ${MAX_TITLE} characters.` : undefined
        }
        onKeep={(text) => void attemptOnDocument((d) => setBlockMeta(d, type, { title: text }))}
      />
      <FormField
        param="repeat"
        kind={repeatKind}
        given={[repeat]}
        onChange={(value, visit) =>
          void attemptOnDocument((d) => setBlockMeta(d, type, { repeat: value as number }), { merge: visit })
        }
      />
      <Section title="Parameters of each use">
        {exposed.length === 0 && (
          <p className="inspector-note">None yet. Select a node and share one of its parameters.</p>
        )}
        <ul className="inspector-exposed">
          {exposed.map(({ name, node, param, firstOnly }) => (
            <li key={name}>
              <span>
                <strong>{name}</strong>{' '}
                <span className="muted">
                  {param} of {nodes.find((n) => n.id === node)?.name}
                  {firstOnly && ', first copy only'}
                </span>
              </span>
              <IconButton
                label={`Take ${name} from the parameters`}
                small
                onClick={() => attemptOnDocument((d) => unexpose(d, type, name))}
              >
                <X size={13} />
              </IconButton>
            </li>
          ))}
        </ul>
      </Section>
      <Section title="Figures of one copy">
        <Facts facts={costFacts(cost)} />
      </Section>
      <Button onClick={leaveBlock}>
        <ArrowUp size={14} aria-hidden="true" /> Back to the network
      </Button>
    </>
  );
}
