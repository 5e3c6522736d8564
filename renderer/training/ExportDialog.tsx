import { LoaderCircle } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { AppError, describeError } from '../../src/base/errors.ts';
import { writeDocument } from '../../src/document/file.ts';
import type { ExportResult, FormatInfo } from '../../src/services/contract.ts';
import { call } from '../bridge.ts';
import { fileNameOf } from '../files/actions.ts';
import { useApp } from '../state/app.ts';
import { documentNow } from '../state/editor.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { say, sayError } from '../ui/toasts.tsx';
import { Place, Verification } from './ExportList.tsx';

type Stage =
  | { readonly kind: 'choose'; readonly error?: unknown }
  | { readonly kind: 'busy' }
  /** Something stands at the place. */
  | { readonly kind: 'exists'; readonly place: string | null; readonly words: string }
  | { readonly kind: 'done'; readonly result: ExportResult };

interface Props {
  readonly run: string | null;
  readonly onClose: () => void;
}

/** What is exported, by name; a run's is asked for. */
function useTitle(run: string | null): string {
  const [title, setTitle] = useState(() => (run === null ? documentNow().title : ''));
  useEffect(() => {
    if (run !== null) call('runs.open', { run }).then(({ record }) => setTitle(record.title), sayError);
  }, [run]);
  return title;
}

function useFormats(): readonly FormatInfo[] | null {
  const [formats, setFormats] = useState<readonly FormatInfo[] | null>(null);
  useEffect(() => {
    call('exports.formats', {}).then(setFormats, sayError);
  }, []);
  return formats;
}

/** Export of a run or of the drawing. */
export function ExportDialog({ run, onClose }: Props) {
  const formats = useFormats();
  const title = useTitle(run);
  const [chosen, setChosen] = useState<string | null>(null);
  const [stage, setStage] = useState<Stage>({ kind: 'choose' });
  const dialogs = useApp((s) => s.info?.dialogs ?? false);
  const format = formats?.find((f) => f.id === chosen) ?? formats?.[0];

  const open = useRef(true);
  useEffect(() => {
    open.current = true;
    return () => {
      open.current = false;
    };
  }, []);

  const write = async (place: string | null, overwrite: boolean) => {
    if (!format) return;
    setStage({ kind: 'busy' });
    try {
      const document = run === null ? writeDocument(documentNow()) : null;
      const result = await call('exports.start', { run, document, format: format.id, place, overwrite });
      if (open.current) setStage({ kind: 'done', result });
      else say({ kind: 'good', text: `${format.title} is written and verified: ${result.place}` });
    } catch (error) {
      if (!open.current) sayError(error);
      else if (error instanceof AppError && error.code === 'export/exists')
        setStage({ kind: 'exists', place, words: error.message });
      else setStage({ kind: 'choose', error });
    }
  };
  const begin = async () => {
    if (!format) return;
    if (!dialogs) return write(null, false);
    const suggested = `${fileNameOf(title)}${format.extension ? `.${format.extension}` : ''}`;
    const place = await call('exports.choosePlace', { suggested, folder: format.folder });
    // The system's dialog has asked already whether a file may be replaced.
    if (place) await write(place.place, !format.folder);
  };
  const foot =
    stage.kind === 'done' ? (
      <>
        <Button onClick={() => setStage({ kind: 'choose' })}>Export another</Button>
        <Button kind="primary" autoFocus onClick={onClose}>
          Done
        </Button>
      </>
    ) : stage.kind === 'exists' ? (
      <>
        <Button onClick={() => setStage({ kind: 'choose' })}>Back</Button>
        <Button kind="danger" onClick={() => void write(stage.place, true)}>
          Replace it
        </Button>
      </>
    ) : (
      <>
        <Button onClick={onClose}>{stage.kind === 'busy' ? 'Close' : 'Cancel'}</Button>
        <Button
          kind="primary"
          disabled={!format || stage.kind === 'busy'}
          onClick={() => void begin().catch(sayError)}
        >
          {dialogs ? 'Choose where, and export…' : 'Export'}
        </Button>
      </>
    );
  return (
    <Dialog title={title ? `Export "${title}"` : 'Export'} onClose={onClose} width={560} foot={foot}>
      <div className="export">
        {stage.kind === 'done' ? (
          <Done result={stage.result} />
        ) : stage.kind === 'exists' ? (
          <p className="callout warn text-selectable" role="alert">
            {stage.words} It will be lost if you replace it.
          </p>
        ) : (
          <>
            {run === null && <FreshNote format={format} />}
            <Formats
              {...{ formats, format, disabled: stage.kind === 'busy' }}
              onChoose={(id) => setChosen(id)}
            />
            <Where dialogs={dialogs} />
            {stage.kind === 'busy' && (
              <p className="callout" role="status">
                <LoaderCircle size={14} className="spin" aria-hidden /> Writing, reading it back, comparing…
              </p>
            )}
            {stage.kind === 'choose' && stage.error !== undefined && (
              <p className="callout bad text-selectable" role="alert">
                {describeError(stage.error)}
              </p>
            )}
          </>
        )}
      </div>
    </Dialog>
  );
}

function FreshNote({ format }: { readonly format: FormatInfo | undefined }) {
  return (
    <p className="callout warn">
      {format && !format.needsWeights
        ? 'This is the drawing alone, without weights.'
        : 'A drawing holds no trained weights: it is exported with fresh, random ones. To export trained ones, choose a run under Runs.'}
    </p>
  );
}

interface FormatsProps {
  readonly formats: readonly FormatInfo[] | null;
  readonly format: FormatInfo | undefined;
  readonly disabled: boolean;
  readonly onChoose: (id: string) => void;
}

function Formats({ formats, format, disabled, onChoose }: FormatsProps) {
  if (!formats) return <p className="muted">Asking what can be written…</p>;
  return (
    <fieldset className="formats" disabled={disabled}>
      <legend className="visually-hidden">Format</legend>
      {formats.map((f) => (
        <label key={f.id} className="format">
          <input
            type="radio"
            name="format"
            value={f.id}
            checked={f === format}
            onChange={() => onChoose(f.id)}
          />
          <span>
            <b>{f.title}</b>
            <span className="muted">
              {f.folder ? 'a folder' : `one file, .${f.extension}`}
              {f.needsWeights ? '' : '; no weights'}
            </span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function Where({ dialogs }: { readonly dialogs: boolean }) {
  const folder = useApp((s) => s.info?.documentsFolder);
  return (
    <p className="muted">
      {dialogs
        ? 'You choose the place next.'
        : `It is written to ${folder}/exports on the machine that runs Stemma, under a name that is free.`}{' '}
      It is called done once another program has read it and given the same answers.
    </p>
  );
}

function Done({ result }: { readonly result: ExportResult }) {
  return (
    <>
      <p>{result.trained ? 'Written, with the trained weights.' : 'Written.'}</p>
      <Place place={result.place} />
      <Verification entry={result} />
      {result.notes.length > 0 && (
        <div className="export-notes">
          <h3>How to use it</h3>
          <ul className="text-selectable">
            {result.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}
