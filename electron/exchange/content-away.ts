/**
 * Where the rows of a package are parsed 包内数据解析: in a worker thread that holds neither database nor key, ended when it takes too much memory or time.
 * Small sections are parsed in place. What a row must be is content.ts.
 * @source shared spec decisions.md 6; faults.md A10, E10
 */
import { refuse } from '../../shared/errors.ts';
import type { PackageKind } from '../../shared/exchange/kinds.ts';
import { foreignChunks, LineBroken, stopReasons, type ForeignLimits } from '../platform/worker-line.ts';
import { readContent, type ContentReading } from './content.ts';
import { gathered, type ContentPiece } from './content-pieces.ts';
import type { PackageManifest } from './package-schema.ts';

export type ContentRequest = { readonly kind: PackageKind; readonly manifest: PackageManifest; readonly parts: ReadonlyMap<string, Uint8Array> };

/** Below this a thread costs more than the worst the text could do: lines, depth and rows are limited besides. */
export const parsedInPlaceBytesMax = 65_536;

/** A package of 64 MiB with 200,000 rows needs about half of the heap. */
const contentLimits: ForeignLimits = { timeMs: 120_000, heapMiB: 1_024 };

const workerEntry = new URL('./content-worker.ts', import.meta.url);

/** As `readContent`. @throws Refusal PACKAGE_READING_STOPPED */
export async function readContentAway(kind: PackageKind, manifest: PackageManifest, parts: ReadonlyMap<string, Uint8Array>, limits: ForeignLimits = contentLimits): Promise<ContentReading> {
  const bytes = [...parts.values()].reduce((sum, part) => sum + part.length, 0);
  if (bytes <= parsedInPlaceBytesMax) return readContent(kind, manifest, parts);
  // Copies: the views share the plaintext's buffer, which a structured clone would carry over once for each.
  const request: ContentRequest = { kind, manifest, parts: new Map([...parts].map(([name, part]) => [name, part.slice()])) };
  try {
    const buffers = [...request.parts.values()].map((part) => part.buffer as ArrayBuffer); // slice() made each of them
    return await gathered(foreignChunks(workerEntry, request, buffers, limits) as AsyncGenerator<ContentPiece>); // the chunks of content-worker.ts
  } catch (error) {
    if (!(error instanceof LineBroken)) throw error;
    return refuse('PACKAGE_READING_STOPPED', { reason: stopReasons[error.reason] }, { cause: error.message.split('\n')[0] ?? '' });
  }
}
