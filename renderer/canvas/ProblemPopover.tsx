import { AlertTriangle, CircleAlert, Trash2, Wrench, X } from 'lucide-react';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { type Diagnostic, keyOf } from '../../src/lower/index.ts';
import { attempt, fixesOf, useEditor } from '../state/editor.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { type ProblemsAt, setUi, useCanvasUi } from './ui.ts';

const close = () => setUi({ problems: null });

/** The problems of a node or of one of its inputs, with what would mend them. */
export function ProblemPopover() {
  const at = useCanvasUi((s) => s.problems);
  const all = useEditor((s) => s.shownDiagnostics);
  if (!at) return null;
  const told = all.filter(
    (d) => d.nodeId === at.node && (at.port === null || (d.portId === at.port && d.severity === 'error')),
  );
  return told.length > 0 ? <Popover key={`${at.node}\n${at.port}`} at={at} told={told} /> : null;
}

function Popover({ at, told }: { readonly at: ProblemsAt; readonly told: readonly Diagnostic[] }) {
  const ref = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState(at.screen);
  useLayoutEffect(() => {
    const box = ref.current?.getBoundingClientRect();
    if (!box || told.length === 0) return;
    setPlace({
      x: Math.max(8, Math.min(at.screen.x - 24, innerWidth - box.width - 8)),
      y: Math.max(8, Math.min(at.screen.y, innerHeight - box.height - 8)),
    });
  }, [at, told]);
  useEffect(() => {
    const before = document.activeElement;
    ref.current?.querySelector<HTMLElement>('button')?.focus();
    const outside = (e: PointerEvent) => {
      if (!ref.current?.contains(e.target as Node)) close();
    };
    addEventListener('pointerdown', outside, true);
    return () => {
      removeEventListener('pointerdown', outside, true);
      if (before instanceof HTMLElement || before instanceof SVGElement) before.focus();
    };
  }, []);
  return (
    <div
      ref={ref}
      className="problems-popover"
      role="dialog"
      aria-label="Problems"
      style={{ left: place.x, top: place.y }}
      onKeyDown={(e) => {
        e.stopPropagation();
        if (e.key === 'Escape') close();
      }}
    >
      {told.map((diagnostic) => (
        <Problem key={keyOf(diagnostic)} diagnostic={diagnostic} />
      ))}
      <IconButton label="Close" small className="problems-close" onClick={close}>
        <X size={14} />
      </IconButton>
    </div>
  );
}

function Problem({ diagnostic }: { readonly diagnostic: Diagnostic }) {
  const { severity, message, code } = diagnostic;
  const shown = useEditor((s) => s.shown);
  // biome-ignore lint/correctness/useExhaustiveDependencies: fixes are of the drawing that is shown.
  const fixes = useMemo(() => fixesOf(diagnostic), [diagnostic, shown]);
  const Icon = severity === 'error' ? CircleAlert : AlertTriangle;
  return (
    <section className="problem" data-severity={severity}>
      <p className="text-selectable">
        <Icon size={14} aria-label={severity} /> {message}
      </p>
      {fixes.map(({ title, edit, destructive }) => (
        <Button
          key={title}
          small
          kind={destructive ? 'danger' : 'plain'}
          className="problem-fix"
          onClick={() => {
            close();
            attempt(() => ({ ...edit, label: title }));
          }}
        >
          {destructive ? <Trash2 size={13} aria-hidden="true" /> : <Wrench size={13} aria-hidden="true" />}
          {title}
        </Button>
      ))}
      <code className="problem-code">{code}</code>
    </section>
  );
}
