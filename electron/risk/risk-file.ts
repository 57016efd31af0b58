/**
 * Risk over roster files 名册风险: walks the file twice, first for what firms share, then firm by firm, so that memory holds codes and not
 * rows. Lines come in
 * the order of the file, faulty rows in their place, a summary last. It needs no office and keeps nothing.
 * @source shared spec risk.md
 */
import { refusal } from '../../shared/errors.ts';
import { codePointOrder } from '../../shared/kernel/code-points.ts';
import type { Fen } from '../../shared/kernel/money.ts';
import { addPeriods, type TaxPeriod } from '../../shared/kernel/tax-period.ts';
import {
  indicatorIds, indicators, judgeIndicator, thresholdOf, type IndicatorId, type PreviousRow, type RiskCase, type Sharing,
} from '../../shared/risk/indicators.ts';
import { comparedSigns, foldedName, lookAlikesOf, lookAlikesSchema, type LookAlikes } from '../../shared/risk/look-alikes.ts';
import { riskSentence } from '../../shared/risk/sentences.ts';
import type { RiskSettings } from '../../shared/risk/settings.ts';
import { faultSentence } from '../../shared/roster/errors.ts';
import type { CellFault, RosterLine, RosterRow } from '../../shared/roster/model.ts';
import { judgeFor, officePolicy, rejectedLine, type Judgement } from '../eligibility/without-ledger.ts';
import type { ResourceReader } from '../platform/resources.ts';
import { fileNameOf, readBoundedFile } from '../platform/text-file.ts';
import { fileRefusal, readingRefusal, readRoster, rosterFileBytesMax, type RosterHeader } from '../roster/without-ledger.ts';

export type RiskTerms = {
  readonly file: string; readonly previous: string | null; readonly period: TaxPeriod; readonly settings: RiskSettings
};
type Counts = Record<IndicatorId, { hit: number; needsEvidence: number; clear: number }>;

export type RiskSummary = {
  readonly period: TaxPeriod; readonly firms: number; readonly rejected: number; readonly settings: RiskSettings; readonly counts: Counts;
};

/** What was found in the file and is no fault of a row: its header, and warnings: how many, and the first of them. */
export type RosterRead = { readonly header: RosterHeader; readonly warned: { readonly count: number; readonly first: readonly CellFault[] } };

type SharedWith = (row: RosterRow) => Pick<RiskCase, 'account' | 'phone' | 'alike'>;

const warningsKept = 20;
const othersMax = 20;
const lookAlikesResource = 'reference/look-alikes.json';

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
  const { header, lines } = await openLines(file, bytes, period);
  const { shared, warned } = await sharedBy(lines, lookAlikes(resources));
  const counts = Object.fromEntries(
    indicatorIds.map((id) => [id, { hit: 0, needsEvidence: 0, clear: 0 }]),
  ) as Counts; // every indicator is a key
  let [firms, rejected] = [0, 0];
  for await (const line of (await openLines(file, bytes, period)).lines) {
    if (line.kind === 'rejected') {
      rejected += 1;
      yield JSON.stringify(rejectedLine(line));
      continue;
    }
    firms += 1;
    const of: RiskCase = {
      row: line.row, filing: period, refundAtStake: stakeOf(judge(line.row)), previous: before?.get(line.row.uscc) ?? null,
      ...shared(line.row),
    };
    const found = judgedCase(of, settings, counts);
    if (found.hits.length + found.needsEvidence.length > 0) yield JSON.stringify({ uscc: line.row.uscc, name: line.row.name, ...found });
  }
  const summary = { period, firms, rejected, settings, counts };
  told(summary, { header, warned });
  yield JSON.stringify(summary);
}

function judgedCase(of: RiskCase, settings: RiskSettings, counts: Counts) {
  const hits: unknown[] = [];
  const needsEvidence: unknown[] = [];
  for (const id of indicatorIds) {
    const outcome = judgeIndicator(id, of, settings);
    counts[id][outcome.outcome === 'needs-evidence' ? 'needsEvidence' : outcome.outcome] += 1;
    if (outcome.outcome === 'needs-evidence') needsEvidence.push({ indicator: id, missing: outcome.missing });
    if (outcome.outcome !== 'hit') continue;
    hits.push(
      {
        indicator: id, basis: indicators[id].basis, facts: outcome.facts, threshold: thresholdOf(id, settings),
        text: riskSentence(id, outcome.facts, settings),
      },
    );
  }
  return { hits, needsEvidence };
}

/** What the evaluation would refund, or hold back for the time being; null where it lacks evidence. */
function stakeOf({ figures }: Judgement): Fen | null {
  switch (figures.verdict) {
    case 'refundable':
    case 'suspended':
    case 'not-open':
      return (figures.refundableExisting ?? 0n) + (figures.refundableIncremental ?? 0n);
    case 'needs-evidence':
      return null;
    case 'nothing-due':
    case 'ineligible':
    case 'out-of-scope':
      return 0n;
  }
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

function lookAlikes(resources: ResourceReader): LookAlikes {
  const text = resources(lookAlikesResource);
  return lookAlikesOf(lookAlikesSchema.parse(JSON.parse(text ?? '')));
}

/** Which firms share account, phone or the fold of a name. */
async function sharedBy(lines: AsyncIterable<RosterLine>, alikes: LookAlikes): Promise<{ readonly shared: SharedWith; readonly warned: RosterRead['warned'] }> {
  const first: CellFault[] = [];
  let count = 0;
  const accounts = new Map<string, string[]>();
  const phones = new Map<string, string[]>();
  const names = new Map<string, { readonly uscc: string; readonly name: string }[]>();
  for await (const line of lines) {
    if (line.kind === 'rejected') continue;
    count += line.warnings.length;
    if (first.length < warningsKept) first.push(...line.warnings.slice(0, warningsKept - first.length));
    const { uscc, name, bankAccount, phone } = line.row;
    gather(accounts, comparedSigns(bankAccount ?? ''), uscc);
    gather(phones, comparedSigns(phone ?? ''), uscc);
    gather(names, foldedName(name, alikes), { uscc, name });
  }
  const shared: SharedWith = ({ uscc, name, bankAccount, phone }) => ({
    account: sharing(accounts.get(comparedSigns(bankAccount ?? '')) ?? [], uscc),
    phone: sharing(phones.get(comparedSigns(phone ?? '')) ?? [], uscc),
    alike: sharing((names.get(foldedName(name, alikes)) ?? []).filter((other) => other.name !== name).map((other) => other.uscc), uscc),
  });
  return { shared, warned: { count, first } };
}

function gather<T>(groups: Map<string, T[]>, key: string, value: T): void {
  if (key === '') return;
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [value]);
  else group.push(value);
}

/** @param codes with the same thing, the firm's own among them or not */
function sharing(codes: readonly string[], own: string): Sharing {
  const others = codes.filter((code) => code !== own);
  return { firms: others.length + 1, others: others.toSorted(codePointOrder).slice(0, othersMax) };
}
