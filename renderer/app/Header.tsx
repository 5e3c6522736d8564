import { Play, Redo2, Search, Undo2 } from 'lucide-react';
import { setTitle } from '../../src/document/edits.ts';
import type { Command } from '../commands/command.ts';
import { findCommand, shortcutOf } from '../commands/index.ts';
import { runCommand } from '../commands/run.ts';
import { InstallChip } from '../engines/InstallChip.tsx';
import { ExperimentChip } from '../experiments/ExperimentChip.tsx';
import { useApp, type View } from '../state/app.ts';
import { attemptOnDocument, isDirty, useEditor } from '../state/editor.ts';
import { TrainingChip } from '../training/TrainingChip.tsx';
import { Button, IconButton } from '../ui/Button.tsx';
import { Tip } from '../ui/Tip.tsx';
import { Logo } from './Logo.tsx';
import { MenuBar } from './MenuBar.tsx';

const views: readonly { id: View; title: string }[] = [
  { id: 'design', title: 'Design' },
  { id: 'train', title: 'Train' },
  { id: 'runs', title: 'Runs' },
  { id: 'experiments', title: 'Experiments' },
];

const run = (id: string) => void runCommand(findCommand(id) as Command);

export function Header() {
  const view = useApp((s) => s.view);
  return (
    <header className="header">
      <Logo />
      <h1 className="visually-hidden">Stemma</h1>
      <MenuBar />
      <Title />
      <History />
      <div className="segmented header-views" role="tablist" aria-label="Views">
        {views.map(({ id, title }) => (
          <button
            key={id}
            type="button"
            role="tab"
            aria-selected={view === id || (view === 'compare' && id === 'runs')}
            onClick={() => useApp.setState({ view: id })}
          >
            {title}
          </button>
        ))}
      </div>
      <div className="header-end">
        <InstallChip />
        <TrainingChip />
        <ExperimentChip />
        <IconButton
          label="All commands"
          shortcut={shortcutOf('help.palette')}
          onClick={() => run('help.palette')}
        >
          <Search size={16} />
        </IconButton>
        <Tip text="Train the drawing" shortcut={shortcutOf('train.start')}>
          <Button kind="primary" onClick={() => run('train.start')}>
            <Play size={14} /> Train
          </Button>
        </Tip>
      </div>
    </header>
  );
}

function History() {
  const { past, future } = useEditor((s) => s.history);
  const last = past.at(-1)?.label;
  const next = future.at(-1)?.label;
  return (
    <div className="header-history">
      <IconButton
        label={last ? `Undo: ${last}` : 'Nothing to undo'}
        shortcut={shortcutOf('edit.undo')}
        aria-disabled={!last}
        onClick={() => run('edit.undo')}
      >
        <Undo2 size={16} opacity={last ? 1 : 0.4} />
      </IconButton>
      <IconButton
        label={next ? `Redo: ${next}` : 'Nothing to redo'}
        shortcut={shortcutOf('edit.redo')}
        aria-disabled={!next}
        onClick={() => run('edit.redo')}
      >
        <Redo2 size={16} opacity={next ? 1 : 0.4} />
      </IconButton>
    </div>
  );
}

/** The drawing's title, to be changed where it stands. */
function Title() {
  const title = useEditor((s) => s.history.document.title);
  const dirty = useEditor(isDirty);
  return (
    <div className="header-title">
      <input
        key={title}
        className="input"
        aria-label="Title of the drawing"
        defaultValue={title}
        maxLength={200}
        size={Math.max(8, Math.min(28, title.length))}
        onBlur={(e) => {
          const given = e.target.value.trim();
          if (given && given !== title) attemptOnDocument(() => setTitle(given));
          else e.target.value = title;
        }}
        onKeyDown={(e) => {
          if (e.key === 'Enter') e.currentTarget.blur();
          if (e.key === 'Escape') {
            e.currentTarget.value = title;
            e.currentTarget.blur();
          }
        }}
      />
      {dirty && (
        <Tip text="Changes that are not saved yet; a draft is kept">
          <span className="header-dirty" role="img" aria-label="Unsaved changes" />
        </Tip>
      )}
    </div>
  );
}
