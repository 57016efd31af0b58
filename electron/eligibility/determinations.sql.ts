/** SQL of determinations 资格认定: lists with totals of the filtered set, counts, and one record found by its place in the blob. */
import type { z } from 'zod';
import { refuse } from '../../shared/errors.ts';
import type { determinationSortKeys } from '../../shared/eligibility/contract.ts';
import { routeIds, sizeClasses, verdicts, type Determination, type RouteId, type Size, type Verdict } from '../../shared/eligibility/model.ts';
import { present } from '../../shared/kernel/assert.ts';
import type { Fen } from '../../shared/kernel/money.ts';
import type { TaxPeriod } from '../../shared/kernel/tax-period.ts';
import { foldEntryOf, parseBody, readBytes, readEntryAt, readLineAt, readLines, type BlobRef, type FoldEntry } from '../journal/index.ts';
import type { Database, Row, SqlValue } from '../platform/database.ts';
import { fenOf, fenOrNull } from '../platform/record-table.ts';
import { assessedLine, determinationKept, type AssessedLine } from './assessed-lines.ts';
import { periodAssessed } from './entries.ts';
import type { Policy } from './policy.ts';
import { officePolicy } from './policy-reader.ts';

export type DeterminationFilter = {
  readonly period: TaxPeriod;
  readonly verdict?: Verdict | undefined;
  readonly size?: Size | undefined;
  readonly route?: RouteId | undefined;
  readonly search?: string | undefined;
};

type SortKey = (typeof determinationSortKeys)[number];

const sortColumns: Readonly<Record<SortKey, string>> = {
  uscc: 'uscc', name: 'name', verdict: 'verdict', size: 'size', route: 'route', existing: 'existing_fen', incremental: 'incremental_fen', total: 'total_fen',
};

const matching = `FROM determination WHERE period = @period AND (@verdict IS NULL OR verdict = @verdict) AND (@size IS NULL OR size = @size)
  AND (@route IS NULL OR route = @route) AND (@search IS NULL OR instr(uscc, upper(@search)) > 0 OR instr(look_alike(name), look_alike(@search)) > 0)`;

function filterParams(filter: DeterminationFilter): Record<string, SqlValue> {
  const search = filter.search === undefined || filter.search.trim() === '' ? null : filter.search.trim();
  return { period: filter.period, verdict: filter.verdict ?? null, size: filter.size ?? null, route: filter.route ?? null, search };
}

export type ListedDetermination = {
  readonly uscc: string;
  readonly name: string;
  readonly industry: string | null;
  readonly verdict: Verdict;
  readonly route: RouteId | null;
  readonly size: Size;
  readonly existing: Fen | null;
  readonly incremental: Fen | null;
  readonly total: Fen;
};

export type ListTerms = { readonly sort: SortKey; readonly descending: boolean; readonly offset: number; readonly limit: number };

/** One window of the list. */
export function listDeterminations(db: Database, filter: DeterminationFilter, terms: ListTerms): ListedDetermination[] {
  const { limit, offset } = terms;
  const order = `${sortColumns[terms.sort]} ${terms.descending ? 'DESC' : 'ASC'}, uscc`;
  return db.prepare(`SELECT * ${matching} ORDER BY ${order} LIMIT @limit OFFSET @offset`).all({ ...filterParams(filter), limit, offset }).map(listed);
}

/** Count and totals of the filtered set; an amount whose window is not open counts in no total. */
export function totalDeterminations(db: Database, filter: DeterminationFilter): { count: number; existing: Fen; incremental: Fen; total: Fen } {
  const row = db.prepare(`SELECT count(*) AS count, ${sums} ${matching}`).get(filterParams(filter));
  return { count: Number(row?.['count'] ?? 0n), ...amounts(row) };
}

/** Only refundable rows carry money; each kind counts where its window is open. */
const sums = `coalesce(sum(CASE WHEN verdict = 'refundable' AND existing_open = 1 THEN existing_fen END), 0) AS existing,
  coalesce(sum(CASE WHEN verdict = 'refundable' AND incremental_open = 1 THEN incremental_fen END), 0) AS incremental,
  coalesce(sum(total_fen), 0) AS total`;

