/** The rule change list 规则更正影响清单 against a straight recomputation that shares only the engine: who, by how much, and sums that add up. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { evaluateRow, loadPolicy, type Policy } from '../../../electron/eligibility/index.ts';
import { checkoutResources } from '../../../electron/platform/resources.ts';
import { readRosterCsv } from '../../../electron/roster/index.ts';
import type { OperationInput } from '../../../shared/contract.ts';
import { parseYuan, yuanText } from '../../../shared/kernel/money.ts';
import { addPeriods, type TaxPeriod } from '../../../shared/kernel/tax-period.ts';
import type { RosterRow } from '../../../shared/roster/model.ts';
import { amend, halfRate, laterWindow, propose } from '../../support/amendments.ts';
import { april, assess, countyAt, refundable, refusal, type County } from '../../support/exchange-offices.ts';
import { done } from '../../support/practice.ts';
import { rosterText, type Cells } from '../../support/roster-rows.ts';

const may = addPeriods(april, 1);
const cells: readonly Cells[] = [
  ...Array.from({ length: 6 }, (_, index) => refundable(index + 1)),
  refundable(20, { creditRating: 'C' }),
  refundable(21, { prevYearSales: '900000000.00', prevYearAssets: '900000000.00', salesByIndustry: 'F=900000000', industryCode: 'F511' }),
  refundable(22, { endingCredit: '0', recentCredits: '1;2;3;4;5;0' }),
  refundable(23, { baseCredit: '0', endingCredit: '5000.01', recentCredits: '1;2;3;4;5;5000.01' }),
];

async function twoMonths(): Promise<County> {
  const county = await countyAt('2022-05-14T09:00');
  await assess(county, cells);
  const file = join(county.folder, 'may.csv');
  writeFileSync(file, rosterText(cells.slice(0, 4)));
  await county.call('tax', 'roster.import', { file, period: may });
  await county.call('tax', 'eligibility.assess', { period: may });
  return county;
}

/** The rows as the office got them. */
function rowsOf(county: County, period: TaxPeriod): RosterRow[] {
  const reading = readRosterCsv(readFileSync(join(county.folder, period === april ? `roster-${String(cells.length)}.csv` : 'may.csv')), { filingPeriod: period });
  if (reading.kind === 'refused') throw new Error(JSON.stringify(reading));
  return Array.from(reading.lines, (line) => { if (line.kind === 'rejected') throw new Error(JSON.stringify(line)); return line.row; });
}

/** The policy with one value put into the shipped text by hand. */
function policyWith(key: string, value: unknown, issuedOn: string): Policy {
  return loadPolicy((path) => {
    const text = checkoutResources(path) ?? '';
    if (!path.includes('mof-sta-2022-14/parameters')) return text;
    const document = JSON.parse(text) as { parameters: { key: string; values: unknown[] }[] };
    document.parameters.find((one) => one.key === key)?.values.push({ value, issuedOn, cites: ['演练3号/1'], certainty: 'A' });
    return JSON.stringify(document);
  }, (text) => String(text.length).padStart(64, '0'));
}

const shipped = loadPolicy((path) => checkoutResources(path) ?? '', () => '0'.repeat(64));

function straight(county: County, periods: readonly TaxPeriod[], changed: Policy) {
  const lines = periods.flatMap((period) => rowsOf(county, period).map((row) => ({ period, before: evaluateRow(row, period, shipped), after: evaluateRow(row, period, changed) })));
  const total = (side: 'before' | 'after'): bigint => lines.reduce((sum, line) => sum + line[side].refundableTotal, 0n);
  const differing = lines.filter(({ before, after }) => JSON.stringify(partOf(before)) !== JSON.stringify(partOf(after)));
  return {
    rows: lines.length, changed: differing.length, before: yuanText(total('before')), after: yuanText(total('after')), difference: yuanText(total('after') - total('before')),
    lines: differing.map(({ period, before, after }) => [period, before.uscc, before.verdict, after.verdict, yuanText(after.refundableTotal - before.refundableTotal)].join(' ')).sort(),
  };
}

function partOf({ verdict, route, size, refundableExisting, refundableIncremental, existingOpenFrom, incrementalOpenFrom, refundableTotal }: ReturnType<typeof evaluateRow>): unknown {
  return [verdict, route, size, String(refundableExisting), String(refundableIncremental), existingOpenFrom, incrementalOpenFrom, String(refundableTotal)];
}

