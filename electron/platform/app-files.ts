/**
 * Which file of the built page answers an `app://` request 页面文件, and with which headers. Only files inside the page's own folder and of the
 * endings listed are ever named; everything else is refused before the disk is touched. Reads nothing itself.
 * @source shared spec ledger.md 3.1
 */
import { extname, isAbsolute, join, relative, resolve, sep } from 'node:path';

export const appScheme = 'app';
export const appHost = 'liudi';
/** The page's origin; senders and navigations are compared with it. */
export const appOrigin = `${appScheme}://${appHost}`;
export const startPage = `${appOrigin}/index.html`;

/** The policy of every answer. Element Plus and Vue set styles through the CSSOM, which `style-src 'self'` does not touch (proved in test/e2e). */
export const contentSecurityPolicy = [
  "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'", "connect-src 'none'",
  "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
].join('; ');

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

export type AppAnswer =
  | { readonly kind: 'file'; readonly path: string; readonly headers: Readonly<Record<string, string>> }
  | { readonly kind: 'refused'; readonly status: 400 | 403 | 404 | 405 };

/**
 * @param folder absolute path of the built page
 * @param url as the page asked for it; the scheme handler gets it unparsed
 */
export function appFileOf(folder: string, method: string, url: string): AppAnswer {
  if (method !== 'GET' && method !== 'HEAD') return { kind: 'refused', status: 405 };
  const name = pathNameOf(url);
  if (name === null) return { kind: 'refused', status: 400 };
  const path = resolve(join(folder, name));
  if (!isInside(folder, path)) return { kind: 'refused', status: 403 };
  const type = contentTypes[extname(path).toLowerCase()];
  if (type === undefined) return { kind: 'refused', status: 404 };
  return { kind: 'file', path, headers: { 'content-type': type, ...guardHeaders } };
}

/** Sent with every answer, refusals included. */
export const guardHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
};

/** The decoded path of a well-formed request to our own host, or null. */
function pathNameOf(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const parsed = new URL(url);
  if (parsed.protocol !== `${appScheme}:` || parsed.host !== appHost) return null;
  let name: string;
  try {
    name = decodeURIComponent(parsed.pathname);
  } catch {
    // a stray % is no file name; the request is malformed, nothing else went wrong
    return null;
  }
  // A backslash or a drive letter is a path on Windows, NUL ends a path early: none of them stands in a file of ours.
  return /[\\:\0]/.test(name) ? null : name;
}

/** Whether a path lies strictly below a folder. */
export function isInside(folder: string, path: string): boolean {
  const from = relative(folder, path);
  return from !== '' && from !== '..' && !from.startsWith(`..${sep}`) && !isAbsolute(from);
}
