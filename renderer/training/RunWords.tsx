import { Pencil, Plus, Tag, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { CallArgument } from '../../src/services/contract.ts';
import { call } from '../bridge.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { bytes } from '../ui/format.ts';
import { sayError } from '../ui/toasts.tsx';

type Change = Omit<CallArgument<'runs.edit'>, 'run'>;
const edit = (run: string, change: Change) => call('runs.edit', { run, ...change }).then(() => {}, sayError);

/** The run's name, changed in place. */
export function RunTitle({ run, title }: { readonly run: string; readonly title: string }) {
  const [draft, setDraft] = useState<string | null>(null);
  if (draft === null)
    return (
      <>
        <h2>{title}</h2>
        <IconButton label="Rename the run" onClick={() => setDraft(title)}>
          <Pencil size={14} />
        </IconButton>
      </>
    );
  const done = () => {
    const named = draft.trim();
    if (named && named !== title) void edit(run, { title: named });
    setDraft(null);
  };
  return (
    <form
      className="run-rename"
      onSubmit={(e) => {
        e.preventDefault();
        done();
      }}
    >
      <input
        className="input"
        aria-label="Name of the run"
        maxLength={200}
        // biome-ignore lint/a11y/noAutofocus: the person has just asked to change it.
        autoFocus
        value={draft}
        onFocus={(e) => e.target.select()}
        onChange={(e) => setDraft(e.target.value)}
        onBlur={done}
        onKeyDown={(e) => e.key === 'Escape' && setDraft(null)}
      />
    </form>
  );
}

interface RunWordsProps {
  readonly run: string;
  readonly note: string;
  readonly tags: readonly string[];
}

/** Tags and a note, and what the run takes on the disk. */
export function RunWords({ run, note, tags }: RunWordsProps) {
  const [draft, setDraft] = useState(note);
  useEffect(() => setDraft(note), [note]);
  return (
    <div className="run-words">
      <div className="tags">
        <Tag size={13} aria-hidden />
        {tags.map((tag) => (
          <span key={tag} className="tag">
            {tag}
            <button
              type="button"
              aria-label={`Remove the tag ${tag}`}
              onClick={() => void edit(run, { tags: tags.filter((t) => t !== tag) })}
            >
              <X size={11} />
            </button>
          </span>
        ))}
        <NewTag onAdd={(tag) => void edit(run, { tags: [...tags, tag] })} />
        <Usage run={run} />
      </div>
      <textarea
        className="input run-note"
        aria-label="Note about the run"
        placeholder="A note about this run"
        rows={Math.min(8, Math.max(1, draft.split('\n').length))}
        maxLength={20_000}
        value={draft}
        onChange={(e) => setDraft(e.target.value)}
        onBlur={() => draft !== note && void edit(run, { note: draft })}
      />
    </div>
  );
}

function NewTag({ onAdd }: { readonly onAdd: (tag: string) => void }) {
  const [draft, setDraft] = useState<string | null>(null);
  if (draft === null)
    return (
      <Button small kind="quiet" onClick={() => setDraft('')}>
        <Plus size={12} /> Tag
      </Button>
    );
  const done = () => {
    if (draft.trim()) onAdd(draft.trim());
    setDraft(null);
  };
  return (
    <input
      className="input tag-input"
      aria-label="New tag"
      maxLength={40}
      // biome-ignore lint/a11y/noAutofocus: the person has just asked for it.
      autoFocus
      value={draft}
      onChange={(e) => setDraft(e.target.value)}
      onBlur={done}
      onKeyDown={(e) => {
        if (e.key === 'Enter') done();
        else if (e.key === 'Escape') setDraft(null);
      }}
    />
  );
}

interface Taken {
  readonly total: number;
  readonly checkpoints: number;
  readonly checkpointBytes: number;
}

async function usageOf(run: string): Promise<Taken> {
  const [{ runs }, checkpoints] = await Promise.all([
    call('runs.usage', {}),
    call('runs.checkpoints', { run }),
  ]);
  return {
    total: runs.find((one) => one.run === run)?.bytes ?? 0,
    checkpoints: checkpoints.length,
    checkpointBytes: checkpoints.reduce((sum, one) => sum + one.bytes, 0),
  };
}

function Usage({ run }: { readonly run: string }) {
  const [taken, setTaken] = useState<Taken | null>(null);
  useEffect(() => {
    let wanted = true;
    usageOf(run).then((told) => wanted && setTaken(told), sayError);
    return () => {
      wanted = false;
    };
  }, [run]);
  if (!taken) return null;
  const { total, checkpoints, checkpointBytes } = taken;
  return (
    <span className="muted run-usage">
      {bytes(total)} on the disk
      {checkpoints > 0 &&
        `, ${bytes(checkpointBytes)} of it ${checkpoints === 1 ? 'a checkpoint' : `${checkpoints} checkpoints`}`}
    </span>
  );
}