async function asked(county: County, input: OperationInput<'policy.ruleChange'>) {
  const answer = await done(county.offices.tax, 'policy.ruleChange', { limit: 50_000, ...input }, 'handler');
  const { total, rows } = answer;
  const fen = (text: string): bigint => parseYuan(text) ?? 0n;
  expect(fen(total.before) + fen(total.difference)).toBe(fen(total.after));
  expect(total.changed + total.unchanged).toBe(total.rows);
  expect(rows).toHaveLength(total.changed);
  expect(rows.reduce((sum, row) => sum + fen(row.difference), 0n)).toBe(fen(total.difference));
  for (const row of rows) expect(fen(row.before.total) + fen(row.difference), row.uscc).toBe(fen(row.after.total));
  for (const key of ['rows', 'changed', 'unchanged'] as const) expect(answer.periods.reduce((sum, period) => sum + period[key], 0)).toBe(total[key]);
  for (const key of ['before', 'after', 'difference'] as const) expect(answer.periods.reduce((sum, period) => sum + fen(period[key]), 0n)).toBe(fen(total[key]));
  return {
    answer,
    seen: {
      rows: total.rows, changed: total.changed, before: total.before, after: total.after, difference: total.difference,
      lines: rows.map((row) => [row.period, row.uscc, row.before.verdict, row.after.verdict, row.difference].join(' ')).sort(),
    },
  };
}

test('thought of, proposed or in force, over one month or all: the same list as a straight recomputation', async () => {
  const county = await twoMonths();
  const expected = straight(county, [april, may], policyWith('refundRate', '0.5', '2022-04-13'));
  expect(expected.changed).toBeGreaterThan(8);
  expect(expected.difference).toMatch(/^-/);
  const thought = await asked(county, { of: { kind: 'draft', draft: halfRate } });
  expect(thought.seen).toEqual(expected);
  expect(thought.answer.changes).toMatchObject([{ label: '退还比例', before: '1', after: '0.5' }]);
  const no = await propose(county.offices.tax, halfRate);
  expect((await asked(county, { of: { kind: 'amendment', no } })).seen).toEqual(expected);
  await done(county.offices.tax, 'policy.confirm', { no }, 'reviewer');
  const history = await asked(county, { of: { kind: 'amendment', no } });
  expect(history.seen).toEqual(expected);
  expect(history.answer.packs).toEqual(thought.answer.packs);
  const only = await asked(county, { of: { kind: 'amendment', no }, period: april });
  expect(only.seen).toEqual(straight(county, [april], policyWith('refundRate', '0.5', '2022-04-13')));
  expect(county.offices.tax.verify('deep').faults).toEqual([]);
});

test('a window that opens later moves verdicts, and a later amendment is measured against what stood before it', async () => {
  const county = await twoMonths();
  const window = await asked(county, { of: { kind: 'draft', draft: laterWindow } });
  expect(window.seen).toEqual(straight(county, [april, may], policyWith('window.existing.micro', '2022-06', '2022-04-12')));
  expect(window.answer.total.unchanged).toBeGreaterThan(0);
  await amend(county.offices.tax, laterWindow);
  const rate = await asked(county, { of: { kind: 'draft', draft: halfRate } });
  expect(rate.answer.total.before).toBe(window.answer.total.after);
  expect(await refusal(county.offices.tax, 'policy.ruleChange', { of: { kind: 'draft', draft: laterWindow } })).toBe('AMENDMENT_NOT_LATER');
  expect(await refusal(county.offices.tax, 'policy.ruleChange', { of: { kind: 'amendment', no: 'ZC-2022-0042' } })).toBe('AMENDMENT_UNKNOWN');
  expect(await refusal(county.offices.tax, 'policy.ruleChange', { of: { kind: 'draft', draft: halfRate }, period: addPeriods(april, 5) })).toBe('ROSTER_MISSING');
});

test('the list says where the refund of each taxpayer stands and what comes next, window by window', async () => {
  const county = await twoMonths();
  const ask = (given: Partial<OperationInput<'policy.ruleChange'>> = {}) => done(county.offices.tax, 'policy.ruleChange', { of: { kind: 'draft', draft: halfRate }, period: april, ...given }, 'handler');
  expect(new Set((await ask()).rows.map((row) => [row.refund?.no ?? '无', row.nextStep].join()))).toEqual(new Set(['无,重新测算本期']));
  await county.call('tax', 'refunds.openCandidates', { period: april });
  await county.call('tax', 'refunds.apply', { all: { state: 'candidate' } });
  await county.call('tax', 'refunds.accept', { all: { state: 'applied' } });
  await county.call('tax', 'refunds.review', { all: { state: 'accepted' } });
  expect((await ask()).rows[0]).toMatchObject({ refund: { state: '已审核' }, nextStep: '重新测算本期并更新应退额后再审核、核准' });
  await county.call('tax', 'refunds.approve', { all: { state: 'reviewed' } });
  const { rows, count } = await ask();
  expect(rows[0]).toMatchObject({ refund: { state: '已核准' }, nextStep: '尚未送国库：暂不开具或组批，退回补正后按新结果重新核准' });
  const [first, second] = [await ask({ limit: 2 }), await ask({ offset: 2, limit: 2 })];
  expect([...first.rows, ...second.rows]).toEqual(rows.slice(0, 4));
  expect([first.count, second.total]).toEqual([count, first.total]);
  const found = await ask({ search: rows[1]?.uscc ?? '' });
  expect([found.count, found.rows[0]?.uscc, found.total]).toEqual([1, rows[1]?.uscc, first.total]);
});