export type SurveyLine = { readonly key: string; readonly count: number; readonly existing: Fen; readonly incremental: Fen; readonly total: Fen };
export type SurveyAxis = 'verdict' | 'size' | 'industry' | 'route';

const axisColumns: Readonly<Record<SurveyAxis, string>> = {
  verdict: 'verdict', size: 'size', industry: "coalesce(substr(industry, 1, 1), '')", route: "coalesce(route, '')",
};

/** Counts and amounts by one axis. For every axis but the verdict only refundable rows are counted. */
export function surveyBy(db: Database, period: TaxPeriod, axis: SurveyAxis): SurveyLine[] {
  const key = axisColumns[axis];
  const only = axis === 'verdict' ? '' : "AND verdict = 'refundable'";
  const lines = db.prepare(`SELECT ${key} AS key, count(*) AS count, ${sums} FROM determination WHERE period = @period ${only} GROUP BY ${key} ORDER BY key`).all({ period }).map((row) => ({
    key: String(row['key']),
    count: Number(row['count']),
    ...amounts(row),
  }));
  const order = axisOrder[axis];
  return order === null ? lines : lines.toSorted((a, b) => order.indexOf(a.key) - order.indexOf(b.key));
}

/** The order of the closed tables, in which people read them; null = by key. */
const axisOrder: Readonly<Record<SurveyAxis, readonly string[] | null>> = { verdict: verdicts, size: [...sizeClasses, 'undetermined'], industry: null, route: routeIds };

function amounts(row: Row | undefined): { existing: Fen; incremental: Fen; total: Fen } {
  return { existing: fenOf(row, 'existing'), incremental: fenOf(row, 'incremental'), total: fenOf(row, 'total') };
}

/** The whole determination of one taxpayer, its sentences made under the policy that the assessment keeps. @throws Refusal DETERMINATION_MISSING */
export function readDetermination(db: Database, period: TaxPeriod, uscc: string): Determination {
  const row = db.prepare('SELECT chunk, place FROM determination WHERE period = @period AND uscc = @uscc').get({ period, uscc });
  const facts = row === undefined ? undefined : readAssessed(db, period)?.facts;
  if (row === undefined || facts === undefined) return refuse('DETERMINATION_MISSING', { period, uscc });
  const { lines, findings } = facts;
  const lineOf = (ref: BlobRef): unknown => readLineAt(db, ref, Number(row['chunk']), Number(row['place']));
  return determinationKept(lineOf(lines), findings === null ? null : () => lineOf(findings), facts, () => policyKept(db, facts));
}

/** The policy under which a period was judged. */
function policyKept(db: Database, { policy }: AssessedFacts): Policy {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  return officePolicy((path) => {
    const ref = policy?.[path];
    return ref === undefined ? null : decoder.decode(readBytes(db, ref));
  });
}

type AssessedFacts = z.output<typeof periodAssessed.facts>;

/** The entry that stands for a period. */
function readAssessed(db: Database, period: TaxPeriod): FoldEntry<AssessedFacts> | null {
  const row = db.prepare('SELECT entry_seq FROM assessment WHERE period = @period').get({ period });
  if (row === undefined) return null;
  const entry = present(readEntryAt(db, Number(row['entry_seq'])), 'the entry of an assessment');
  return foldEntryOf(periodAssessed, parseBody(entry.body));
}

/** What a refund starts from. Amounts whose window is not open are 0. */
export type RefundableLine = {
  readonly uscc: string;
  readonly name: string;
  readonly route: RouteId;
  readonly size: Size;
  readonly existing: Fen;
  readonly incremental: Fen;
  /** Names the assessment and the record: `eligibility/<entry seq>/<uscc>`. */
  readonly key: string;
};

