/** Figures of any snapshot: cells, margins and lists add up to the whole, lines can be found from their cell, and what is frozen cannot be altered. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { placeLines } from '../../../electron/survey/survey-funnel.ts';
import { compareSurveys, sumChanges } from '../../../electron/survey/survey-changes.ts';
import { baseHashOf, totalsOf } from '../../../electron/survey/survey.ts';
import { findSnapshot, insertSnapshot, listSurveyLines, readCells, readMargin, readMarginTotal, readSurveyLines, totalSurveyLines } from '../../../electron/survey/survey.sql.ts';
import { surveyRules } from '../../../electron/survey/survey-rules.ts';
import { surveyTables } from '../../../electron/survey/survey.tables.ts';
import { openMemory, type Database } from '../../../electron/platform/database.ts';
import { verdicts, type Verdict } from '../../../shared/eligibility/model.ts';
import { surveyListOf, surveyVerdicts, type SurveyLine } from '../../../shared/survey/model.ts';
import { civilDate } from '../../../shared/kernel/civil-date.ts';
import { taxPeriod } from '../../../shared/kernel/tax-period.ts';
import { uscc } from '../refunds/county.ts';

const period = taxPeriod('2022-04');
const which = { period, version: 1 };
const fen = fc.oneof(fc.constant(0n), fc.bigInt({ min: 1n, max: 10n ** 13n }));
const window = fc.constantFrom('always' as const, 'undetermined' as const, taxPeriod('2022-04'), taxPeriod('2022-05'), taxPeriod('2022-10'));

const surveyLine: fc.Arbitrary<SurveyLine> = fc
  .record({
    n: fc.integer({ min: 1, max: 9_999 }), size: fc.constantFrom('micro', 'small', 'medium', 'large', 'undetermined'), industry: fc.constantFrom(null, 'C', 'C3511', 'G54', 'K701', 'Z9'),
    verdict: fc.constantFrom(...surveyVerdicts), listed: fc.constantFrom(true, false, null), existing: fen, incremental: fen, existingWindow: window, incrementalWindow: window,
  })
  .filter(({ existing, incremental }) => existing + incremental > 0n)
  .map(({ n, listed, ...row }): SurveyLine => ({
    ...row, uscc: uscc(n), name: `凌源市第${String(n)}厂`, route: '2022-14/1', counted: true, list: surveyListOf({ size: row.size, listedIndustry: listed }),
    existingOpen: row.existingWindow <= period, incrementalOpen: row.incrementalWindow <= period,
  }));
const lines = fc.uniqueArray(surveyLine, { selector: (line) => line.uscc, maxLength: 40 });

function frozen(given: readonly SurveyLine[]): Database {
  const db = openMemory();
  db.exec(surveyTables.ddl);
  const counts = Object.fromEntries(verdicts.map((verdict) => [verdict, verdict === 'refundable' ? given.length : 0])) as Record<Verdict, number>;
  const head = { ...which, number: 'DS-2022-0001', entry: 1, baseHash: baseHashOf(given), reason: '', frozenOn: civilDate('2022-04-18'), frozenBy: 'a', confirmedOn: null, confirmedBy: null, package: null };
  insertSnapshot(db, { ...head, verdicts: counts, totals: totalsOf(given) }, given);
  return db;
}

test('every margin and the cells add up to the whole, and each cell leads to its lines', () => {
  fc.assert(fc.property(lines, (given) => {
    const db = frozen(given);
    const whole = readMarginTotal(db, which);
    expect(whole.total).toBe(given.reduce((sum, line) => sum + line.existing + line.incremental, 0n));
    expect(whole.taxpayers).toBe(given.length);
    for (const axis of ['size', 'section', 'kind', 'window', 'list'] as const) {
      const margin = readMargin(db, which, axis);
      for (const figure of ['existing', 'incremental', 'total'] as const) expect(margin.reduce((sum, row) => sum + row[figure], 0n)).toBe(whole[figure]);
      expect(margin.reduce((sum, row) => sum + row.items, 0)).toBe(whole.items);
      // One taxpayer stands in one size, section and list, but may have two kinds of credit that open in two months.
      if (axis !== 'kind' && axis !== 'window') expect(margin.reduce((sum, row) => sum + row.taxpayers, 0)).toBe(whole.taxpayers);
    }
    const cells = readCells(db, which);
    expect(cells.reduce((sum, cell) => sum + cell.amount, 0n)).toBe(whole.total);
    for (const cell of cells.slice(0, 6)) {
      const { count, existing, incremental } = totalSurveyLines(db, { ...which, ...cell });
      expect([count, cell.kind === 'existing' ? existing : incremental]).toEqual([cell.items, cell.amount]);
      expect(listSurveyLines(db, { ...which, ...cell }, { sort: 'total', descending: true, offset: 0, limit: 1000 })).toHaveLength(cell.items);
    }
    expect(surveyRules.flatMap((rule) => rule.check(db))).toEqual([]);
    expect(totalsOf(readSurveyLines(db, which))).toEqual(findSnapshot(db, period, null)?.totals);
    db.close();
  }), { numRuns: 60 });
});

test('what came, went and changed leads from one total to the other', () => {
  fc.assert(fc.property(lines, lines, (before, after) => {
    const sums = sumChanges(compareSurveys(before, after));
    const amount = (given: readonly SurveyLine[]): bigint => given.reduce((sum, line) => sum + line.existing + line.incremental, 0n);
    expect(sums.reduce((sum, row) => sum + row.after - row.before, amount(before))).toBe(amount(after));
    const count = (kind: string): number => sums.find((row) => row.kind === kind)?.count ?? 0;
    expect(before.length + count('came') - count('went')).toBe(after.length);
    expect(compareSurveys(after, after)).toEqual([]);
  }));
});

test.each([
  ['未到办理期', 'not-open', false, 'not-open'], ['有暂停办理情形', 'suspended', false, 'suspension-ground'], ['可退但未列入名单', 'refundable', false, 'not-listed'],
  ['重新测算后不再可退', 'ineligible', false, 'ineligible-since'], ['名册已无此户', 'absent', false, 'ineligible-since'], ['以后申报期申请', 'not-open', true, 'later-period'],
] as const)('a taxpayer without a refund stands in one place: %s', (_case, verdict, appliesLater, place) => {
  const [line] = fc.sample(surveyLine, { numRuns: 1, seed: 11 });
  const given = line === undefined ? [] : [line];
  const code = line?.uscc ?? '';
  const later = new Map(appliesLater ? [[code, taxPeriod('2022-06')]] : []);
  const placed = placeLines(given, { standings: new Map(), later, verdicts: new Map([[code, verdict]]) });
  expect(placed.map((one) => [one.stage, one.place, one.frozen - one.actual])).toEqual([['survey', place, 0n]]);
  expect(placed[0]?.laterPeriod).toBe(appliesLater ? '2022-06' : null);
});

test('sizes ascend and the lists stand as the plan names them', () => {
  const given = fc.sample(surveyLine, { numRuns: 60, seed: 3 }).filter((line, index, all) => all.findIndex((other) => other.uscc === line.uscc) === index);
  const db = frozen(given);
  expect(readMargin(db, which, 'size').map(({ key }) => key)).toEqual(['micro', 'small', 'medium', 'large', 'undetermined']);
  expect(readMargin(db, which, 'list').map(({ key }) => key)).toEqual(['small-micro', 'listed-industry', null]);
  db.close();
});

test.each([
  ['a line is altered', 'UPDATE survey_line SET existing_fen = existing_fen + 1'],
  ['a line is taken away', 'DELETE FROM survey_line'],
  ['a total is altered', 'UPDATE survey_snapshot SET existing_fen = existing_fen + 1'],
  ['a snapshot is taken away', 'DELETE FROM survey_snapshot'],
  ['the person who froze confirms', "UPDATE survey_snapshot SET confirmed_on = '2022-04-19', confirmed_by = frozen_by"],
  ['a line that does not count brings an amount', "INSERT INTO survey_line SELECT period, version, 'x', name, industry, section, size, route, 'ineligible', list, counted, existing_fen, incremental_fen, existing_window, incremental_window, existing_open, incremental_open FROM survey_line"],
])('the ledger refuses that %s', (_case, sql) => {
  const [line] = fc.sample(surveyLine, { numRuns: 1, seed: 7 });
  const db = frozen(line === undefined ? [] : [line]);
  expect(() => {
    db.exec(sql);
  }).toThrow(/survey|CHECK/);
  db.close();
});
