/** B4: a name that may have lost a character is not reviewed before somebody writes that the licence was seen, and the treasury pays only where that is told. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { april, countyAt, refundable, refusal, sendPackage } from '../../support/exchange-offices.ts';
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

  test('写明看过执照的，备注随批次到国库，页面、数据单上都有，可以退付', async () => {
    const name = '凌源市?祥厂';
    const county = await countyAt('2022-04-11T09:00');
    const file = join(county.folder, '名册.csv');
    writeFileSync(file, rosterText([refundable(1, { name, accountName: name }), refundable(2)]));
    await county.call('tax', 'roster.import', { file, period: april });
    await county.call('tax', 'eligibility.assess', { period: april });
    await county.call('tax', 'refunds.openCandidates', { period: april });
    for (const act of ['refunds.apply', 'refunds.accept'] as const) await county.call('tax', act, { all: {} });
    await county.call('tax', 'refunds.review', { all: {}, opinion: '已核对营业执照，名称无误' });
    await county.call('tax', 'refunds.approve', { all: {} });
    await county.call('tax', 'refunds.addVoucherRange', { first: '00000001', last: '00000009' });
    await county.call('tax', 'refunds.issueVouchers', { all: {} });
    await county.call('tax', 'refunds.checkVouchers', { all: {} });
    await county.call('tax', 'refunds.formBatch', { all: {} });
    const sent = await sendPackage(county, 'tax', { kind: 'REFUND_BATCH', to: 'treasury' });
    expect(await county.call('treasury', 'exchange.importPackage', { file: sent })).toMatchObject({ outcome: 'accepted' });
    const { rows } = await county.call('treasury', 'treasury.list', {});
    const [damaged, whole] = [rows.find((row) => row.name === name), rows.find((row) => row.name !== name)];
    const noteOf = async (voucher = ''): Promise<string | null> => (await county.call('treasury', 'treasury.get', { voucher })).voucher.note;
    expect(await noteOf(damaged?.voucherNo)).toContain('名称或户名含有“?”，可能是丢失的字；税务机关审核时已对照营业执照');
    expect(await noteOf(whole?.voucherNo)).toBeNull();
    for (const agency of ['tax', 'treasury'] as const) {
      expect(JSON.stringify(await county.call(agency, 'reports.render', { id: 'voucher', params: { voucher: damaged?.voucherNo ?? '' } }))).toContain('已对照营业执照');
    }
    const vouchers = rows.map((row) => row.voucherNo);
    await county.call('treasury', 'treasury.check', { vouchers });
    expect(await county.call('treasury', 'treasury.pay', { vouchers })).toMatchObject({ count: 2 });
  });
});
