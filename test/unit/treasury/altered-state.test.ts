/** D2: money facts changed in a state table while the office was closed, used, and put back: refused at the act, or found by deep verification afterwards. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openOffice, type Office } from '../../../electron/office/office.ts';
import { withTool } from '../../support/database-tool.ts';
import { assessRoster, countyPeriod, openCounty, refundableCells, refundsToVoucher, sendBatch } from '../../support/killing-county.ts';
import { done, refused, temporaryFolder, testClock, testEnv } from '../../support/practice.ts';

const clock = testClock('2022-04-25T09:00');

function reopened(folder: string, agency: string): Office {
  return openOffice(join(folder, agency), testEnv(clock, agency));
}

test.each([
  ['bank_account', "'999'", '银行账号'], ['account_name', "name || '甲'", '账户名称'], ['bank', "'别的银行'", '开户银行'],
  ['amount_fen', 'amount_fen + 100', '退税额'], ['existing_fen', 'existing_fen + 100', '存量退税额'], ['central_fen', 'central_fen + 1', '中央级金额'],
] as const)('D2 国库：关闭期间改动凭证的 %s，复核和退付都按收到的批次拒绝；改回后照常', async (column, forged, label) => {
  const folder = temporaryFolder();
  const county = await openCounty(folder, '2022-04-11T08:30');
  await assessRoster(county, [refundableCells(1)]);
  const file = await sendBatch(county, await refundsToVoucher(county));
  await county.call('treasury', 'exchange.importPackage', { file });
  const [row] = (await county.call('treasury', 'treasury.list', {})).rows;
  const vouchers = [row?.voucherNo ?? ''];
  county.close();
  const ledger = join(folder, 'treasury', 'ledger.db');
  const change = (to: string) => { withTool(ledger, (tool) => { tool.exec(`UPDATE payment SET ${column} = ${to}`); }); };
  let before: unknown;
  withTool(ledger, (tool) => { before = tool.prepare(`SELECT quote(${column}) FROM payment`).pluck().get(); });
  const refusedWith = async (act: 'treasury.check' | 'treasury.pay', as: string) => {
    const office = reopened(folder, 'treasury');
    const reply = await refused(office, act, { vouchers }, as);
    office.close();
    expect(JSON.stringify(reply)).toContain('VOUCHER_ALTERED');
    expect(JSON.stringify(reply)).toContain(label);
  };
  change(forged);
  await refusedWith('treasury.check', 'reviewer');
  change(String(before));
  const between = reopened(folder, 'treasury');
  await done(between, 'treasury.check', { vouchers }, 'reviewer');
  between.close();
  change(forged);
  await refusedWith('treasury.pay', 'approver');
  change(String(before));
  const office = reopened(folder, 'treasury');
  await done(office, 'treasury.pay', { vouchers }, 'approver');
  expect(office.verify('deep').faults).toEqual([]);
  office.close();
});

test.each([['bank_account', "'00998877665544'"], ['bank', "'别的银行'"], ['bank_code', "'123456789012'"]] as const)('D2 税务：开具时退税申请的 %s 被换过又改回，完整校验发现', async (column, forged) => {
  const folder = temporaryFolder();
  const county = await openCounty(folder, '2022-04-11T08:30');
  await assessRoster(county, [refundableCells(1)]);
  await county.call('tax', 'refunds.openCandidates', { period: countyPeriod });
  await county.call('tax', 'refunds.apply', { all: { state: 'candidate' } });
  await county.call('tax', 'refunds.accept', { all: { state: 'applied' } });
  await county.call('tax', 'refunds.review', { all: { state: 'accepted' } });
  await county.call('tax', 'refunds.approve', { all: { state: 'reviewed' } });
  await county.call('tax', 'refunds.addVoucherRange', { first: '00000001', last: '00009999' });
  county.close();
  const ledger = join(folder, 'tax', 'ledger.db');
  let before: unknown;
  withTool(ledger, (tool) => {
    before = tool.prepare(`SELECT quote(${column}) FROM refund`).pluck().get();
    tool.exec(`UPDATE refund SET ${column} = ${forged}`);
  });
  const forging = reopened(folder, 'tax');
  await done(forging, 'refunds.issueVouchers', { all: { state: 'approved' } }, 'issuer');
  forging.close();
  withTool(ledger, (tool) => { tool.exec(`UPDATE refund SET ${column} = ${String(before)}`); });
  const office = reopened(folder, 'tax');
  expect(office.verify('deep').faults[0]?.message).toContain('无法重建状态');
  office.close();
});
