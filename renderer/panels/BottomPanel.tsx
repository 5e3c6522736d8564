import { X } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { shortcutOf } from '../commands/index.ts';
import { type Panel, useApp } from '../state/app.ts';
import { useEditor } from '../state/editor.ts';
import { IconButton } from '../ui/Button.tsx';
import { BottomSeparator } from './BottomSeparator.tsx';
import { fitting } from './bottom-height.ts';
import { useKeptHeight } from './bottom-kept.ts';
import { CodeTab } from './CodeTab.tsx';
import { ProblemsTab } from './ProblemsTab.tsx';
import { SummaryTab } from './SummaryTab.tsx';

const tabs: readonly { id: Panel; title: string }[] = [
  { id: 'problems', title: 'Problems' },
  { id: 'summary', title: 'Summary' },
  { id: 'code', title: 'Code' },
];

const open = (panel: Panel | null) => useApp.setState({ panel });

/** Problems, Summary or Code, below the drawing; which one stands in useApp. */
export function BottomPanel() {
  const panel = useApp((s) => s.panel);
  const kept = useKeptHeight();
  const [dragged, setDragged] = useState<number | null>(null);
  if (!panel) return null;
  const height = dragged ?? fitting(kept, innerHeight);
  return (
    <div className="bottom" style={{ height }}>
      <BottomSeparator height={height} onDrag={setDragged} />
      <div className="bottom-head">
        <Tabs panel={panel} />
        <IconButton
          label="Close the panel"
          shortcut={shortcutOf(`view.${panel}`)}
          small
          onClick={() => open(null)}
        >
          <X size={15} />
        </IconButton>
      </div>
      <div
        className="bottom-body"
        role="tabpanel"
        id="bottom-body"
        aria-labelledby={`bottom-tab-${panel}`}
        data-testid={panel}
      >
        {panel === 'problems' && <ProblemsTab />}
        {panel === 'summary' && <SummaryTab />}
        {panel === 'code' && <CodeTab />}
      </div>
    </div>
  );
}

function Tabs({ panel }: { readonly panel: Panel }) {
  const count = useEditor((s) => s.shownDiagnostics.length);
  const onKeyDown = (e: KeyboardEvent<HTMLElement>) => {
    const step = e.key === 'ArrowRight' ? 1 : e.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    e.preventDefault();
    const index = (tabs.findIndex((t) => t.id === panel) + step + tabs.length) % tabs.length;
    open(tabs[index]?.id ?? panel);
    e.currentTarget.querySelectorAll('button')[index]?.focus();
  };
  return (
    <div className="bottom-tabs" role="tablist" aria-label="Details" tabIndex={-1} onKeyDown={onKeyDown}>
      {tabs.map(({ id, title }) => (
        <button
          key={id}
          id={`bottom-tab-${id}`}
          type="button"
          role="tab"
          aria-selected={panel === id}
          aria-controls="bottom-body"
          tabIndex={panel === id ? 0 : -1}
          onClick={() => open(id)}
        >
          {title}
          {id === 'problems' && count > 0 && <span className="bottom-count">{count}</span>}
        </button>
      ))}
    </div>
  );
}
