/**
 * Reconciles three list files without an office 文件对账: reads them with all their faults, asks what stands between lines, and makes the
 * statement. It
 * writes nothing.
 * @source shared spec reconciliation.md; headless.md (`reconcile`)
 */
import { refusal, refuse } from '../../shared/errors.ts';
import type { CivilDate } from '../../shared/kernel/civil-date.ts';
import { agencies, type Agency } from '../../shared/kernel/office.ts';
import { addPeriods, lastDay, type TaxPeriod } from '../../shared/kernel/tax-period.ts';
import type { WorkingCalendar } from '../../shared/kernel/working-days.ts';
import { faultSentence } from '../../shared/roster/errors.ts';
import { reconDocumentSchema, signedPart, type ReconDocument } from '../../shared/reconciliation/document.ts';
import type { ReconFault } from '../../shared/reconciliation/errors.ts';
import { faultsBetween } from '../../shared/reconciliation/faults.ts';
import { someSettingsSchema, usualSettings } from '../../shared/reconciliation/settings.ts';
import { precedes, reconciled, type Opening } from '../../shared/reconciliation/statement.ts';
import { sideNames } from '../../shared/reconciliation/sentences.ts';
import { canonicalText } from '../journal/index.ts';
import { sha256Hex } from '../platform/hash.ts';
import { fileNameOf } from '../platform/text-file.ts';
import { readJsonFile, readPlainFile, readSettings, type ListFound } from '../roster/without-ledger.ts';
import { lineColumns, lineOf } from './line-columns.ts';
import { openLineStore, type LineStore } from './line-store.ts';

export type ReconFiles = {
  readonly period: TaxPeriod;
  readonly lists: Readonly<Record<Agency, string>>;
  /** Last month's statement, as its file was written. */
  readonly opening: string | null;
  readonly settings: string | null;
  /** The day through which the lists are complete; null = what the lists themselves show. */
  readonly through: CivilDate | null;
};

export type ReconRun = { readonly document: ReconDocument; readonly hash: string; readonly found: Readonly<Record<Agency, ListFound>> };

/** @throws Refusal RECON_*, ROSTER_FILE_*; then nothing was made */
export async function reconcileFiles(
  { period, lists, opening: openingFile, settings: settingsFile, through }: ReconFiles, calendar: WorkingCalendar,
  progress: (rows: number) => void
): Promise<ReconRun> {
  const settings = readSettings(settingsFile, someSettingsSchema, usualSettings);
  const opening = openingOf(openingFile, period);
  const store = openLineStore();
  try {
    const faults: ReconFault[] = [];
    let rows = 0;
    const read = async (side: Agency): Promise<ListFound> => await readList(lists[side], side, store, faults, () => { progress((rows += 1)); });
    const found = { tax: await read('tax'), treasury: await read('treasury'), finance: await read('finance') };
    store.ready();
    const explaining = explainingDay(store, lastDay(period), through);
    refuseFaulty([...faults, ...faultsBetween(store, explaining)]);
    const document = reconciled(store, { period, through: explaining, settings, calendar }, opening);
    return { document, hash: statementHash(document), found };
  } finally {
    store.close();
  }
}

/** What people sign: SHA-256 of the canonical JSON of the document without sentences and warnings, hex. */
export function statementHash(document: ReconDocument): string {
  return sha256Hex(canonicalText(signedPart(document)));
}

/**
 * The day through which lines explain: as said, else the least of the lists' latest days; an empty list reaches the cut-off. Never before
 * the cut-off.
 */
function explainingDay(store: LineStore, cutoff: CivilDate, said: CivilDate | null): CivilDate {
  const latest = store.latestDays();
  const [least = cutoff] = said === null ? agencies.map((side) => latest.get(side) ?? cutoff).toSorted() : [said];
  return least < cutoff ? cutoff : least;
}

async function readList(path: string, side: Agency, store: LineStore, faults: ReconFault[], counted: () => void): Promise<ListFound> {
  const list = await readPlainFile(path, lineColumns, (row) => {
    const read = lineOf(row, side);
    if (read.line !== null) store.add({ line: read.line, row: row.row });
    faults.push(...read.faults);
    counted();
  });
  if (list.kind === 'read') return list.found;
  const details = { faults: list.faults.map((fault) => ({ side, ...fault })) };
  return refuse('RECON_FILE_REFUSED', { side: sideNames[side], file: list.file, reason: list.reason }, details);
}

function refuseFaulty(faults: readonly ReconFault[]): void {
  const [first] = faults;
  if (first === undefined) return;
  throw refusal('RECON_ROWS_FAULTY', { count: faults.length, first: `${sideNames[first.side]}清单${faultSentence(first)}` }, { faults });
}

function openingOf(path: string | null, period: TaxPeriod): Opening | null {
  if (path === null) return null;
  const document = readJsonFile(path, reconDocumentSchema, (file, reason) => refusal('RECON_OPENING_INVALID', { file, reason }));
  const wrong = { file: fileNameOf(path), found: document.period, period, expected: addPeriods(period, -1) };
  if (!precedes(document, period)) throw refusal('RECON_OPENING_NOT_BEFORE', wrong);
  return { document, hash: statementHash(document) };
}
