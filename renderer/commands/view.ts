import { canvas } from '../canvas/handle.ts';
import { type Panel, show, useApp, type View } from '../state/app.ts';
import { setTheme } from '../state/settings.ts';
import type { Command } from './command.ts';

const view = (id: View, title: string, shortcut: string): Command => ({
  id: `view.${id}`,
  title,
  category: 'View',
  shortcuts: [shortcut],
  checked: () => useApp.getState().view === id,
  run: () => useApp.setState({ view: id }),
});

const panel = (id: Panel, title: string, shortcut: string): Command => ({
  id: `view.${id}`,
  title,
  category: 'View',
  shortcuts: [shortcut],
  checked: () => useApp.getState().panel === id,
  run: () =>
    useApp.setState((s) => ({
      view: 'design',
      panel: s.panel === id && s.view === 'design' ? null : id,
    })),
});

const theme = (id: 'system' | 'light' | 'dark', title: string): Command => ({
  id: `view.theme${id[0]?.toUpperCase()}${id.slice(1)}`,
  title,
  category: 'View',
  words: 'theme colours',
  checked: () => (useApp.getState().settings.theme ?? 'system') === id,
  run: () => setTheme(id),
});

export const viewCommands: readonly Command[] = [
  view('design', 'Design', 'Mod+1'),
  view('train', 'Train', 'Mod+2'),
  view('runs', 'Runs', 'Mod+3'),
  view('experiments', 'Experiments', 'Mod+4'),
  panel('problems', 'Problems', 'Mod+Shift+M'),
  panel('summary', 'Summary table', 'Mod+Shift+U'),
  panel('code', 'Code', 'Mod+Shift+E'),
  {
    id: 'view.left',
    title: 'Block palette',
    category: 'View',
    shortcuts: ['Mod+B'],
    checked: () => useApp.getState().leftOpen,
    run: () => useApp.setState((s) => ({ leftOpen: !s.leftOpen })),
  },
  {
    id: 'view.right',
    title: 'Inspector',
    category: 'View',
    shortcuts: ['Mod+Alt+B'],
    checked: () => useApp.getState().rightOpen,
    run: () => useApp.setState((s) => ({ rightOpen: !s.rightOpen })),
  },
  {
    id: 'view.picture',
    title: 'Picture of the drawing (SVG, PNG)…',
    category: 'View',
    words: 'export image figure',
    run: () => show({ kind: 'picture' }),
  },
  {
    id: 'view.minimap',
    title: 'Minimap',
    category: 'View',
    shortcuts: ['M'],
    scope: 'canvas',
    checked: () => canvas.minimapShown(),
    run: () => canvas.toggleMinimap(),
  },
  {
    id: 'view.zoomIn',
    title: 'Zoom in',
    category: 'View',
    scope: 'drawing',
    shortcuts: ['Mod+=', 'Mod++'],
    run: () => canvas.zoom(1.25),
  },
  {
    id: 'view.zoomOut',
    title: 'Zoom out',
    category: 'View',
    scope: 'drawing',
    shortcuts: ['Mod+-'],
    run: () => canvas.zoom(0.8),
  },
  {
    id: 'view.fit',
    title: 'Zoom to fit',
    category: 'View',
    shortcuts: ['F', 'Shift+1'],
    scope: 'canvas',
    run: () => canvas.fit(),
  },
  {
    id: 'view.actual',
    title: 'Actual size',
    category: 'View',
    scope: 'drawing',
    shortcuts: ['Mod+0'],
    run: () => canvas.zoomTo(1),
  },
  {
    id: 'view.open',
    title: 'Open or close in place',
    category: 'View',
    words: 'expand collapse inside layers blocks stage',
    shortcuts: ['O'],
    scope: 'canvas',
    blocked: () => canvas.whyNotOpen(),
    run: () => canvas.toggleOpen(),
  },
  {
    id: 'view.closeAll',
    title: 'Close all opened in place',
    category: 'View',
    shortcuts: ['Shift+O'],
    scope: 'canvas',
    run: () => canvas.closeAll(),
  },
  theme('system', 'Theme: as the system'),
  theme('light', 'Theme: light'),
  theme('dark', 'Theme: dark'),
];
