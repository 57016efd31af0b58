/* What the parts of the stand-in share: how the program was started, the browser, the open windows. boot.cjs fills in the start. */
/* global URL */
import { readFileSync } from 'node:fs';
import { runInThisContext } from 'node:vm';
import { Buffer } from 'node:buffer';

/** The program's folder, its package.json and its command line. */
export const start = globalThis.electronStandin;
delete globalThis.electronStandin;

/** @type {{ browser: import('../../../electron/platform/devtools-pipe.ts').DevToolsPipe | null }} */
export const state = { browser: null };
export const windows = new Set();

export function windowOfTarget(targetId) {
  return [...windows].find((window) => window.targetId === targetId);
}

/** The value of a `--name=value` argument, or undefined. */
export function switchValue(name) {
  return start.args.find((arg) => arg === `--${name}` || arg.startsWith(`--${name}=`))?.split('=').slice(1).join('=');
}

export const wireText = readFileSync(new URL('wire.js', import.meta.url), 'utf8');
export const pageText = readFileSync(new URL('page.js', import.meta.url), 'utf8');

/** The same codec as in the page, over Node's base64. */
export const codec = runInThisContext(`${wireText};makeCodec`)(
  (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64'),
  (text) => new Uint8Array(Buffer.from(text, 'base64')).slice(),
);
