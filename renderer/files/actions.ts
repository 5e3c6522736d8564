/** Opening, saving, drafts: what a person does with files, on every host. */

import { AppError } from '../../src/base/errors.ts';
import { findBlock } from '../../src/blocks/index.ts';
import { readDocument, writeDocument } from '../../src/document/file.ts';
import { emptyDocument, type StemmaDocument } from '../../src/document/model.ts';
import { isOpKind } from '../../src/network/ops/index.ts';
import { call } from '../bridge.ts';
import { ask, show, useApp, type View } from '../state/app.ts';
import { documentNow, isDirty, openDocument, useEditor } from '../state/editor.ts';
import { say, sayError } from '../ui/toasts.tsx';
import { dropDraft } from './drafts.ts';

const knownType = (type: string) => isOpKind(type) || findBlock(type) !== undefined;

/** Asks first where the drawing has changes that lie nowhere. */
export function leaveDrawing(then: () => void): void {
  const state = useEditor.getState();
  if (!isDirty(state) || documentNow().nodes.length === 0) {
    void dropDraft(state.id);
    then();
    return;
  }
  ask({
    title: `Save "${documentNow().title}" first?`,
    text: 'It has changes that are not saved.',
    choices: [
      {
        title: 'Do not save',
        kind: 'danger',
        run: () => {
          void dropDraft(state.id);
          then();
        },
      },
      { title: 'Cancel', run: () => {} },
      {
        title: 'Save',
        kind: 'primary',
        run: () => {
          saveThen(then);
        },
      },
    ],
  });
}

export const newDocument = () => leaveDrawing(() => openDocument(emptyDocument()));

/** Puts a drawing, as a template gives it, in the place of the present one. */
export const startFrom = (document: StemmaDocument) =>
  leaveDrawing(() => {
    openDocument(document);
    useApp.setState({ view: 'design' });
  });

/** @throws AppError in words, where it is no drawing */
export const parseDrawing = (text: string, name: string) => readDocument(text, name, knownType);

/** `view`: what is shown then; the person may have chosen another view already while a page begins. */
export async function openPlace(place: string, view: View | null = 'design'): Promise<void> {
  try {
    const { text, name, tag, place: real } = await call('documents.open', { place });
    const document = parseDrawing(text, name);
    leaveDrawing(() => {
      openDocument(document, { place: real, tag, saved: true });
      if (view) useApp.setState({ view });
    });
  } catch (error) {
    sayError(error);
  }
}

export async function startOpen(): Promise<void> {
  if (!useApp.getState().info?.dialogs) {
    show({ kind: 'open' });
    return;
  }
  const chosen = await call('documents.chooseOpen', {});
  if (chosen) await openPlace(chosen.place);
}

/** A file that the browser gives: it has no place that could be saved to. */
export async function openFile(file: File): Promise<void> {
  try {
    const document = parseDrawing(await file.text(), file.name);
    leaveDrawing(() => {
      openDocument(document);
      useApp.setState({ view: 'design' });
    });
  } catch (error) {
    sayError(error);
  }
}

/** @throws AppError; the question whether to replace a changed file is asked here */
export async function saveTo(place: string, expected: string | null, then?: () => void): Promise<void> {
  const document = documentNow();
  const { id } = useEditor.getState();
  try {
    const saved = await call('documents.save', { place, text: writeDocument(document), expected });
    useEditor.setState({ place: saved.place, tag: saved.tag, saved: document });
    await dropDraft(id);
    say({ kind: 'good', text: `Saved ${saved.name}.` });
    then?.();
  } catch (error) {
    if (
      !(error instanceof AppError) ||
      (error.code !== 'document/changed' && error.code !== 'document/exists')
    )
      throw error;
    ask({
      title: error.code === 'document/exists' ? 'Replace the file?' : 'The file has changed',
      text: `${error.message}${error.hint ? ` ${error.hint}` : ''}`,
      choices: [
        { title: 'Cancel', run: () => {} },
        { title: 'Save as…', run: () => void saveAs() },
        {
          title: 'Replace it',
          kind: 'danger',
          run: () => void replace(place, then).catch(sayError),
        },
      ],
    });
  }
}

/** With the tag that the file has now, so that only what was seen is replaced. */
async function replace(place: string, then?: () => void): Promise<void> {
  const { tag } = await call('documents.open', { place });
  await saveTo(place, tag, then);
}

export const saveNow = () => saveThen();

/** `then` follows once it lies somewhere, also after a question was answered. */
export function saveThen(then?: () => void): Promise<void> {
  const { place, tag } = useEditor.getState();
  const done = place === null ? saveAs(then) : saveTo(place, tag, then);
  return done.catch(sayError);
}

export async function saveAs(then?: () => void): Promise<void> {
  if (!useApp.getState().info?.dialogs) {
    show({ kind: 'save', ...(then && { then }) });
    return;
  }
  const chosen = await call('documents.chooseSave', { suggested: documentNow().title });
  if (chosen) await saveTo(chosen.place, null, then);
}

/** Text as a file of the browser's downloads. */
export function download(name: string, content: string | Blob, type = 'application/json'): void {
  const url = URL.createObjectURL(typeof content === 'string' ? new Blob([content], { type }) : content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

export const fileNameOf = (title: string) =>
  title.replaceAll(/[^\p{L}\p{N} ._-]+/gu, '-').trim() || 'drawing';

export function downloadDocument(): void {
  const document = documentNow();
  download(`${fileNameOf(document.title)}.stemma`, writeDocument(document));
}

export async function openWindow(): Promise<void> {
  if (useApp.getState().info?.host === 'electron') await call('window.open', { place: null });
  else open(location.href, '_blank', 'noopener');
}