/** Every refundable determination of a filing period. */
export function refundableDeterminations(db: Database, period: TaxPeriod): RefundableLine[] {
  const rows = db.prepare(
    `SELECT determination.*, assessment.entry_seq FROM determination JOIN assessment USING (period)
     WHERE period = @period AND verdict = 'refundable' ORDER BY uscc`,
  ).all({ period });
  return rows.map((row) => {
    const { uscc, name, route, size } = listed(row);
    return {
      uscc, name, size, route: present(route, 'the route of a refundable determination'),
      ...openAmounts(row),
      key: `eligibility/${String(row['entry_seq'])}/${uscc}`,
    };
  });
}

/** The newest determination of one taxpayer: what it gives now. `verdict` null: not in the newest roster. */
export type NewestDetermination = { readonly verdict: Verdict | null; readonly existing: Fen; readonly incremental: Fen; readonly key: string };

/** @returns null when the filing period was never assessed */
export function newestDetermination(db: Database, period: TaxPeriod, uscc: string): NewestDetermination | null {
  const entry = db.prepare('SELECT entry_seq FROM assessment WHERE period = @period').get({ period })?.['entry_seq'];
  if (entry === undefined) return null;
  const key = `eligibility/${String(entry)}/${uscc}`;
  const row = db.prepare('SELECT * FROM determination WHERE period = @period AND uscc = @uscc').get({ period, uscc });
  if (row === undefined) return { verdict: null, existing: 0n, incremental: 0n, key };
  const { verdict } = listed(row);
  return { verdict, ...openAmounts(row), key };
}

/** What may be refunded now: nothing unless refundable, and of each kind only where its window is open. */
function openAmounts(row: Row): { readonly existing: Fen; readonly incremental: Fen } {
  const { verdict, existing, incremental } = listed(row);
  const due = (open: SqlValue | undefined, amount: Fen | null): Fen => (verdict === 'refundable' && open === 1n ? (amount ?? 0n) : 0n);
  return { existing: due(row['existing_open'], existing), incremental: due(row['incremental_open'], incremental) };
}

/** The figures of a period in order of code, read once through, with the industry that classified each. */
export function assessedRecords(db: Database, period: TaxPeriod): AssessedLine[] {
  const facts = readAssessed(db, period)?.facts;
  if (facts === undefined) return [];
  return Array.from(readLines(db, facts.lines), (line) => assessedLine(line, facts)).sort((a, b) => (a.record.uscc < b.record.uscc ? -1 : 1));
}

export type AssessmentRow = Pick<AssessedFacts, 'period' | 'rosterHash' | 'counts' | 'packs'> & { readonly entry: number; readonly linesHash: string; readonly findingsHash: string | null; readonly rows: number };

export function readAssessment(db: Database, period: TaxPeriod): AssessmentRow | null {
  const entry = readAssessed(db, period);
  if (entry === null) return null;
  const { seq, facts: { rosterHash, counts, packs, lines, findings } } = entry;
  return { period, entry: seq, rosterHash, counts, packs, linesHash: lines.hash, findingsHash: findings?.hash ?? null, rows: lines.lines };
}

export function listAssessments(db: Database): { period: TaxPeriod; rows: number; refundableTotal: Fen }[] {
  const rows = db.prepare(
    'SELECT period, rows, (SELECT coalesce(sum(total_fen), 0) FROM determination WHERE determination.period = assessment.period) AS total FROM assessment ORDER BY period',
  ).all();
  return rows.map((row) => ({ period: String(row['period']) as TaxPeriod, rows: Number(row['rows']), refundableTotal: fenOf(row, 'total') })); // written from checked periods
}

function listed(row: Row): ListedDetermination {
  return {
    uscc: String(row['uscc']),
    name: String(row['name']),
    industry: row['industry'] === null ? null : String(row['industry']),
    verdict: String(row['verdict']) as Verdict, // written from a checked record
    route: row['route'] as RouteId | null, // likewise
    size: String(row['size']) as Size, // likewise
    existing: fenOrNull(row, 'existing_fen'),
    incremental: fenOrNull(row, 'incremental_fen'),
    total: fenOf(row, 'total_fen'),
  };
}
