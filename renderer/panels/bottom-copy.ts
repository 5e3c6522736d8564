import { AppError } from '../../src/base/errors.ts';
import { say, sayError } from '../ui/toasts.tsx';

/** Browsers without permission for the clipboard still copy what is selected. */
function copySelected(text: string): boolean {
  const field = document.createElement('textarea');
  field.value = text;
  field.className = 'visually-hidden';
  // Only what lies inside of a modal dialog can be selected while it is open.
  const dialogs = document.querySelectorAll('dialog[open]');
  (dialogs[dialogs.length - 1] ?? document.body).append(field);
  const before = document.activeElement;
  field.select();
  const done = document.execCommand('copy');
  field.remove();
  if (before instanceof HTMLElement) before.focus();
  return done;
}

async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch (cause) {
    if (copySelected(text)) return;
    throw new AppError('clipboard/refused', 'The browser refuses to copy.', {
      hint: 'Download it instead, or allow the clipboard for this page.',
      cause,
    });
  }
}

/** Copies and says so. `what`: 'The summary, as Markdown,' */
export const copyText = (text: string, what: string): Promise<void> =>
  copy(text).then(() => say({ kind: 'good', text: `${what} is on the clipboard.` }), sayError);
