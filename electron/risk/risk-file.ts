/**
 * Risk over roster files 名册风险: reads the file and that of twelve months earlier and hands their rows to risk-lines.ts. It needs no office and
 * keeps nothing.
 * @source shared spec risk.md
 */
import { refusal } from '../../shared/errors.ts';
import { addPeriods, type TaxPeriod } from '../../shared/kernel/tax-period.ts';
import type { PreviousRow } from '../../shared/risk/indicators.ts';
import type { RiskSettings } from '../../shared/risk/settings.ts';
import { faultSentence } from '../../shared/roster/errors.ts';
import type { RosterLine } from '../../shared/roster/model.ts';
import { judgeFor, officePolicy } from '../eligibility/without-ledger.ts';
import type { ResourceReader } from '../platform/resources.ts';
import { fileNameOf, readBoundedFile } from '../platform/text-file.ts';
import { fileRefusal, readingRefusal, readRoster, rosterFileBytesMax, type RosterHeader } from '../roster/without-ledger.ts';
import { linesOfJudged, type RiskSummary, type Warned } from './risk-lines.ts';

export type RiskTerms = {
  readonly file: string; readonly previous: string | null; readonly period: TaxPeriod; readonly settings: RiskSettings
};

/** What was found in the file and is no fault of a row. */
export type RosterRead = { readonly header: RosterHeader; readonly warned: Warned };

/**
 * Every line as JSON text, the summary last.
 * @param told called with the summary and with what was found in the file
 * @throws Refusal ROSTER_*, RISK_PREVIOUS_FAULTY
 */
export async function* riskLines(
  { file, previous, period, settings }: RiskTerms, resources: ResourceReader, told: (summary: RiskSummary, read: RosterRead) => void,
): AsyncGenerator<string, void, void> {
  const before = previous === null ? null : await previousRows(previous, addPeriods(period, -12));
  const judge = judgeFor(period, officePolicy(resources));
  const bytes = bytesOf(file);
  const { header } = await openLines(file, bytes, period);
  const lines = async () => (await openLines(file, bytes, period)).lines;
  yield* linesOfJudged({ period, settings, judge, before, lines }, resources, (summary, warned) => { told(summary, { header, warned }); });
}

function bytesOf(path: string): Uint8Array<ArrayBuffer> {
  const read = readBoundedFile(path, rosterFileBytesMax);
  if (read.kind === 'refused') throw fileRefusal(fileNameOf(path), read.reason);
  return read.bytes;
}

type OpenLines = { readonly header: RosterHeader; readonly lines: AsyncIterable<RosterLine> };

async function openLines(path: string, bytes: Uint8Array<ArrayBuffer>, filingPeriod: TaxPeriod): Promise<OpenLines> {
  const reading = await readRoster(bytes, { filingPeriod, repeatedCodes: 'refused' });
  if (reading.kind === 'refused') throw refusal(reading.code, reading.params, { faults: reading.faults });
  return { header: reading.header, lines: readLines(path, reading.lines) };
}

async function* readLines(path: string, lines: Iterable<RosterLine> | AsyncIterable<RosterLine>): AsyncGenerator<RosterLine, void, void> {
  try {
    yield* lines;
  } catch (error) {
    throw readingRefusal(error, fileNameOf(path)) ?? error;
  }
}

async function previousRows(path: string, period: TaxPeriod): Promise<ReadonlyMap<string, PreviousRow>> {
  const rows = new Map<string, PreviousRow>();
  const faulty: Extract<RosterLine, { kind: 'rejected' }>[] = [];
  for await (const line of (await openLines(path, bytesOf(path), period)).lines) {
    if (line.kind === 'rejected') faulty.push(line);
    else rows.set(line.row.uscc, { endingCredit: line.row.endingCredit, creditRating: line.row.creditRating });
  }
  const [first] = faulty;
  if (first === undefined) return rows;
  const [fault] = first.faults;
  const params = {
    file: fileNameOf(path), count: faulty.length, first: fault === undefined ? `第 ${String(first.row)} 行` : faultSentence(fault),
  };
  throw refusal('RISK_PREVIOUS_FAULTY', params, { faults: faulty.flatMap(({ faults }) => faults) });
}
