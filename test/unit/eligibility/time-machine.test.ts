/** 各时期对照: every month is the engine's own answer, equal neighbours are one run, and own rows are used where the office has them. */
import { expect, test } from 'vitest';
import { evaluateRow } from '../../../electron/eligibility/index.ts';
import { timeMachine } from '../../../electron/eligibility/time-machine.ts';
import { addPeriods, taxPeriod } from '../../../shared/kernel/tax-period.ts';
import { randomTaxpayer } from '../../support/eligibility-oracle/random-taxpayer.ts';
import { shippedPolicy } from '../../golden/golden-policy.ts';
import { goldenRow } from '../../golden/golden-rows.ts';

const whole = { from: taxPeriod('2019-05'), until: taxPeriod('2027-12'), paidIn: () => new Map() };

test('runs cover the span without gap or overlap, and each month answers as its run says', () => {
  for (let seed = 1; seed <= 25; seed += 1) {
    const { row, filing } = randomTaxpayer(seed);
    const { runs } = timeMachine({ period: filing, row, ownRows: new Map(), ...whole }, shippedPolicy);
    let next = whole.from;
    for (const run of runs) {
      expect(run.from).toBe(next);
      for (let month = run.from; month <= run.until; month = addPeriods(month, 1)) {
        const { verdict, route, refundableTotal, pack, size, ratio } = evaluateRow(row, month, shippedPolicy);
        expect({ verdict, route, refundableTotal, pack, size, ratio }, `seed ${String(seed)} ${month}`).toEqual({
          verdict: run.verdict, route: run.route, refundableTotal: run.refundableTotal, pack: run.pack, size: run.size, ratio: run.ratio,
        });
      }
      next = addPeriods(run.until, 1);
    }
    expect(next).toBe('2028-01');
  }
});

test('the same manufacturer under three documents, side by side', () => {
  const { runs, says } = timeMachine({ period: taxPeriod('2022-08'), row: goldenRow({}), ownRows: new Map(), ...whole }, shippedPolicy);
  expect(runs.map(({ from, until, verdict, route, refundableTotal, deciding }) => [from, until, verdict, route, refundableTotal, deciding.rule])).toEqual([
    ['2019-05', '2019-09', 'ineligible', '2019-39/8', 0n, 'countedMonths'],
    ['2019-10', '2022-03', 'refundable', '2019-39/8', 38_400_000n, 'refund'],
    ['2022-04', '2022-12', 'refundable', '2022-14/1', 72_000_000n, 'refund'],
    ['2023-01', '2025-08', 'refundable', '2022-14/2', 72_000_000n, 'refund'],
    ['2025-09', '2027-12', 'refundable', '2025-07/1(1)', 72_000_000n, 'refund'],
  ]);
  expect(says).toContain('只供对照规则，不是对该期事实的认定');
});

test('a month with a roster of its own is judged by it, and named', () => {
  const june = taxPeriod('2022-06');
  const own = goldenRow({ 纳税信用级别: 'D' });
  const { runs, ownRows, says } = timeMachine({ period: taxPeriod('2022-08'), row: goldenRow({}), ownRows: new Map([[june, own]]),
    from: taxPeriod('2022-05'), until: taxPeriod('2022-08'), paidIn: () => new Map() }, shippedPolicy);
  expect(runs.map(({ from, until, rowOf, verdict }) => [from, until, rowOf, verdict])).toEqual([
    ['2022-05', '2022-05', '2022-08', 'refundable'],
    ['2022-06', '2022-06', '2022-06', 'ineligible'],
    ['2022-07', '2022-08', '2022-08', 'refundable'],
  ]);
  expect(ownRows).toEqual([june]);
  expect(says).toContain('2022年6月申报期用当期自己的名册');
});
