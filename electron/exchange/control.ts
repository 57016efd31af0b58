/**
 * Totals of a package 合计: what the manifest states about each section and about the whole, computed the same way by the sender and
 * by the receiver. Sums are bigint; nothing here compares or refuses.
 * @source shared spec exchange.md 2.2 `control`, `sections`
 */
import type { Fen } from '../../shared/kernel/money.ts';
import { sections, type SectionName, type SectionRows } from '../../shared/exchange/kinds.ts';
import type { Section } from '../../shared/exchange/section.ts';
import { sha256Hex } from '../platform/hash.ts';
import { canonicalBytes } from './canonical-json.ts';
import type { PackageManifest } from './package-schema.ts';
import type { Row } from './row-check.ts';

export type Control = PackageManifest['control'];

/** Control totals 控制合计 over a package's document. No kind of this version posts double entry, so both sides are sums of nothing. */
export function controlOf(read: SectionRows): Control {
  const names = Object.keys(read) as SectionName[];
  const main = names.find((name) => sections[name].sum !== null && sections[name].rowsMax > 1) ?? names[0];
  const mainRows: readonly Row[] = main === undefined ? [] : (read[main] ?? []);
  const definition = main === undefined ? null : sections[main];
  return {
    rows: names.reduce((sum, name) => sum + (read[name]?.length ?? 0), 0),
    sum_fen: definition === null ? 0n : mainRows.reduce((sum, row) => sum + amountOf(definition, row), 0n),
    debit_fen: sumOfColumn(mainRows, 'debitFen'),
    credit_fen: sumOfColumn(mainRows, 'creditFen'),
    distinct_uscc: new Set(mainRows.map((row) => row['uscc']).filter((code) => typeof code === 'string')).size,
  };
}

function sumOfColumn(rows: readonly Row[], column: string): Fen {
  return rows.reduce((sum, row) => {
    const amount = row[column];
    return typeof amount === 'bigint' ? sum + amount : sum;
  }, 0n);
}

/** The sum of a section's money column. */
export function sectionSum(name: SectionName, rows: readonly Row[]): Fen {
  return rows.reduce((sum, row) => sum + amountOf(sections[name], row), 0n);
}

/** Whether both state the same. */
export function sameControl(a: Control, b: Control): boolean {
  return (Object.keys(a) as (keyof Control)[]).every((key) => a[key] === b[key]);
}

/** Control totals in a sentence. */
export function describeControl(control: Control): string {
  return `${String(control.rows)} 行 ${String(control.sum_fen)} 分 ${String(control.distinct_uscc)} 户`;
}

/** The money of a row that its section sums. */
export function amountOf(definition: Section, row: Row): Fen {
  const amount = definition.sum === null ? 0n : row[definition.sum];
  return typeof amount === 'bigint' ? amount : 0n;
}

/**
 * What makes a document the same document: kind, period and the hashes of its sections, whoever it goes to and under which number.
 * @param entries the document's sections in their order, without the leaves
 */
export function documentHash(kind: string, period: string | null, entries: readonly { readonly name: string; readonly hash: string }[]): string {
  return sha256Hex(canonicalBytes({ kind, period, sections: entries.map(({ name, hash }) => ({ name, hash })) }));
}

/** A total over foreign rows. No bound is asserted: what others wrote is refused by its checks, never a fault of this program. */
export function totalOf<R>(rows: readonly R[], amount: (row: R) => Fen): Fen {
  return rows.reduce((sum, row) => sum + amount(row), 0n);
}
