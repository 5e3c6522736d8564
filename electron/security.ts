/** What a page may do beyond its own document: next to nothing. */
import { app, session, shell, type WebContents } from 'electron';
import { isOurs, parseUrl } from './origin.ts';

/** Copying text is all that the page asks of the system by itself; the rest goes through calls. */
const allowedPermissions: ReadonlySet<string> = new Set(['clipboard-sanitized-write']);

/** Links leave for the person's browser, and only https ones. */
export function openLink(url: string): void {
  if (parseUrl(url)?.protocol === 'https:') void shell.openExternal(url);
}

function confine(contents: WebContents): void {
  const stay = (event: { preventDefault(): void; url: string }) => {
    if (!isOurs(event.url)) event.preventDefault();
  };
  contents.on('will-navigate', stay);
  contents.on('will-frame-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    openLink(url);
    return { action: 'deny' };
  });
}

/** Every page that is ever made, whoever makes it. */
export function confinePages(): void {
  app.on('web-contents-created', (_event, contents) => confine(contents));
}

/** Once Electron is ready. */
export function denyPermissions(): void {
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, permission, answer, details) =>
    answer(allowedPermissions.has(permission) && isOurs(details.requestingUrl)),
  );
  defaultSession.setPermissionCheckHandler(
    (_contents, permission, origin) => allowedPermissions.has(permission) && isOurs(origin),
  );
  defaultSession.setDevicePermissionHandler(() => false);
}
