/**
 * What no page may do 禁止项: leave its own address, open a window, attach a webview, download, ask for a permission, use a network. Set once for the
 * session and once for every page that ever exists. Decides nothing about the office.
 */
import type { App, Session, WebContents } from 'electron';
import { appScheme } from './app-files.ts';

/** Schemes a page may load; `data:` is for pictures, which the content policy narrows further. */
const loadable: readonly string[] = [`${appScheme}:`, 'data:'];

export function guardSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => {
    answer(false);
  });
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setSpellCheckerEnabled(false);
  session.on('will-download', (event) => {
    event.preventDefault();
  });
  session.webRequest.onBeforeRequest((details, answer) => {
    answer({ cancel: !isLoadable(details.url) });
  });
}

/** Whether a page may load this address at all. */
export function isLoadable(url: string): boolean {
  return URL.canParse(url) && loadable.includes(new URL(url).protocol);
}

/** Guards every page from its first moment, also ones nobody meant to make. */
export function guardEveryPage(app: App): void {
  app.on('web-contents-created', (_event, contents) => {
    guardPage(contents);
  });
}

function guardPage(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  // A page of ours is loaded by the program once; whatever navigates afterwards is refused, also to our own address.
  contents.on('will-navigate', (event) => {
    event.preventDefault();
  });
  contents.on('will-frame-navigate', (event) => {
    event.preventDefault();
  });
  contents.on('will-redirect', (event) => {
    event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
  });
}
