/**
 * S10: every row of every section against its schema, and the totals that the manifest states 内容校验. All faults are collected, so that
 * the sender mends them in one go; a package is taken whole or not at all. It knows schemas and sums, no ledger.
 * @source shared spec exchange.md 2.4 S10, 2.6; faults C14, E01–E06
 */
import type { ExchangeErrorCode } from '../../shared/exchange/errors.ts';
import type { FaultRow } from '../../shared/exchange/kinds/receipt.ts';
import { fenTotalLimit } from '../../shared/exchange/values.ts';
import { sections, sectionsOf, type PackageKind, type SectionName, type SectionRows } from '../../shared/exchange/kinds.ts';
import type { ErrorParams } from '../../shared/kernel/errors.ts';
import type { Fen } from '../../shared/kernel/money.ts';
import { agencyNames, type Agency } from '../../shared/kernel/office.ts';
import { packLines, type PackedLines } from '../journal/without-ledger.ts';
import { utf8Text } from './canonical-json.ts';
import { amountOf, controlOf, describeControl, sameControl } from './control.ts';
import { packageLimits, type PackageManifest, type SectionEntry } from './package-schema.ts';
import { masked, readRow, type Row } from './row-check.ts';

/** Sections that passed every check, rows decoded (money as bigint). */
export type Content = {
  readonly sections: SectionRows;
  /** The same rows as they stood, canonical JSON, packed for the ledger. */
  readonly packed: PackedSections;
  readonly rows: number;
  readonly sumFen: Fen;
};

export type PackedSections = Readonly<Partial<Record<SectionName, PackedLines>>>;

export type ContentFault = FaultRow & { readonly params: ErrorParams };

export type ContentReading =
  | { readonly ok: true; readonly content: Content }
  | {
      readonly ok: false;
      /** The first fault names the refusal; the others follow in `faults`. */
      readonly code: ExchangeErrorCode;
      readonly params: ErrorParams;
      /** At most 1,000. */
      readonly faults: readonly ContentFault[];
      readonly faultsTotal: number;
      readonly rowsSeen: number;
      readonly sumSeenFen: Fen;
    };

/** @param parts sections that held at S9 */
export function readContent(kind: PackageKind, manifest: PackageManifest, parts: ReadonlyMap<string, Uint8Array>): ContentReading {
  const collector = collectFaults(manifest.from);
  const names = sectionsOf(kind);
  const read = names.map((name) => readSection(name, parts.get(name) ?? new Uint8Array(), manifest.sections.find((entry) => entry.name === name), collector));
  const rowsOf = Object.fromEntries(names.map((name, index) => [name, read[index]?.rows ?? []])) as SectionRows; // each row has passed its section's schema
  const rows = read.reduce((sum, section) => sum + section.lines.length, 0);
  const control = controlOf(rowsOf);
  if (collector.total() === 0 && !sameControl(control, manifest.control)) {
    collector.differs(names[0] ?? 'receipt', '全包', describeControl(manifest.control), describeControl(control));
  }
  const first = collector.faults[0];
  if (first === undefined) {
    return { ok: true, content: { sections: rowsOf, packed: Object.fromEntries(names.map((name, index) => [name, packLines(read[index]?.lines ?? [])])), rows, sumFen: control.sum_fen } };
  }
  const { faults } = collector;
  return { ok: false, code: first.errorCode, params: first.params, faults, faultsTotal: collector.total(), rowsSeen: rows, sumSeenFen: control.sum_fen < fenTotalLimit ? control.sum_fen : 0n };
}

type SectionReading = { readonly rows: readonly Row[]; readonly lines: readonly string[] };

