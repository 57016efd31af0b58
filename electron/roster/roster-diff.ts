/**
 * What a later roster says differently from the one that stands: taxpayers added 新增, changed field by field 变更, gone 减少. Taxpayers
 * are matched by code only; a changed name is a changed field. Nothing is judged and nothing stored.
 * @source shared spec roster.md (last paragraph); decisions.md 29
 */
import { lostCharacter } from '../../shared/kernel/lost-character.ts';
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

/** What a spreadsheet did to a text on its way through: a change that nobody made. */
export type Spoiling = 'zeros' | 'digits' | 'date';
export type SpoiledField = FieldChange & { readonly row: number; readonly how: Spoiling };

export type TaxpayerRef = { readonly uscc: string; readonly name: string };
export type TaxpayerChange = TaxpayerRef & { readonly fields: readonly FieldChange[] };

export type RosterDiff = {
  readonly added: readonly TaxpayerRef[];
  readonly changed: readonly TaxpayerChange[];
  readonly gone: readonly TaxpayerRef[];
  readonly unchanged: number;
  /** Changes that look like a spreadsheet's work, with the row of the new file. */
  readonly spoiled: readonly SpoiledField[];
  /** Whole names that a damaged one would replace, likewise. */
  readonly damaged: readonly DamagedName[];
};

export type DamagedName = { readonly row: number; readonly before: string; readonly after: string };

/**
 * Compares two rosters in which each code stands at most once. Row numbers and order do not matter.
 * @param nameBefore the name that an earlier filing period has for a code, asked only where the new one is damaged; null where none has it
 */
export function diffRosters(standing: Iterable<NormalRow>, incoming: Iterable<NormalRow>, nameBefore: (uscc: string) => string | null = () => null): RosterDiff {
  const spoiled: SpoiledField[] = [];
  const damaged: DamagedName[] = [];
  const before = new Map<string, NormalRow>();
  for (const row of standing) before.set(row.uscc, row);
  const added: TaxpayerRef[] = [];
  const changed: TaxpayerChange[] = [];
  let unchanged = 0;
  for (const row of incoming) {
    const earlier = before.get(row.uscc);
    before.delete(row.uscc);
    if (earlier !== undefined && earlier.taxpayer === row.taxpayer) {
      unchanged += 1;
      continue;
    }
    const name = nameOf(row);
    if (lostCharacter(name) !== null) {
      const before = earlier === undefined ? nameBefore(row.uscc) : nameOf(earlier);
      if (before !== null && before !== name && lostCharacter(before) === null) damaged.push({ row: row.row, before, after: name });
    }
    if (earlier === undefined) added.push({ uscc: row.uscc, name });
    else {
      const change = changeOf(typedRow(earlier), typedRow(row));
      changed.push(change);
      for (const field of change.fields) {
        const how = spoilingOf(field);
        if (how !== null) spoiled.push({ ...field, row: row.row, how });
      }
    }
  }
  return { added, changed, gone: [...before.values()].map(refOf), unchanged, spoiled, damaged };
}

export function isEmptyDiff(diff: RosterDiff): boolean {
  return diff.added.length === 0 && diff.changed.length === 0 && diff.gone.length === 0;
}

const textKinds: ReadonlySet<string> = new Set(['uscc', 'name', 'text', 'number-text']);
const datePattern = /^[0-9]{1,4}[-/.][0-9]{1,2}(?:[-/.][0-9]{1,4})?$/;

/** Leading zeros gone, digits after the fifteenth made zeros or powers, `3/4` made a date or its serial number: what opening a CSV and saving it does. */
function spoilingOf({ field, before, after }: FieldChange): Spoiling | null {
  const column = rosterColumns.find(({ key }) => key === field);
  if (column !== undefined && !textKinds.has(column.form.kind)) return null;
  if (/^0+[0-9]+$/.test(before) && after === before.replace(/^0+(?=[0-9])/, '')) return 'zeros';
  if (/^[0-9]{16,}$/.test(before) && (/^[0-9](?:\.[0-9]+)?[eE]\+?[0-9]+$/.test(after) || (after.length === before.length && /^[0-9]{15}0+$/.test(after) && after.slice(0, 15) === before.slice(0, 15)))) return 'digits';
  if (datePattern.test(before) && after !== before && (/^[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2}$/.test(after) || /月/.test(after) || /^[0-9]{5}$/.test(after))) return 'date';
  return null;
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
