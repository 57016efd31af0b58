/**
 * Headers of other systems assigned by hand 列的对应: which column of the roster a header of the file is read as, kept per source. A source is known by its
 * headers in their order. What a header means by itself is shared/roster/headers.ts; who assigned it and when stands in the entry of the import.
 * @source shared spec features.md A1; faults.md B8
 */
import { z } from 'zod';
import { columnByName, headerMeaning, type HeaderMeaning } from '../../shared/roster/headers.ts';
import { sha256Hex } from '../platform/hash.ts';
import { unshieldedText } from './cell-text.ts';

/** A header as the file has it, blank ones as `第3列`; the roster's header it is read as, or null = a remark. */
export const assignedHeaderSchema = z.strictObject({ header: z.string(), column: z.string().nullable() });
export type AssignedHeader = Readonly<z.output<typeof assignedHeaderSchema>>;
export type KeptAssignment = { readonly source: string; readonly assigned: readonly AssignedHeader[] };

/** What is read by hand: what the person gave for this file, or else what an earlier import kept for the same source. */
export type Assignments = { readonly given: readonly AssignedHeader[] | null; readonly kept: readonly KeptAssignment[] };

export const noAssignments: Assignments = { given: null, kept: [] };

/** The system that a file came from, known by its headers in their order. */
export function sourceOf(cells: readonly string[]): string {
  return sha256Hex(new TextEncoder().encode(JSON.stringify(cells.map((cell) => cell.trim()))));
}

/** The assignments that hold for a header row. */
export function assignedIn(cells: readonly string[], { given, kept }: Assignments): readonly AssignedHeader[] {
  if (given !== null || kept.length === 0) return given ?? [];
  const source = sourceOf(cells);
  return kept.find((one) => one.source === source)?.assigned ?? [];
}

/** How a header is named where it is blank. */
export function labelOf(cell: string, index: number): string {
  const text = unshieldedText(cell).trim();
  return text === '' ? `第${String(index + 1)}列` : text;
}

/** What a header means with the assignments; `by-hand` tells a remark that a person decided on from one nobody knows. */
export function meaningOf(label: string, assigned: readonly AssignedHeader[]): { readonly meaning: HeaderMeaning; readonly byHand: boolean } {
  const found = assigned.find(({ header }) => header === label);
  if (found === undefined) return { meaning: headerMeaning(label), byHand: false };
  const column = found.column === null ? null : columnByName(found.column);
  return { meaning: column === null ? { kind: 'unknown' } : { kind: 'column', column }, byHand: true };
}
