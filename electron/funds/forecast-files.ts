/**
 * The four list files of a forecast 预测清单 into its lines, with all faults of all files at once. It reads and judges; the forecast itself is
 * shared/funds/forecast.ts.
 * @source shared spec funds.md, Forecast
 */
import { refusal } from '../../shared/errors.ts';
import type { CivilDate } from '../../shared/kernel/civil-date.ts';
import type { ErrorParams } from '../../shared/kernel/errors.ts';
import { groupedYuan, type Fen } from '../../shared/kernel/money.ts';
import type { TaxPeriod } from '../../shared/kernel/tax-period.ts';
import { forecastFindings, type ForecastFindingKey } from '../../shared/funds/errors.ts';
import {
  creditKindWords, plannedKindWords, type CashDay, type CreditKind, type ForecastLines, type PlannedSum,
} from '../../shared/funds/forecast-lines.ts';
import { faultSentence, findingAt } from '../../shared/roster/errors.ts';
import type { CellFault } from '../../shared/roster/model.ts';
import { readPlainFile, type ListFound, type PlainColumn, type PlainRow } from '../roster/without-ledger.ts';

export type ForecastFiles = { readonly survey: string; readonly paid: string; readonly cash: string; readonly plan: string | null };
type FileName = keyof ForecastFiles;
const fileNames: Readonly<Record<FileName, string>> = { survey: '底数清单', paid: '退付清单', cash: '库款清单', plan: '收支计划' };
/** What was found in one of the lists, by its name. */
export type ForecastFound = ListFound & { readonly list: string };
type FileFault = CellFault & { readonly file: FileName };

const amount = { kind: 'amount', mayBeNegative: false } as const;
const signed = { kind: 'amount', mayBeNegative: true } as const;
const code = { key: 'uscc', header: '统一社会信用代码', form: { kind: 'uscc' }, required: true } as const;
const credit = { key: 'credit', header: '留抵种类', form: { kind: 'words', words: creditKindWords }, required: true } as const;
const filing = { key: 'filingPeriod', header: '申报期', form: { kind: 'month' }, required: true } as const;
const opens = { key: 'openFrom', header: '办理起始月', form: { kind: 'month' }, required: false } as const;
const money = (key: 'amountFen', form: typeof amount | typeof signed) => ({ key, header: '金额', form, required: true }) as const;

type RefundKey = 'uscc' | 'credit' | 'filingPeriod' | 'openFrom' | 'amountFen';
const surveyColumns: readonly PlainColumn<RefundKey | 'name'>[] = [
  code, { key: 'name', header: '纳税人名称', form: { kind: 'name' }, required: false }, credit, filing, opens, money('amountFen', amount),
];
const paidColumns: readonly PlainColumn<RefundKey | 'paidOn'>[] = [
  code, credit, filing, opens, money('amountFen', amount), { key: 'paidOn', header: '退付日期', form: { kind: 'date' }, required: true },
];
type CashKey = keyof CashDay;
const cashColumns: readonly PlainColumn<CashKey>[] = [
  { key: 'day', header: '日期', form: { kind: 'date' }, required: true },
  { key: 'openingFen', header: '上日余额', form: signed, required: true },
  { key: 'incomeFen', header: '本日收入', form: amount, required: true },
  { key: 'outgoFen', header: '本日支出', form: amount, required: true },
  { key: 'closingFen', header: '本日余额', form: signed, required: true },
  { key: 'refundsFen', header: '其中退税支出', form: amount, required: false },
  { key: 'fundsFen', header: '其中专项资金到账', form: amount, required: false },
];
const planColumns: readonly PlainColumn<'day' | 'kind' | 'amountFen' | 'note'>[] = [
  { key: 'day', header: '日期', form: { kind: 'date' }, required: true },
  { key: 'kind', header: '种类', form: { kind: 'words', words: plannedKindWords }, required: true },
  money('amountFen', signed),
  { key: 'note', header: '说明', form: { kind: 'text', longest: 2000 }, required: false },
];

/** @throws Refusal FORECAST_FILE_FAULTY with every fault, ROSTER_FILE_* */
export async function forecastLines(files: ForecastFiles): Promise<{ readonly lines: ForecastLines; readonly found: readonly ForecastFound[] }> {
  const reader = new ListReader();
  const survey = await reader.rows('survey', files.survey, surveyColumns, (row) => ({ ...refundOf(row), row: row.row }));
  const paid = await reader.rows(
    'paid', files.paid, paidColumns, (row) => ({ ...refundOf(row), paidOn: row.cells.paidOn as CivilDate, row: row.row }),
  );
  const cash = await reader.rows('cash', files.cash, cashColumns, (row) => ({ ...cashDayOf(row), row: row.row }));
  const plan = files.plan === null ? []
    : await reader.rows('plan', files.plan, planColumns, (row) => ({ ...plannedOf(row), row: row.row }));
  for (const [file, rows] of [['survey', survey], ['paid', paid], ['plan', plan]] as const) {
    for (const { amountFen, row } of rows) if (amountFen === 0n) reader.fault(file, row, '金额', '0', 'FORECAST_AMOUNT_ZERO', {});
  }
  repeatedLines(survey, reader);
  // A day that could not be read would make its neighbours look broken.
  if (reader.isWhole('cash')) cashFaults(cash, reader);
  return { lines: { survey, paid, cash, plan }, found: reader.done() };
}

