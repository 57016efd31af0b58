/**
 * What a later roster says differently from the one that stands: taxpayers added 新增, changed field by field 变更, gone 减少. Taxpayers
 * are matched by code only; a changed name is a changed field. Nothing is judged and nothing stored.
 * @source shared spec roster.md (last paragraph); decisions.md 29
 */
import { rosterColumns } from '../../shared/roster/columns.ts';
import type { RosterRow } from '../../shared/roster/model.ts';
import { nameOf, rosterRow, type NormalRow } from './normal-form.ts';
import { cellText } from './roster-csv.ts';

export type FieldChange = {
  /** Key of the column, or `remarks/…` for a remark. */
  readonly field: string;
  readonly header: string;
  /** As a person reads it; '' = blank. */
  readonly before: string;
  readonly after: string;
};

export type TaxpayerRef = { readonly uscc: string; readonly name: string };
export type TaxpayerChange = TaxpayerRef & { readonly fields: readonly FieldChange[] };

export type RosterDiff = {
  readonly added: readonly TaxpayerRef[];
  readonly changed: readonly TaxpayerChange[];
  readonly gone: readonly TaxpayerRef[];
  readonly unchanged: number;
};

/** Compares two rosters in which each code stands at most once. Row numbers and order do not matter. */
export function diffRosters(standing: Iterable<NormalRow>, incoming: Iterable<NormalRow>): RosterDiff {
  const before = new Map<string, NormalRow>();
  for (const row of standing) before.set(row.uscc, row);
  const added: TaxpayerRef[] = [];
  const changed: TaxpayerChange[] = [];
  let unchanged = 0;
  for (const row of incoming) {
    const earlier = before.get(row.uscc);
    before.delete(row.uscc);
    if (earlier === undefined) added.push(refOf(row));
    else if (earlier.taxpayer === row.taxpayer) unchanged += 1;
    else changed.push(changeOf(typedRow(earlier), typedRow(row)));
  }
  return { added, changed, gone: [...before.values()].map(refOf), unchanged };
}

export function isEmptyDiff(diff: RosterDiff): boolean {
  return diff.added.length === 0 && diff.changed.length === 0 && diff.gone.length === 0;
}

function changeOf(before: RosterRow, after: RosterRow): TaxpayerChange {
  const fields: FieldChange[] = [];
  for (const column of rosterColumns) {
    const texts = { before: cellText(column, before), after: cellText(column, after) };
    if (texts.before !== texts.after) fields.push({ field: column.key, header: column.header, ...texts });
  }
  for (const label of [...new Set([...Object.keys(before.remarks), ...Object.keys(after.remarks)])].sort()) {
    const texts = { before: before.remarks[label] ?? '', after: after.remarks[label] ?? '' };
    if (texts.before !== texts.after) fields.push({ field: `remarks/${label}`, header: label, ...texts });
  }
  return { uscc: after.uscc, name: after.name, fields };
}

function typedRow(row: NormalRow): RosterRow {
  return rosterRow(row.row, JSON.parse(row.taxpayer));
}

function refOf(row: NormalRow): TaxpayerRef {
  return { uscc: row.uscc, name: nameOf(row) };
}
