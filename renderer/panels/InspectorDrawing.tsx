import { useMemo } from 'react';
import { setParams, setTitle } from '../../src/document/edits.ts';
import { MAX_TITLE } from '../../src/document/format.ts';
import type { DocNode } from '../../src/document/model.ts';
import { receptiveFields, schemaOf } from '../../src/lower/index.ts';
import { estimateMemory } from '../../src/recipe/memory.ts';
import { chooseFor } from '../engines/choice.ts';
import { useEngines, useWish } from '../engines/store.ts';
import { attempt, attemptOnDocument, useEditor } from '../state/editor.ts';
import { useCatalogue } from '../training/catalogue.ts';
import { networkFor } from '../training/checks.ts';
import { recipeOf } from '../training/recipe.ts';
import { bytes } from '../ui/format.ts';
import { useLater } from '../ui/later.ts';
import { FormField } from './FormField.tsx';
import { Facts, Savings, Section, SkipSwitch, TextEntry } from './InspectorParts.tsx';
import { costFacts, fieldFact, savingsOf, skipOfAll, totalsOf } from './inspector-facts.ts';

const titleProblem = (title: string) =>
  title === ''
    ? 'A title cannot be empty.'
    : title.length > MAX_TITLE
      ? `A title has at most ${MAX_TITLE} characters; this one has ${title.length}.`
      : undefined;

/** Nothing is selected: the network as a whole. */
export function InspectorDrawing() {
  const { shown, history } = useEditor();
  const { document } = shown;
  const skip = skipOfAll(document.nodes);
  const savings = useLater(shown, () => savingsOf(shown));
  const input = document.nodes.find((n) => n.type === 'input');
  const head = document.nodes.find((n) => n.type === 'head');
  return (
    <>
      <header className="inspector-head">
        <h2>The network</h2>
        {document.nodes.length > 0 && (
          <p>Select a node or a wire to see it; figures here are for all that reaches the output.</p>
        )}
      </header>
      <TextEntry
        id="drawing-title"
        label="Title"
        first
        value={history.document.title}
        problem={titleProblem}
        onKeep={(title) => void attemptOnDocument(() => setTitle(title))}
      />
      <div className="inspector-params">
        {input && <QuickField node={input} param="shape" label="Input shape" />}
        {head && <QuickField node={head} param="classes" label="Classes" />}
      </div>
      {document.nodes.length === 0 ? <p className="inspector-note">Nothing is drawn yet.</p> : <Totals />}
      {skip && (
        <Section title="Skips">
          <SkipSwitch skip={skip} />
          <p className="inspector-note">
            Without skips, the same layers get harder to train the deeper they are stacked. Train both and
            compare.
          </p>
        </Section>
      )}
      {savings && savings.length > 0 && (
        <Section title="Saved by groups">
          <Savings savings={savings} named />
        </Section>
      )}
    </>
  );
}

interface QuickFieldProps {
  readonly node: DocNode;
  readonly param: string;
  readonly label: string;
}

function QuickField({ node, param, label }: QuickFieldProps) {
  const kind = schemaOf(node.type, [])?.[param];
  if (!kind) return null;
  return (
    <FormField
      key={node.id}
      {...{ param, kind, label }}
      given={[node.params[param]]}
      onChange={(value, visit) =>
        void attempt((d) => setParams(d, node.id, { [param]: value }), { merge: visit })
      }
    />
  );
}

function Totals() {
  const shown = useEditor((s) => s.shown);
  const datasets = useCatalogue((s) => s.datasets);
  const engines = useEngines((s) => s.engines);
  const wish = useWish();
  const asked = useMemo(() => ({ shown, datasets, engines, wish }), [shown, datasets, engines, wish]);
  const memory = useLater(asked, () => {
    const network = networkFor(shown);
    const { recipe } = recipeOf(shown.document, datasets);
    const need = (id?: string) => (network ? estimateMemory(network, recipe, id) : 0);
    const chosen = engines && chooseFor(engines, wish, need);
    return network && { batch: recipe.batch, value: bytes(need(chosen?.engine?.id)) };
  });
  const { features, output } = receptiveFields(shown);
  return (
    <Section title="Figures">
      <Facts
        facts={[
          ...costFacts(totalsOf(shown)),
          {
            label: 'Training memory',
            value: memory ? `${memory.value} at batch ${memory.batch}` : 'unknown',
            help: 'Activations, gradients, weights and the optimiser’s numbers; known once the drawing has no errors.',
          },
          { ...fieldFact(features), label: 'Receptive field, features' },
          { ...fieldFact(output), label: 'Receptive field, output' },
        ]}
      />
    </Section>
  );
}
