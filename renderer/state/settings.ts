import type { Settings } from '../../src/services/contract.ts';
import { call } from '../bridge.ts';
import { sayError } from '../ui/toasts.tsx';
import { useApp } from './app.ts';

function showTheme(): void {
  const { theme = 'system' } = useApp.getState().settings;
  const dark = matchMedia('(prefers-color-scheme: dark)');
  document.documentElement.dataset.theme =
    theme === 'dark' || (theme === 'system' && dark.matches) ? 'dark' : 'light';
}

export function watchTheme(): void {
  showTheme();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', showTheme);
  useApp.subscribe((now, before) => {
    if (now.settings.theme !== before.settings.theme) showTheme();
  });
}

/** Kept by the host; shown at once. */
export function changeSettings(change: Settings): void {
  useApp.setState((s) => ({ settings: { ...s.settings, ...change } }));
  call('settings.set', change).catch(sayError);
}

export const setTheme = (theme: NonNullable<Settings['theme']>) => changeSettings({ theme });
