/**
 * The content of a package checked against its manifest (S9) and row by row (S10) 内容校验. Everything is looked at before anything is
 * believed, and all faults are collected, so that the sender mends them in one go. It knows schemas and sums, no ledger.
 * @source shared spec exchange.md 2.4 S9–S10, 2.6; faults C14, C15, E01–E06
 */
import type { Fen } from '../../shared/kernel/money.ts';
import type { ErrorParams } from '../../shared/kernel/errors.ts';
import { agencyNames, type Agency } from '../../shared/kernel/office.ts';
import type { ExchangeErrorCode } from '../../shared/exchange/errors.ts';
import { packageKinds, type PackageKind } from '../../shared/exchange/kinds.ts';
import type { FaultRow } from '../../shared/exchange/rows.ts';
import { leavesSection, sections, type SectionName } from '../../shared/exchange/sections.ts';
import { hexOf, sha256Hex } from '../platform/hash.ts';
import { utf8Text } from './canonical-json.ts';
import { amountOf, controlOf, describeControl, documentHash, sameControl, type SectionRows } from './control.ts';
import { packageLimits, type PackageManifest, type SectionEntry } from './package-schema.ts';
import { masked, readRow, type Row } from './row-check.ts';

/** Sections that passed every check, rows decoded (money as bigint). */
export type Content = {
  readonly sections: SectionRows;
  readonly rows: number;
  readonly sumFen: Fen;
};

export type ContentFault = FaultRow & { readonly params: ErrorParams };

export type ContentReading =
  | { readonly ok: true; readonly content: Content }
  | {
      readonly ok: false;
      /** The first fault names the refusal; the others follow in `faults`. */
      readonly code: ExchangeErrorCode;
      readonly params: ErrorParams;
      readonly faults: readonly ContentFault[];
      readonly faultsTotal: number;
      readonly rowsSeen: number;
      readonly sumSeenFen: Fen;
    };

/** The bytes of each section in the manifest's order, or the first section that does not fit. */
export type SectionSplit =
  | { readonly ok: true; readonly parts: ReadonlyMap<string, Uint8Array> }
  | { readonly ok: false; readonly section: string };

/** S9: names in the kind's order, exact lengths, exact hashes, nothing after the last, and the document hash over them. */
export function splitSections(kind: PackageKind, manifest: PackageManifest, body: Uint8Array): SectionSplit {
  const entries = manifest.sections;
  const expected = [...(packageKinds[kind].sections ?? []), leavesSection];
  const parts = new Map<string, Uint8Array>();
  let offset = 0;
  for (const [index, name] of expected.entries()) {
    const entry = entries[index];
    const media = name === leavesSection ? 'application/octet-stream' : 'application/jsonl';
    if (entry?.name !== name || entry.media !== media || offset + entry.bytes > body.length) return { ok: false, section: name };
    const part = body.subarray(offset, offset + entry.bytes);
    if (sha256Hex(part) !== entry.hash) return { ok: false, section: name };
    parts.set(name, part);
    offset += entry.bytes;
  }
  if (entries.length !== expected.length) return { ok: false, section: entries[expected.length]?.name ?? '' };
  if (offset !== body.length) return { ok: false, section: leavesSection };
  return manifest.doc_hash === documentHash(kind, manifest.period, entries.slice(0, -1)) ? { ok: true, parts } : { ok: false, section: '' };
}

/** Leaves as hex, 32 bytes each; null when the section does not hold what the manifest says. */
export function readLeaves(manifest: PackageManifest, part: Uint8Array): string[] | null {
  const entry = manifest.sections.at(-1);
  const expected = manifest.ledger_head.seq - manifest.leaves_from.seq;
  if (entry === undefined || entry.rows !== expected || entry.sum_fen !== 0n || part.length !== expected * 32) return null;
  return Array.from({ length: expected }, (_, index) => hexOf(part.subarray(index * 32, index * 32 + 32)));
}

/** S10: every row of every section, and the totals that the manifest states. @param parts of a split that held */
export function readContent(kind: PackageKind, manifest: PackageManifest, parts: ReadonlyMap<string, Uint8Array>): ContentReading {
  const reader = rowReader(manifest.from);
  const read: Partial<Record<SectionName, readonly Row[]>> = {};
  for (const name of packageKinds[kind].sections ?? []) {
    read[name] = reader.read(name, parts.get(name) ?? new Uint8Array(), manifest.sections);
  }
  reader.compareControl(manifest, read);
  return reader.finish(read);
}

type RowReader = {
  read(name: SectionName, bytes: Uint8Array, entries: readonly SectionEntry[]): Row[];
  compareControl(manifest: PackageManifest, read: SectionRows): void;
  finish(read: SectionRows): ContentReading;
};

