/**
 * The answer of the worker that parses a package, in pieces 分片: first what was found, then the rows, some thousands at a time, so that neither thread holds a
 * second copy of all of them while they go over. What a row must be is content.ts.
 */
import { sectionNames, type SectionName, type SectionRows } from '../../shared/exchange/kinds.ts';
import { assert } from '../../shared/kernel/assert.ts';
import type { ContentReading } from './content.ts';

const rowsOfPiece = 4_096;

type Head = { readonly kind: 'head'; readonly reading: ContentReading; readonly names: readonly SectionName[] };
type Rows = { readonly kind: 'rows'; readonly section: SectionName; readonly rows: readonly unknown[] };
export type ContentPiece = Head | Rows;

export function* piecesOf(reading: ContentReading): Generator<ContentPiece, void, void> {
  if (!reading.ok) return yield { kind: 'head', reading, names: [] };
  const { sections } = reading.content;
  const names = sectionNames.filter((name) => sections[name] !== undefined);
  yield { kind: 'head', reading: { ok: true, content: { ...reading.content, sections: {} } }, names };
  for (const section of names) {
    const rows: readonly unknown[] = sections[section] ?? [];
    for (let at = 0; at < rows.length; at += rowsOfPiece) yield { kind: 'rows', section, rows: rows.slice(at, at + rowsOfPiece) };
  }
}

/** The answer put together again. @throws AssertionFault when no head came first */
export async function gathered(pieces: AsyncIterable<ContentPiece>): Promise<ContentReading> {
  let head: ContentReading | null = null;
  const rows: Partial<Record<SectionName, unknown[]>> = {};
  for await (const piece of pieces) {
    if (piece.kind === 'head') {
      head = piece.reading;
      for (const name of piece.names) rows[name] = [];
    } else for (const row of piece.rows) rows[piece.section]?.push(row);
  }
  assert(head !== null, 'the answer of the worker that parses a package');
  return head.ok ? { ok: true, content: { ...head.content, sections: rows as SectionRows } } : head; // each row has passed its section's schema in the worker
}
