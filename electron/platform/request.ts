/** Reading a request of a page 读请求: pure, so that every malformed shape can be tried without a window. The page is not trusted here, whoever wrote it. */
import { exportedBytesMax } from '../../shared/reports/export-contract.ts';
import { startPage } from './app-files.ts';

/** Largest input of one request in bytes of JSON; larger content comes as a file. */
export const requestBytesMax = 1_048_576;

/** The operations that carry a whole table. */
const widerRequests: ReadonlyMap<string, number> = new Map([['reports.exportTable', exportedBytesMax]]);

export type ReadRequest =
  | { readonly kind: 'request'; readonly name: string; readonly input: unknown }
  | { readonly kind: 'refused'; readonly code: 'REQUEST_TOO_LARGE' | 'REQUEST_MALFORMED'; readonly params: Readonly<Record<string, string>> };

/** Whether a request comes from the window's own page: the topmost frame, at our address. Routes are after the `#`. */
export function isOwnPage(frame: { readonly url: string; readonly topmost: boolean } | null): boolean {
  if (frame === null || !frame.topmost || !URL.canParse(frame.url)) return false;
  const url = new URL(frame.url);
  url.hash = '';
  return url.href === startPage;
}

/** @param parts what came over the channel: a name and JSON text */
export function readRequest(parts: readonly unknown[]): ReadRequest {
  const [name, text] = parts;
  if (parts.length !== 2 || typeof name !== 'string' || typeof text !== 'string') return malformed('不是名称与内容');
  if (name.length > 100) return malformed('名称过长');
  const bytesMax = widerRequests.get(name) ?? requestBytesMax;
  if (text.length > bytesMax || Buffer.byteLength(text) > bytesMax) return { kind: 'refused', code: 'REQUEST_TOO_LARGE', params: { limit: `${String(bytesMax / 1_048_576)} MB` } };
  try {
    return { kind: 'request', name, input: JSON.parse(text, withoutPrototypeKeys) };
  } catch (error) {
    return malformed(error instanceof PrototypeKey ? '含有保留的字段名' : '不是 JSON');
  }
}

class PrototypeKey extends Error {}

/** JSON can carry a field that later copies would take for a prototype. */
function withoutPrototypeKeys(key: string, value: unknown): unknown {
  if (key === '__proto__' || key === 'constructor' || key === 'prototype') throw new PrototypeKey();
  return value;
}

function malformed(reason: string): ReadRequest {
  return { kind: 'refused', code: 'REQUEST_MALFORMED', params: { reason } };
}