/** Collects faults over all sections; keeps the first 1,000 and counts the others. */
function rowReader(from: Agency): RowReader {
  const faults: ContentFault[] = [];
  let faultsTotal = 0;
  let rows = 0;
  let mainSum: Fen | null = null;

  const fault = (code: ExchangeErrorCode, at: { section: SectionName; line: number; field: string; seen: unknown }, params: ErrorParams, message: string): void => {
    faultsTotal += 1;
    if (faults.length >= packageLimits.faultsKept) return;
    const fieldName = sections[at.section].fields[at.field] ?? at.field;
    faults.push({
      section: at.section,
      line: at.line,
      field: fieldName,
      code,
      message,
      seen: masked(at.seen),
      params: { agency: agencyNames[from], line: at.line, field: fieldName, ...params },
    });
  };

  return {
    read(name, bytes, entries) {
      const definition = sections[name];
      const entry = entries.find((candidate) => candidate.name === name);
      const lines = linesOf(bytes);
      if (lines === null) {
        fault('NOT_UTF8', { section: name, line: 0, field: '', seen: '' }, { section: definition.title }, '编码不是 UTF-8');
        return [];
      }
      const seen = new Set<string>();
      const good: Row[] = [];
      let sum = 0n;
      for (const [index, text] of lines.entries()) {
        const reading = readRow(definition, text);
        if (reading.ok) {
          const repeated = repeatedKey(definition, reading.row, seen);
          if (repeated !== null) {
            fault('ROW_INVALID', { section: name, line: index + 1, field: repeated, seen: reading.row[repeated] }, { reason: '重复出现' }, '重复出现');
          }
          sum += amountOf(definition, reading.row);
          good.push(reading.row);
        } else {
          for (const found of reading.faults) {
            fault(found.code, { section: name, line: index + 1, field: found.field, seen: found.seen }, { reason: found.reason }, found.reason);
          }
        }
      }
      rows += lines.length;
      const differs = (a: string, b: string): void => {
        const at = { section: name, line: 0, field: '', seen: '' };
        fault('TOTALS_DIFFER', at, { section: definition.title, a, b }, `清单 ${a}，实得 ${b}`);
      };
      if (lines.length < definition.rowsMin || lines.length > definition.rowsMax) differs(String(definition.rowsMin), String(lines.length));
      if (entry !== undefined && entry.rows !== lines.length) differs(`${String(entry.rows)} 行`, `${String(lines.length)} 行`);
      // A row that could not be read has no amount to add: the total is compared only where every row was read.
      if (entry !== undefined && good.length === lines.length && entry.sum_fen !== sum) differs(`${String(entry.sum_fen)} 分`, `${String(sum)} 分`);
      mainSum ??= definition.sum === null ? null : sum;
      return good;
    },
    compareControl(manifest, read) {
      if (faultsTotal > 0) return;
      const wanted = controlOf(read);
      const stated = manifest.control;
      const section = (Object.keys(read) as SectionName[])[0];
      if (section === undefined || sameControl(wanted, stated)) return;
      const [a, b] = [describeControl(stated), describeControl(wanted)];
      fault('TOTALS_DIFFER', { section, line: 0, field: '', seen: '' }, { section: '全包', a, b }, `清单 ${a}，实得 ${b}`);
    },
    finish(read) {
      const first = faults[0];
      const sumFen = mainSum ?? 0n;
      if (first === undefined) return { ok: true, content: { sections: read, rows, sumFen } };
      const { code, params } = first;
      return { ok: false, code: code as ExchangeErrorCode, params, faults, faultsTotal, rowsSeen: rows, sumSeenFen: sumFen };
    },
  };
}

/** Lines without their line feeds; every line ends in one. Null when the bytes are not UTF-8. */
function linesOf(bytes: Uint8Array): string[] | null {
  if (bytes.length === 0) return [];
  const text = utf8Text(bytes);
  if (text === null) return null;
  const lines = text.split('\n');
  // The last line feed leaves an empty tail; without it the last line is cut short and kept to fail as a row.
  if (lines.at(-1) === '') lines.pop();
  else lines.push('');
  return lines;
}

function repeatedKey(definition: (typeof sections)[SectionName], row: Row, seen: Set<string>): string | null {
  const [first] = definition.unique;
  if (first === undefined) return null;
  const key = definition.unique.map((field) => String(row[field])).join('\u0000');
  if (seen.has(key)) return first;
  seen.add(key);
  return null;
}

/** The Chinese name of a section as far as it is known. */
export function sectionTitle(name: string): string {
  return Object.hasOwn(sections, name) ? sections[name as SectionName].title : name === leavesSection ? '账本叶摘要' : '全包';
}
