import { show, useApp } from '../state/app.ts';
import type { Command } from './command.ts';

export const helpCommands: readonly Command[] = [
  {
    id: 'help.palette',
    title: 'All commands…',
    category: 'Help',
    shortcuts: ['Mod+K', 'Mod+Shift+P'],
    run: () => show({ kind: 'palette' }),
  },
  {
    id: 'help.shortcuts',
    title: 'Keyboard shortcuts',
    category: 'Help',
    shortcuts: ['?'],
    run: () => show({ kind: 'shortcuts' }),
  },
  {
    id: 'help.tour',
    title: 'Tour',
    category: 'Help',
    words: 'introduction first run',
    run: () => useApp.setState({ view: 'design', tour: 0 }),
  },
  { id: 'help.about', title: 'About Stemma', category: 'Help', run: () => show({ kind: 'about' }) },
];
