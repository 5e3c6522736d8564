import { downloadDocument, newDocument, openWindow, saveAs, saveNow, startOpen } from '../files/actions.ts';
import { show, useApp } from '../state/app.ts';
import { documentNow } from '../state/editor.ts';
import { useTraining } from '../training/store.ts';
import type { Command } from './command.ts';

export const fileCommands: readonly Command[] = [
  { id: 'file.new', title: 'New drawing', category: 'File', shortcuts: ['Mod+Alt+N'], run: newDocument },
  {
    id: 'file.gallery',
    title: 'New from template…',
    category: 'File',
    shortcuts: ['Mod+Shift+L'],
    words: 'gallery resnet resnext library',
    run: () => show({ kind: 'gallery' }),
  },
  { id: 'file.open', title: 'Open…', category: 'File', shortcuts: ['Mod+O'], run: startOpen },
  {
    id: 'file.recover',
    title: 'Unsaved drawings…',
    category: 'File',
    words: 'recover restore draft crash',
    run: () => show({ kind: 'recovery' }),
  },
  {
    id: 'file.window',
    title: 'New window',
    category: 'File',
    shortcuts: ['Mod+Alt+Shift+N'],
    run: openWindow,
  },
  { id: 'file.save', title: 'Save', category: 'File', shortcuts: ['Mod+S'], run: saveNow },
  { id: 'file.saveAs', title: 'Save as…', category: 'File', shortcuts: ['Mod+Shift+S'], run: saveAs },
  {
    id: 'file.download',
    title: 'Download a copy',
    category: 'File',
    blocked: () =>
      useApp.getState().info?.host === 'electron' ? 'the application saves files itself.' : undefined,
    run: downloadDocument,
  },
  {
    id: 'file.export',
    title: 'Export…',
    category: 'File',
    shortcuts: ['Mod+E'],
    words: 'tfjs safetensors onnx pytorch keras',
    blocked: () => (documentNow().nodes.length === 0 ? 'there is nothing to export yet.' : undefined),
    run: () => show({ kind: 'export', run: lastTrained() }),
  },
];

/** What was trained last here has weights; a drawing that was never trained has fresh ones. */
function lastTrained(): string | null {
  const { ended } = useTraining.getState();
  return ended?.state === 'finished' || ended?.state === 'stopped' ? ended.run : null;
}
