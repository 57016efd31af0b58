/** B4: a name that may have lost a character is not reviewed before somebody writes that the licence was seen. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { april, countyAt, refundable, refusal } from '../../support/exchange-offices.ts';
import { rosterText } from '../../support/roster-rows.ts';

describe('B4 丢失的字跟着退税走', () => {
  test.each(['凌源市?祥厂', '凌源市□祥厂'])('“%s”：审核意见没有写明看过执照的，不审核；写明的，照办并留在分录里', async (name) => {
    const county = await countyAt('2022-04-11T09:00');
    const file = join(county.folder, '名册.csv');
    writeFileSync(file, rosterText([refundable(1, { name, accountName: name }), refundable(2)]));
    await county.call('tax', 'roster.import', { file, period: april });
    await county.call('tax', 'eligibility.assess', { period: april });
    await county.call('tax', 'refunds.openCandidates', { period: april });
    for (const act of ['refunds.inform', 'refunds.apply', 'refunds.accept'] as const) await county.call('tax', act, { all: {} });
    const { rows } = await county.call('tax', 'refunds.list', { states: ['accepted'], limit: 10, offset: 0 });
    const damaged = rows.find((row) => row.name === name)?.refund ?? '';
    expect(await refusal(county.offices.tax, 'refunds.review', { refunds: [damaged] })).toBe('NAME_UNPROVEN');
    expect(await refusal(county.offices.tax, 'refunds.review', { refunds: [damaged], opinion: '同意' })).toBe('NAME_UNPROVEN');
    expect(await county.call('tax', 'refunds.review', { refunds: rows.filter((row) => row.name !== name).map((row) => row.refund) })).toMatchObject({ count: 1 });
    expect(await county.call('tax', 'refunds.review', { refunds: [damaged], opinion: '已核对营业执照，名称无误' })).toMatchObject({ count: 1 });
  });
});