function readSection(name: SectionName, bytes: Uint8Array, entry: SectionEntry | undefined, collector: FaultCollector): SectionReading {
  const definition = sections[name];
  const lines = linesOf(bytes);
  if (lines === null) {
    collector.add('NOT_UTF8', { section: name, line: 0, field: '', seen: '' }, '编码不是 UTF-8', { section: definition.title });
    return { rows: [], lines: [] };
  }
  const seen = new Set<string>();
  const rows: Row[] = [];
  for (const [index, text] of lines.entries()) {
    const reading = readRow(definition, text);
    const line = index + 1;
    if (!reading.ok) {
      for (const fault of reading.faults) collector.add(fault.code, { section: name, line, field: fault.field, seen: fault.seen }, fault.reason);
      continue;
    }
    const repeated = repeatedKey(definition.unique, reading.row, seen);
    if (repeated !== null) collector.add('ROW_INVALID', { section: name, line, field: repeated, seen: reading.row[repeated] }, '重复出现');
    rows.push(reading.row);
  }
  compareStated(name, entry, { lines: lines.length, rows }, collector);
  return { rows, lines };
}

/** Row count and total against the manifest. A row that could not be read has no amount: the total is compared only where all were. */
function compareStated(name: SectionName, entry: SectionEntry | undefined, read: { readonly lines: number; readonly rows: readonly Row[] }, collector: FaultCollector): void {
  const definition = sections[name];
  const { title, rowsMin, rowsMax } = definition;
  if (read.lines < rowsMin || read.lines > rowsMax) collector.differs(name, title, `${String(rowsMin)} 行`, `${String(read.lines)} 行`);
  if (entry === undefined) return;
  if (entry.rows !== read.lines) collector.differs(name, title, `${String(entry.rows)} 行`, `${String(read.lines)} 行`);
  if (read.rows.length !== read.lines) return;
  const sum = read.rows.reduce((total, row) => total + amountOf(definition, row), 0n);
  if (entry.sum_fen !== sum) collector.differs(name, title, `${String(entry.sum_fen)} 分`, `${String(sum)} 分`);
}

type Place = { readonly section: SectionName; readonly line: number; readonly field: string; readonly seen: unknown };
type FaultCollector = {
  readonly faults: readonly (ContentFault & { readonly errorCode: ExchangeErrorCode })[];
  total(): number;
  add(code: ExchangeErrorCode, place: Place, reason: string, params?: ErrorParams): void;
  /** E143: what the manifest states and what was found. */
  differs(section: SectionName, title: string, stated: string, found: string): void;
};

/** Keeps the first 1,000 faults and counts the others. */
function collectFaults(from: Agency): FaultCollector {
  const faults: (ContentFault & { readonly errorCode: ExchangeErrorCode })[] = [];
  let total = 0;
  const add: FaultCollector['add'] = (code, { section, line, field, seen }, reason, params = {}) => {
    total += 1;
    if (faults.length >= packageLimits.faultsKept) return;
    const fieldName = sections[section].fields[field] ?? field;
    faults.push({
      section, line, code, errorCode: code,
      field: fieldName,
      message: reason,
      seen: masked(seen),
      params: { agency: agencyNames[from], line, field: fieldName, reason, ...params },
    });
  };
  return {
    faults,
    add,
    total: () => total,
    differs: (section, title, stated, found) => {
      add('TOTALS_DIFFER', { section, line: 0, field: '', seen: '' }, `清单 ${stated}，实得 ${found}`, { section: title, a: stated, b: found });
    },
  };
}

/** Lines without their line feeds; every line ends in one. Null when the bytes are not UTF-8. */
function linesOf(bytes: Uint8Array): string[] | null {
  if (bytes.length === 0) return [];
  const text = utf8Text(bytes);
  if (text === null) return null;
  const lines = text.split('\n');
  // The last line feed leaves an empty tail; without it one line too many is kept, and fails as a row.
  if (lines.at(-1) === '') lines.pop();
  else lines.push('');
  return lines;
}

function repeatedKey(unique: readonly string[], row: Row, seen: Set<string>): string | null {
  const [first] = unique;
  if (first === undefined) return null;
  const key = unique.map((field) => String(row[field])).join('\u0000');
  if (seen.has(key)) return first;
  seen.add(key);
  return null;
}
