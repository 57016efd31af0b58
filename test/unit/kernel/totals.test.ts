/** Faults A8 and A9: a total is a sum of amounts and has more digits than one amount may have; what an office answered is read by one reader that asserts. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { AssertionFault } from '../../../shared/kernel/assert.ts';
import { fenOfYuan, groupedYuan, parseTotal, parseTotalFen } from '../../../shared/kernel/money.ts';
import { yuanNotNegative, yuanTotal } from '../../../shared/kernel/schema.ts';
import { moneyText } from '../../../renderer/components/table/cell-text.ts';
import { april, countyAt, refundable } from '../../support/exchange-offices.ts';
import { rosterText } from '../../support/roster-rows.ts';

const widest = '9999999999999.99';

describe('A8 合计不是一笔金额', () => {
  test.each([['10000396410731.29', '10,000,396,410,731.29'], ['19999999999999.98', '19,999,999,999,999.98'], ['90000000000000000.00', '90,000,000,000,000,000.00']])('%s 元照样分节', (text, shown) => {
    expect([groupedYuan(fenOfYuan(text)), moneyText(fenOfYuan(text), 'yuan')]).toEqual([shown, shown]);
    expect(yuanTotal.encode(yuanTotal.decode(text))).toBe(text);
    expect(yuanNotNegative.safeDecode(text).success).toBe(false);
  });

  test.each(['', '12', '1.5', '01.00', '-0.00', '1e3', '90000000000000000.01', ' 1.00', '１.00'])('“%s”不是金额，不当作零', (text) => {
    expect(parseTotal(text)).toBeNull();
    expect(() => fenOfYuan(text)).toThrow(AssertionFault);
  });

  test('账本里的整数分同样', () => {
    expect([parseTotalFen('1999999999999998'), parseTotalFen('9000000000000000001'), parseTotalFen('12.00'), parseTotalFen('-5')]).toEqual([1_999_999_999_999_998n, null, null, -5n]);
  });

  test('两户十三位的金额：导入、测算、底数、名单、核准、开具、组批、清单都通，合计一分不差', async () => {
    const county = await countyAt('2022-04-11T09:00');
    const giant = (n: number) => refundable(n, { endingCredit: widest, baseCredit: '1.00', recentCredits: `1;2;3;4;5;${widest}`, deductedOther: '0', deductedAir: '0', deductedRail: '0' });
    const file = join(county.folder, '大额.csv');
    writeFileSync(file, rosterText([giant(1), giant(2)]));
    await county.call('tax', 'roster.import', { file, period: april });
    const assessed = await county.call('tax', 'eligibility.assess', { period: april });
    expect([assessed.counts.refundable, assessed.refundableTotal]).toEqual([2, '19999999999999.98']);
    expect((await county.call('tax', 'eligibility.list', { period: april })).totals.total).toBe('19999999999999.98');
    expect((await county.call('tax', 'eligibility.survey', { period: april })).total.total).toBe('19999999999999.98');
    await county.call('tax', 'refunds.openCandidates', { period: april });
    for (const act of ['apply', 'accept', 'review', 'approve'] as const) await county.call('tax', `refunds.${act}`, { all: {} });
    await county.call('tax', 'refunds.addVoucherRange', { first: '00000001', last: '00000009' });
    await county.call('tax', 'refunds.issueVouchers', { all: {} });
    await county.call('tax', 'refunds.checkVouchers', { all: {} });
    const { batch } = await county.call('tax', 'refunds.formBatch', { all: {}, expected: { count: 2, total: '19999999999999.98' } });
    expect(batch?.total).toBe('19999999999999.98');
    const { html } = await county.call('tax', 'reports.render', { id: 'batch-list', params: { batch: batch?.batchNo } });
    expect(html).toContain('19,999,999,999,999.98');
    expect((await county.call('tax', 'refunds.funnel', { period: april })).total.approved).toBe('19999999999999.98');
    expect(county.offices.tax.verify('deep').faults).toEqual([]);
  });
});
