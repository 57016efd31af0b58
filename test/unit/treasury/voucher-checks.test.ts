/** The checks of a voucher, one fault at a time and several together. */
import { describe, expect, test } from 'vitest';
import { civilDate } from '../../../shared/kernel/civil-date.ts';
import { voucherFindings, type VoucherFinding } from '../../../shared/treasury/findings.ts';
import { checkVoucher, type CheckGround } from '../../../electron/treasury/voucher-checks.ts';
import type { PaymentRecord } from '../../../electron/treasury/treasury.tables.ts';
import { nameNote } from '../../../shared/refunds/lost-name.ts';
import { reducedReason } from '../../../shared/refunds/voucher-fields.ts';
import { readProfile } from '../refunds/desk.ts';
import { headOf, voucher, voucherNo } from './vault.ts';

const { reason, ...carried } = voucher(1);
const record: PaymentRecord = {
  ...carried, refundReason: reason, receivedOn: civilDate('2022-04-15'), state: 'received', checker: null, payer: null, paidOn: null, returnedOn: null, reasonCode: null, reason: null, events: 1,
};
const ground: CheckGround = {
  profile: readProfile(), batch: { ...headOf([voucher(1)]), package: 'p', receivedOn: civilDate('2022-04-15') },
  batchReceived: { vouchers: 1, amountFen: 12_345n, existingFen: 10_000n, incrementalFen: 2_345n }, sameRefund: [], listed: 'none', existingElsewhere: [], replaced: null, suspensions: [],
};
const other = voucherNo(2);
const listed = {
  filingPeriod: record.filingPeriod, uscc: record.uscc, name: record.name, route: record.route, existingFen: record.existingFen, incrementalFen: record.incrementalFen,
  accountName: record.accountName, bankAccount: record.bankAccount, package: 'p',
};

const rows: readonly [string, Partial<PaymentRecord>, Partial<CheckGround>, readonly VoucherFinding[]][] = [
  ['nothing', {}, {}, []],
  ['no bank', { bank: '' }, {}, ['element-missing']],
  ['a blank account name', { accountName: ' ' }, {}, ['element-missing', 'account-name-differs']],
  ['lines that do not sum to the amount', { existingFen: 9_999n }, {}, ['lines-differ']],
  ['shares that do not sum to the amount', { countyFen: record.countyFen + 1n }, {}, ['shares-differ']],
  ['shares at other levels than the county’s', { centralFen: record.centralFen - 1n, countyFen: record.countyFen + 1n }, {}, ['level-differs']],
  ['a subject that is none of ours', { subjectCode: '101010137' }, {}, ['subject-unknown']],
  ['the subject of before 2022-04', { subjectCode: '101010136' }, {}, []],
  ['an account of someone else', { accountName: '张三' }, {}, ['account-name-differs']],
  ['B4 a name that may have lost a character, and no word of the licence', { name: '凌源市?祥厂', accountName: '凌源市?祥厂' }, {}, ['name-unproven']],
  ['B4 the same where the tax office says that it was not seen', { name: '凌源市□祥厂', accountName: '凌源市□祥厂', note: nameNote({ name: '凌源市□祥厂', accountName: '' }, false) }, {}, ['name-unproven']],
  ['B4 the same where the licence was seen', { name: '凌源市?祥厂', accountName: '凌源市?祥厂', note: nameNote({ name: '凌源市?祥厂', accountName: '' }, true) }, {}, []],
  ['approval before application', { approvedOn: civilDate('2022-04-10') }, {}, ['dates-disorder']],
  ['issue after the batch', { issuedOn: civilDate('2022-04-16') }, {}, ['dates-disorder']],
  ['issue before approval', { issuedOn: civilDate('2022-04-12') }, {}, ['dates-disorder']],
  ['a batch that says more than came', {}, { batch: { ...ground.batch, vouchers: 2 } }, ['batch-differs']],
  ['a batch total a fen off', {}, { batch: { ...ground.batch, amountFen: 12_346n } }, ['batch-differs']],
  ['another voucher of the same application waiting', {}, { sameRefund: [{ voucherNo: other, state: 'received' }] }, ['duplicate-refund']],
  ['another voucher of the same application paid', {}, { sameRefund: [{ voucherNo: other, state: 'paid' }] }, ['duplicate-refund']],
  ['an earlier voucher of the same application returned', {}, { sameRefund: [{ voucherNo: other, state: 'returned' }] }, []],
  ['an earlier one that the bank returned', { replaces: other }, { sameRefund: [{ voucherNo: other, state: 'bank-returned' }], replaced: { voucherNo: other, state: 'bank-returned' } }, []],
  ['a replacement of one that was paid', { replaces: other }, { replaced: { voucherNo: other, state: 'paid' } }, ['replaces-unreturned']],
  ['a replacement of one not known here', { replaces: '99999999' }, {}, []],
  ['everything as on the list', {}, { listed }, []],
  ['a taxpayer that the list does not name', {}, { listed: null }, ['list-lacks']],
  ['another name than on the list', {}, { listed: { ...listed, name: '凌源市某厂' } }, ['list-name-differs']],
  ['another article than on the list', {}, { listed: { ...listed, route: '2019-39/8' } }, ['list-route-differs']],
  ['more than on the list', {}, { listed: { ...listed, existingFen: 9_999n } }, ['list-amount-above']],
  ['less than on the list, without a word', {}, { listed: { ...listed, incrementalFen: 2_346n } }, ['list-amount-below']],
  ['less than on the list, as the voucher says', { refundReason: reducedReason }, { listed: { ...listed, incrementalFen: 2_346n } }, []],
  ['another account than on the list', {}, { listed: { ...listed, bankAccount: '6228480000000002' } }, ['list-account-differs']],
  ['a list of an earlier program, without accounts', {}, { listed: { ...listed, accountName: null, bankAccount: null } }, []],
  ['existing credit that was paid by another application', {}, {
    existingElsewhere: [{ voucherNo: other, state: 'paid', existingFen: 10_000n, paidOn: civilDate('2022-04-14') }] }, ['existing-paid-before']],
  ['a taxpayer under suspension', {}, { suspensions: ['稽查立案'] }, ['under-suspension']],
  [
    'everything at once', { bank: '', existingFen: 1n, subjectCode: '1', accountName: '李四', countyFen: 0n, issuedOn: civilDate('2022-04-20') },
    { suspensions: ['疑点'], sameRefund: [{ voucherNo: other, state: 'paid' }], batch: { ...ground.batch, amountFen: 1n } },
    ['element-missing', 'lines-differ', 'shares-differ', 'subject-unknown', 'account-name-differs', 'dates-disorder', 'batch-differs', 'duplicate-refund', 'under-suspension'],
  ],
];

describe('a voucher with', () => {
  test.each(rows)('%s', (_what, changed, around, wanted) => {
    const findings = checkVoucher({ ...record, ...changed }, { ...ground, ...around });
    expect(findings.map((row) => row.code)).toEqual(wanted);
    for (const row of findings) expect(row.message.startsWith(`${voucherFindings[row.code]}（`)).toBe(true);
  });

  test('any one of the faults of the list is covered above', () => {
    const covered = new Set(rows.flatMap(([, , , wanted]) => wanted));
    expect((Object.keys(voucherFindings) as VoucherFinding[]).filter((code) => !covered.has(code))).toEqual([]);
  });
});
