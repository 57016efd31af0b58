/** 差多少就符合 is proved, not told: every proposal is the engine's answer to the changed row, and one fen less would not do. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluateRow } from '../../../electron/eligibility/index.ts';
import { searchedChanges, whatIf } from '../../../electron/eligibility/what-if.ts';
import { taxPeriod } from '../../../shared/kernel/tax-period.ts';
import { randomTaxpayer } from '../../support/eligibility-oracle/random-taxpayer.ts';
import { shippedPolicy } from '../../golden/golden-policy.ts';
import { goldenRow, type Cells } from '../../golden/golden-rows.ts';

const seeds = fc.integer({ min: 1, max: 1_000_000 });
const runs = { numRuns: 200, seed: 20_261_123 };
const said = (cells: Cells, filing: string): string[] => whatIf(goldenRow(cells), taxPeriod(filing), shippedPolicy).proposals.map(({ says }) => says);

describe('over random taxpayers', () => {
  test('what is proposed is what the engine answers to the changed row', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { row, filing } = randomTaxpayer(seed);
        const { now, found, goal } = searchedChanges(row, filing, shippedPolicy);
        for (const one of found) {
          const after = evaluateRow(one.row, filing, shippedPolicy);
          expect(after).toEqual(one.after);
          expect(after.verdict).toBe('refundable');
          if (goal === 'more') expect(after.refundableTotal).toBeGreaterThan(now.refundableTotal);
          expect(one.moved.length).toBeGreaterThan(0);
        }
      }),
      runs,
    );
  });

  test('a bound is exact: one fen nearer to where the roster stands does not turn the answer', () => {
    let bounds = 0;
    fc.assert(
      fc.property(seeds, (seed) => {
        const { row, filing } = randomTaxpayer(seed);
        const { found, reaches } = searchedChanges(row, filing, shippedPolicy);
        for (const { moved } of found) {
          const [only] = moved;
          if (moved.length !== 1 || only === undefined || !('fen' in only) || only.lever.start === null) continue;
          const { lever, fen } = only;
          const start = only.lever.start;
          const step = fen > start ? -1n : 1n;
          for (let nearer = fen + step, tries = 0; nearer !== start && tries < 40; nearer += step, tries += 1) expect(reaches(evaluateRow(lever.at(row, nearer), filing, shippedPolicy))).toBe(false);
          for (let part = 1n; part < 20n; part += 1n) expect(reaches(evaluateRow(lever.at(row, start + ((fen - start) * part) / 20n), filing, shippedPolicy))).toBe(false);
          bounds += 1;
        }
      }),
      runs,
    );
    expect(bounds).toBeGreaterThan(50);
  });

  test('of facts that must change together, none can be left as it was', () => {
    let sets = 0;
    fc.assert(
      fc.property(seeds, (seed) => {
        const { row, filing } = randomTaxpayer(seed);
        const { found, reaches } = searchedChanges(row, filing, shippedPolicy);
        for (const { moved, row: changed } of found) {
          if (moved.length < 2) continue;
          sets += 1;
          for (const { lever } of moved) {
            const without = { ...changed, [lever.fact]: row[lever.fact], ...(lever.fact === 'yearDeductedTotal' ? { yearDeductedQualified: row.yearDeductedQualified } : {}) };
            const last = without.endingCredit;
            const whole = last === null || without.recentCredits === null ? without : { ...without, recentCredits: [...without.recentCredits.slice(0, -1), last] };
            expect(reaches(evaluateRow(whole, filing, shippedPolicy)), `seed ${String(seed)} without ${lever.fact}`).toBe(false);
          }
        }
      }),
      runs,
    );
    expect(sets).toBeGreaterThan(50);
  });

  test('a later filing period is the first in which the unchanged row answers so', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { row, filing } = randomTaxpayer(seed);
        const { goal, proposals } = whatIf(row, filing, shippedPolicy);
        const waiting = proposals.find(({ kind, changes }) => kind === 'time' && changes.length === 0);
        if (waiting === undefined || goal === 'more') return;
        const after = evaluateRow(row, waiting.period, shippedPolicy);
        expect([after.verdict, after.refundableTotal]).toEqual(['refundable', waiting.refundableTotal]);
        const before = taxPeriod(waiting.period.endsWith('-01') ? `${String(Number(waiting.period.slice(0, 4)) - 1)}-12` : `${waiting.period.slice(0, 5)}${String(Number(waiting.period.slice(5)) - 1).padStart(2, '0')}`);
        if (before > filing) expect(evaluateRow(row, before, shippedPolicy).verdict).not.toBe('refundable');
      }),
      runs,
    );
  });

  test('sentences are neutral, whole and cited', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { row, filing } = randomTaxpayer(seed);
        const { says, notes, proposals } = whatIf(row, filing, shippedPolicy);
        for (const text of [says, ...notes, ...proposals.map((one) => one.says)]) expect(text).not.toMatch(/。$|undefined|null|NaN|嫌疑|虚假|造假|不诚信|建议(?!改变)/);
        expect(proposals.filter(({ cites }) => cites.length === 0)).toEqual([]);
      }),
      runs,
    );
  });
});

const medium: Cells = { 上年增值税销售额: '50000000.00' };

describe('in words', () => {
  test('a rating that does not suffice is said as published, and not called a fault', () => {
    const { proposals, notes } = whatIf(goldenRow({ 纳税信用级别: 'M' }), taxPeriod('2022-08'), shippedPolicy);
    expect(proposals.map(({ kind, says, cites }) => ({ kind, says, cites }))).toEqual([
      { kind: 'registered', says: '纳税信用级别以申请时公布的为准，现为M级；公布为A级或B级时，经复算结论为可退，应退合计720,000.00元（存量80,000.00元，增量640,000.00元）', cites: ['2022-14/3(1)'] },
    ]);
    expect(notes.at(-1)).toBe('“登记或公布的事实”以登记、评价、处理结果为准，留抵退税办理中不作改变；如该事实有误，请在原系统更正后重新导入名册');
  });

  test('a window that opens later is a matter of waiting', () => {
    const [first] = whatIf(goldenRow({ 上年增值税销售额: '500000000.00', 当期期末留抵税额: '100000.00', 近六期期末留抵税额: '0.00;0.00;0.00;0.00;0.00;100000.00' }), taxPeriod('2022-04'), shippedPolicy).proposals;
    expect([first?.kind, first?.period, first?.says]).toEqual(['time', '2022-06', '自2022年6月申报期起，如名册各项事实不变，经复算结论为可退，应退合计80,000.00元']);
  });

  test('the 500,000 yuan of No. 39 is missed by one fen', () => {
    const short: Cells = { 当期期末留抵税额: '599999.99', 近六期期末留抵税额: '200000.00;300000.00;400000.00;500000.00;550000.00;599999.99' };
    expect(said(short, '2021-06')[0]).toBe('自2022年4月申报期起（适用的文件已不同），如名册各项事实不变，经复算结论为可退，应退合计479,999.99元（存量80,000.00元，增量399,999.99元）');
    expect(said(short, '2021-06')[1]).toBe('当期期末留抵税额达到600,000.00元时（现为599,999.99元，差0.01元），经复算结论为可退，应退合计240,000.00元');
  });

  test('sales of exactly one half need one fen more of a listed industry, and the next size class is told with its distance', () => {
    const half: Cells = { ...medium, 近12个月分行业销售额: 'C=500000.00;E=500000.00', 当期期末留抵税额: '599999.99', 近六期期末留抵税额: '200000.00;300000.00;400000.00;500000.00;550000.00;599999.99' };
    const all = said(half, '2022-06');
    expect(all).toContain('近12个月制造业等行业销售额再多0.01元（其他行业不变），占比才超过一半，经复算结论为可退，应退合计479,999.99元（存量80,000.00元，增量399,999.99元）');
    expect(all).toContain('上年增值税销售额不高于19,999,999.99元时（现为50,000,000.00元，差30,000,000.01元），划为小型企业，经复算结论为可退，应退合计479,999.99元（存量80,000.00元，增量399,999.99元）');
  });

  test('what is blank is asked for, alone and together', () => {
    expect(said({ 纳税信用级别: '' }, '2022-08')).toEqual(['查明申请时的纳税信用级别：为A级或B级时，经复算结论为可退，应退合计720,000.00元（存量80,000.00元，增量640,000.00元）']);
    const both = whatIf(goldenRow({ 纳税信用级别: '', '36个月内骗税或虚开': '' }), taxPeriod('2022-08'), shippedPolicy);
    expect(both.says).toBe('单独一项不能使结论变为可退；下列每组2项须同时成立，缺一不可');
    expect(both.proposals.map(({ kind, changes }) => [kind, changes.map(({ fact }) => fact)])).toEqual([['supply', ['creditRating', 'fraud36']]]);
  });

  test('即征即退 may be repaid while the term runs, and no longer', () => {
    const enjoyed: Cells = { '2019年4月起享受即征即退': '是' };
    expect(whatIf(goldenRow(enjoyed), taxPeriod('2022-08'), shippedPolicy).proposals.map(({ kind }) => kind)).toContain('act');
    expect(whatIf(goldenRow(enjoyed), taxPeriod('2022-12'), shippedPolicy).proposals.map(({ kind }) => kind)).not.toContain('act');
  });

  test('a refundable firm hears what would raise the amount', () => {
    const waiting = whatIf(goldenRow({ 上年增值税销售额: '500000000.00' }), taxPeriod('2022-04'), shippedPolicy);
    expect(waiting.goal).toBe('more');
    expect(waiting.proposals[0]?.says).toBe('自2022年6月申报期起，如名册各项事实不变，经复算结论为可退，应退合计720,000.00元（存量80,000.00元，增量640,000.00元）');
  });
});
