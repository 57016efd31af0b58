/* `protocol` and `session`: schemes served by the program, requests looked at before they leave, permissions, downloads. Chromium will not load a
   scheme it was not built with, so app://liudi/x travels as https://liudi.app.standin/x; both ends of that mapping are here. */
import { EventEmitter } from 'node:events';
import { prevented, strict } from './strict.mjs';

const schemes = new Map();
const privileged = new Set();

/** The address under which Chromium asks for it. */
export function mapped(url) {
  const match = /^([a-z][a-z0-9+-]*):\/\/([^/?#]*)(.*)$/.exec(url);
  return match !== null && schemes.has(match[1]) ? `https://${match[2]}.${match[1]}.standin${match[3]}` : url;
}

/** The address as the program knows it. */
export function unmapped(url) {
  return url.replace(/^https:\/\/([^/?#]+)\.([a-z][a-z0-9+-]*)\.standin(?=[/?#]|$)/, '$2://$1');
}

/** The program's handler for an address, or undefined. */
export function handlerOf(url) {
  return schemes.get(url.split(':')[0]);
}

export const protocol = strict('protocol', {
  registerSchemesAsPrivileged(list) {
    for (const { scheme } of list) privileged.add(scheme);
  },
  handle(scheme, handler) {
    if (!privileged.has(scheme)) throw new Error('the stand-in serves privileged schemes only');
    schemes.set(scheme, handler);
  },
  isProtocolHandled: (scheme) => schemes.has(scheme),
});

let beforeRequest = null;

export class Session extends EventEmitter {
  webRequest = strict('webRequest', {
    onBeforeRequest(filterOrListener, listener) {
      beforeRequest = listener ?? filterOrListener;
    },
  });
  setPermissionRequestHandler(handler) {
    // The headless browser refuses on its own; a handler that would allow must not go unseen.
    handler(null, 'standin-probe', (allowed) => {
      if (allowed) throw new Error('electron stand-in: no permission can be granted here');
    });
  }
  setPermissionCheckHandler(handler) {
    if (handler(null, 'standin-probe', '', {})) throw new Error('electron stand-in: no permission can be granted here');
  }
  setDevicePermissionHandler(handler) {
    if (handler({})) throw new Error('electron stand-in: no device can be granted here');
  }
  setSpellCheckerEnabled() {}
}

strict('session', Session.prototype);
export const session = strict('session module', { defaultSession: new Session() });

/** What the program's webRequest listener says to a request. @returns whether it is cancelled */
export async function isCancelled(details) {
  if (beforeRequest === null) return false;
  const answer = await new Promise((resolve) => beforeRequest(details, resolve));
  return answer?.cancel === true;
}

/** A page began a download; it goes nowhere here, and a program that allows it is found out. */
export function downloadBegan() {
  if (!prevented(session.defaultSession, 'will-download', {}, {}, null)) throw new Error('electron stand-in: downloads are not supported and were not refused');
}