// Each cell was read by the form of its column; a row with a fault never comes here.
function refundOf({ cells }: PlainRow<RefundKey>) {
  return {
    uscc: cells.uscc as string, credit: cells.credit as CreditKind, filingPeriod: cells.filingPeriod as TaxPeriod,
    openFrom: cells.openFrom as TaxPeriod | null,
    amountFen: cells.amountFen as Fen,
  };
}

function cashDayOf({ cells }: PlainRow<CashKey>): CashDay {
  const fen = (key: CashKey): Fen => (cells[key] as Fen | null) ?? 0n;
  return {
    day: cells.day as CivilDate, openingFen: fen('openingFen'), incomeFen: fen('incomeFen'), outgoFen: fen('outgoFen'),
    closingFen: fen('closingFen'),
    refundsFen: fen('refundsFen'), fundsFen: fen('fundsFen'),
  };
}

function plannedOf({ cells }: PlainRow<'day' | 'kind' | 'amountFen' | 'note'>): PlannedSum {
  return { day: cells.day as CivilDate, kind: cells.kind as PlannedSum['kind'], amountFen: cells.amountFen as Fen };
}

/** Reads list after list and gathers what is wrong in any of them. */
class ListReader {
  readonly #faults: FileFault[] = [];
  readonly #found: ForecastFound[] = [];

  async rows<K extends string, T>(
    name: FileName, path: string, columns: readonly PlainColumn<K>[], valueOf: (row: PlainRow<K>) => T
  ): Promise<readonly T[]> {
    const values: T[] = [];
    const file = await readPlainFile(path, columns, (row) => {
      if (row.faults.length === 0) values.push(valueOf(row));
      this.#faults.push(...row.faults.map((fault) => ({ file: name, ...fault })));
    });
    if (file.kind === 'read') this.#found.push({ list: fileNames[name], ...file.found });
    else if (file.faults.length > 0) this.#faults.push(...file.faults.map((fault) => ({ file: name, ...fault })));
    else this.#faults.push({ file: name, row: 0, column: '', value: '', code: 'FORECAST_FILE_FAULTY', message: file.reason });
    return values;
  }

  fault(file: FileName, row: number, column: string, value: string, key: ForecastFindingKey, params: ErrorParams): void {
    this.#faults.push(findingAt({ file, row, column, value }, key, forecastFindings[key], params));
  }

  isWhole(name: FileName): boolean {
    return this.#faults.every(({ file }) => file !== name);
  }

  /** @throws Refusal FORECAST_FILE_FAULTY */
  done(): readonly ForecastFound[] {
    const [first] = this.#faults;
    if (first === undefined) return this.#found;
    throw refusal(
      'FORECAST_FILE_FAULTY', {
        count: this.#faults.length, first: `${fileNames[first.file]}${first.row === 0 ? first.message : faultSentence(first)}`,
      }, { faults: this.#faults },
    );
  }
}

function repeatedLines(
  survey: readonly { readonly uscc: string; readonly credit: CreditKind; readonly row: number }[], reader: ListReader
): void {
  const first = new Map<string, number>();
  for (const { uscc, credit: kind, row } of survey) {
    const earlier = first.get(`${uscc} ${kind}`);
    if (earlier === undefined) first.set(`${uscc} ${kind}`, row);
    else reader.fault('survey', row, '统一社会信用代码', uscc, 'FORECAST_LINE_REPEATED', { row: earlier });
  }
}

/** Each day adds up and begins with the balance of the one before, no day stands twice; later days too. */
function cashFaults(cash: readonly (CashDay & { readonly row: number })[], reader: ListReader): void {
  const sorted = cash.toSorted((one, other) => (one.day === other.day ? one.row - other.row : one.day < other.day ? -1 : 1));
  for (const [index, { day, row, openingFen, incomeFen, outgoFen, closingFen }] of sorted.entries()) {
    const sum = openingFen + incomeFen - outgoFen;
    const before = sorted[index - 1];
    if (sum !== closingFen) reader.fault(
      'cash', row, '本日余额', groupedYuan(closingFen), 'CASH_DAY_NOT_BALANCED', { sum: groupedYuan(sum), closing: groupedYuan(closingFen) },
    );
    if (before?.day === day) reader.fault('cash', row, '日期', day, 'CASH_DAY_REPEATED', { day, row: before.row });
    else if (before !== undefined && before.closingFen !== openingFen) {
      reader.fault(
        'cash', row, '上日余额', groupedYuan(openingFen), 'CASH_DAY_NOT_CONTINUED',
        { opening: groupedYuan(openingFen), day: before.day, closing: groupedYuan(before.closingFen) },
      );
    }
  }
}
