/** Small parts that several inspectors are made of. */
import { type ReactNode, useEffect, useState } from 'react';
import { setPlain } from '../../src/document/plain.ts';
import type { Saving } from '../../src/lower/summary.ts';
import { attempt } from '../state/editor.ts';
import { Tip } from '../ui/Tip.tsx';
import { Segments } from './FormChoice.tsx';
import { type Fact, savingText } from './inspector-facts.ts';
import { useKeepOnLeaving } from './leaving.ts';

export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className="facts text-selectable">
      {facts.map(({ label, value, help }) => (
        <div key={label} className="fact">
          {help ? (
            <Tip text={help}>
              <dt>{label}</dt>
            </Tip>
          ) : (
            <dt>{label}</dt>
          )}
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

interface SectionProps {
  readonly title: string;
  readonly children: ReactNode;
}

export function Section({ title, children }: SectionProps) {
  return (
    <section className="inspector-section" aria-label={title}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

interface SkipSwitchProps {
  readonly skip: 'plain' | 'residual' | 'mixed';
  /** Absent: the whole drawing. */
  readonly ids?: readonly string[];
}

const kinds = [
  { id: 'residual', title: 'Residual' },
  { id: 'plain', title: 'Plain' },
] as const;

/** With or without skips, at a press. */
export function SkipSwitch({ skip, ids }: SkipSwitchProps) {
  return (
    <div className="inspector-skip">
      <Segments
        label={ids ? 'Skips of the selection' : 'Skips of the network'}
        options={kinds}
        chosen={skip}
        onChoose={(kind) => void attempt((d) => setPlain(d, kind === 'plain', ids))}
      />
      {skip === 'mixed' && <span className="muted">some of each</span>}
    </div>
  );
}

interface SavingsProps {
  readonly savings: readonly Saving[];
  /** Of one node, its name need not be said. */
  readonly named: boolean;
}

export function Savings({ savings, named }: SavingsProps) {
  return (
    <ul className="inspector-savings text-selectable">
      {savings.map((saving) => (
        <li key={saving.name}>
          {named && <strong>{saving.name} </strong>}
          {savingText(saving)}
          <span className="muted">
            {' '}
            (−{Math.round(100 * (1 - saving.params / Math.max(1, saving.denseParams)))} %)
          </span>
        </li>
      ))}
    </ul>
  );
}

interface TextEntryProps {
  readonly id: string;
  readonly value: string;
  /** Why it cannot be so, as a sentence. */
  readonly problem: (text: string) => string | undefined;
  readonly onKeep: (text: string) => void;
  readonly label: string;
  readonly first?: boolean;
}

/** A name or a title: judged as it is typed, kept on Enter or when it is left; Escape brings the old one back. */
export function TextEntry({ id, value, problem, onKeep, label, first }: TextEntryProps) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const given = text.trim();
  const wrong = given === value ? undefined : problem(given);
  const keep = () => {
    if (wrong === undefined && given !== value) onKeep(given);
  };
  useKeepOnLeaving(keep);
  return (
    <div className="form-row" data-wide>
      <div className="form-label">
        <label htmlFor={id}>{label}</label>
      </div>
      <input
        id={id}
        className="input"
        value={text}
        spellCheck={false}
        autoComplete="off"
        aria-invalid={wrong !== undefined}
        aria-describedby={`${id}-note`}
        data-inspector-first={first || undefined}
        onChange={(e) => setText(e.target.value)}
        onBlur={keep}
        onKeyDown={(e) => {
          if (e.key === 'Enter') e.currentTarget.blur();
          if (e.key === 'Escape') setText(value);
        }}
      />
      <p id={`${id}-note`} className="form-error" role={wrong ? 'alert' : undefined}>
        {wrong}
      </p>
    </div>
  );
}
