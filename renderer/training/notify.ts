/** In a browser, the end of a training is told by the system only after the person has allowed it; Electron does it itself. */
import type { ActiveRun, RunEnd } from '../../src/services/contract.ts';
import { useApp } from '../state/app.ts';
import { endTitle } from './words.ts';

const isBrowser = () => useApp.getState().info?.host === 'web' && 'Notification' in window;

/** 'default': the person was not asked yet. */
export const permissionNow = (): NotificationPermission => (isBrowser() ? Notification.permission : 'denied');

/** Only from a click: browsers ask then. */
export const askForNotifications = (): Promise<NotificationPermission> => Notification.requestPermission();

/** Who looks at the page reads it there. */
export function notifyEnd(end: RunEnd, run: ActiveRun): void {
  if (permissionNow() !== 'granted' || !document.hidden) return;
  const notification = new Notification(run.title, { body: endTitle(end, run.title), tag: end.run });
  notification.onclick = () => {
    window.focus();
    notification.close();
  };
}
