/** 收入退还书: its elements, its number, the ranges numbers come from. */
import { describe, expect, test } from 'vitest';
import { civilDate } from '../../../shared/kernel/civil-date.ts';
import { Refusal } from '../../../shared/kernel/errors.ts';
import { capitalAmount } from '../../../shared/kernel/money.ts';
import type { RefundRoute, RefundSize } from '../../../shared/refunds/model.ts';
import { judgeRange, nextNumbers, takeVoucherNumbers } from '../../../electron/refunds/numbers.ts';
import { sharesOf } from '../../../shared/administration/profile-split.ts';
import { levelText, subjectFor, voucherElements, type VoucherGround } from '../../../electron/refunds/voucher.ts';
import { openDesk, readProfile } from './desk.ts';
import { april, companyName, determination, refundOf, steps, uscc, valueOf, walkAllTo, walkTo } from './county.ts';

const profile = readProfile();
const ground: VoucherGround = {
  refund: refundOf(1), uscc: uscc(1), name: companyName(1), route: '2022-14/1', size: 'micro', applicationNo: 'SQ-2022-000001', appliedOn: civilDate('2022-04-11'),
  approved: { existing: 8_000n, incremental: 1_601n },
  reduced: false, account: { bank: '中国农业银行凌源支行', account: '6228480000000001', accountName: companyName(1), bankCode: null },
};
const codeOf = (given: Partial<VoucherGround>): string => {
  const made = voucherElements({ ...ground, ...given }, profile, '凌源市税务局');
  return made instanceof Refusal ? made.code : made.subjectCode;
};

describe('the elements of a voucher', () => {
  test('hold the two lines, their sum, the three levels that sum to it, and the amount in capitals', () => {
    const made = voucherElements(ground, profile, '凌源市税务局');
    expect(made).toMatchObject({
      existing: 8_000n, incremental: 1_601n, amount: 9_601n, capital: '人民币玖拾陆元零壹分', central: 4_801n, province: 3_360n, county: 1_440n,
      levelText: '中央50%、省级35%、县级15%', subjectCode: '101010140', reason: '增值税留抵退税', basis: '财政部 税务总局公告2022年第14号第一条', authority: '凌源市税务局',
      approvalNo: 'SQ-2022-000001',
    });
  });

  const subjects: readonly [RefundRoute, RefundSize, string, string][] = [
    ['2022-14/1', 'micro', '2022-04-01', '101010140'],
    ['2022-14/1', 'small', '2022-04-01', '101010140'],
    ['2022-14/2', 'medium', '2022-04-01', '101010142'],
    ['2022-14/2', 'small', '2022-05-10', '101010140'],
    ['2022-14/2', 'large', '2022-06-10', '101010142'],
    ['2019-39/8', 'medium', '2022-04-11', '101010141'],
    ['2019-39/8', 'small', '2023-02-11', '101010139'],
    ['2019-39/8', 'medium', '2022-03-31', '101010136'],
    ['2022-14/1', 'micro', '2022-03-31', '101010136'],
    ['2025-07/1(1)', 'large', '2025-09-11', '101010142'],
    ['2025-07/1(3)', 'undetermined', '2025-09-11', '101010142'],
  ];
  test.each(subjects)('book %s of a %s taxpayer applied for on %s under %s', (route, size, appliedOn, code) => {
    expect(codeOf({ route, size, appliedOn: civilDate(appliedOn) })).toBe(code);
  });

  test('are refused when the profile has no subject for the route or the size', () => {
    expect(subjectFor(ground, { ...profile, policyOfRoute: {} })).toContain('未指定');
    expect(subjectFor(ground, { ...profile, subjectCodes: [] })).toContain('缺少小微企业新增政策科目');
    expect(codeOf({ ...ground })).toBe('101010140');
    const refused = voucherElements(ground, { ...profile, subjectCodes: [] }, '');
    expect(refused instanceof Refusal && refused.code).toBe('SUBJECT_UNKNOWN');
  });

  test.each([
    ['another name', { accountName: '凌源市第2机械厂' }, 'ACCOUNT_NAME_DIFFERS'],
    ['the name with a space more', { accountName: `${companyName(1)} ` }, 'ACCOUNT_NAME_DIFFERS'],
    ['a full-width letter in the name', { accountName: companyName(1).replace('1', '１') }, 'ACCOUNT_NAME_DIFFERS'],
    ['no bank', { bank: '' }, 'ACCOUNT_UNKNOWN'],
    ['no account', { account: '' }, 'ACCOUNT_UNKNOWN'],
    ['no name', { accountName: '' }, 'ACCOUNT_UNKNOWN'],
    ['an account with a blank in it', { account: '6228 4800' }, 'ACCOUNT_INVALID'],
    ['a bank number of eleven digits', { bankCode: '10322123456' }, 'ACCOUNT_INVALID'],
  ])('are refused for an account with %s', (_what, given, code) => {
    expect(codeOf({ account: { ...ground.account, ...given } })).toBe(code);
  });

  test('split every amount into parts that sum to it, the remainder where the profile says', () => {
    for (const amount of [1n, 2n, 3n, 7n, 19n, 20n, 9_601n, 123_456_789_01n]) {
      for (const shareRemainderTo of ['central', 'province', 'county'] as const) {
        const parts = sharesOf(amount, { ...profile, shareRemainderTo });
        expect(parts.central + parts.province + parts.county).toBe(amount);
        const floors = { central: amount / 2n, province: (amount * 35n) / 100n, county: (amount * 15n) / 100n };
        for (const part of ['central', 'province', 'county'] as const) if (part !== shareRemainderTo) expect(parts[part]).toBe(floors[part]);
      }
    }
  });

  test('write the level as percentages without rounding them', () => {
    expect(levelText({ ...profile, shares: { central: '0.5', province: '0.375', county: '0.125' } })).toBe('中央50%、省级37.5%、县级12.5%');
  });
});

describe('voucher numbers', () => {
  const range = { first: 100, last: 104, next: 103 };
  test('are taken in order, over the end of one range into the next', () => {
    expect(takeVoucherNumbers([{ first: 200, last: 209, next: 200 }, range], 4)).toEqual(['00000103', '00000104', '00000200', '00000201']);
  });
  test('are refused when the ranges do not hold enough, saying how many are left', () => {
    const refused = takeVoucherNumbers([range], 3);
    expect(refused instanceof Refusal && [refused.code, refused.params]).toEqual(['VOUCHER_RANGE_EXHAUSTED', { left: 2, needed: 3 }]);
  });
  test.each([
    [105, 110, null],
    [90, 99, null],
    [104, 110, 'VOUCHER_RANGE_OVERLAPS'],
    [90, 100, 'VOUCHER_RANGE_OVERLAPS'],
    [101, 102, 'VOUCHER_RANGE_OVERLAPS'],
    [1, 999, 'VOUCHER_RANGE_OVERLAPS'],
    [120, 119, 'VOUCHER_RANGE_INVALID'],
    [1_000, 1_001_000, 'VOUCHER_RANGE_INVALID'],
  ])('range %d–%d is judged %s', (first, last, code) => {
    expect(judgeRange([range], first, last)?.code ?? null).toBe(code);
  });
  test('of applications and batches run per year without gaps', () => {
    expect(nextNumbers('SQ', civilDate('2022-04-11'), 0, 2)).toEqual(['SQ-2022-000001', 'SQ-2022-000002']);
    expect(nextNumbers('PC', civilDate('2023-01-01'), 41, 1)).toEqual(['PC-2023-0042']);
  });
});

describe('issuing', () => {
  test('gives every refund its own next number, once, also over the end of a range', () => {
    const desk = openDesk('tax', '2022-04-11T09:00');
    desk.done('refunds.addVoucherRange', { first: '00001000', last: '00001002' }, 'issuer');
    desk.done('refunds.addVoucherRange', { first: '00002000', last: '00002099' }, 'issuer');
    const refunds = walkAllTo(desk, [1, 2, 3, 4, 5], 'vouchered');
    expect(refunds.map((refund) => valueOf(desk, refund, 'voucher_no'))).toEqual(['00001000', '00001001', '00001002', '00002000', '00002001']);
    expect(desk.done('refunds.voucherRanges', {}, 'issuer')).toMatchObject({ left: 98, ranges: [{ first: '00001000', next: null, left: 0 }, { next: '00002002', left: 98 }] });
  });

  test('is refused as a whole when the range is exhausted, and a voided number is never used again', () => {
    const desk = openDesk('tax', '2022-04-11T09:00');
    const [first = '', second = ''] = walkAllTo(desk, [1, 2], 'approved');
    desk.db.exec("DELETE FROM voucher_range; INSERT INTO voucher_range VALUES (7, 8, 7, '2022-04-11', 'issuer')");
    desk.done('refunds.issueVouchers', { refunds: [first] }, 'issuer');
    desk.done('refunds.voidVouchers', { refunds: [first], reason: '打印错误' }, 'issuer');
    expect(valueOf(desk, first, 'state')).toBe('corrected');
    expect(desk.refused('refunds.issueVouchers', { refunds: [first, second] }, 'issuer').code).toBe('VOUCHER_RANGE_EXHAUSTED');
    desk.done('refunds.issueVouchers', { refunds: [first] }, 'issuer');
    expect(valueOf(desk, first, 'voucher_no')).toBe('00000008');
    expect(desk.done('refunds.get', { refund: first }, 'issuer').vouchers.map((voucher) => [voucher.voucherNo, voucher.state, voucher.replaces])).toEqual([
      ['00000007', 'void', null], ['00000008', 'issued', null],
    ]);
  });

  test('is refused while the account is not in the taxpayer’s name, and goes on after a correction', () => {
    const desk = openDesk('tax', '2022-04-11T09:00');
    desk.determinations.push(determination(1, { accountName: '张三' }), determination(2));
    desk.done('refunds.openCandidates', { period: april }, 'handler');
    const refusal = desk.refused('refunds.apply', { all: { period: april } }, 'handler');
    expect(refusal.code).toBe('BULK_REFUSED');
    expect(refusal.details).toMatchObject({ refused: [{ case: refundOf(1), name: companyName(1), code: 'ACCOUNT_NAME_DIFFERS' }] });
    const account = { bank: '中国农业银行凌源支行', account: '6228480000000001', accountName: companyName(1) };
    expect(desk.done('refunds.apply', { refunds: [refundOf(1)], account }, 'handler').refunds[0]?.applicationNo).toBe('SQ-2022-000001');
  });

  test('notes on the answer that an undetermined size was booked with the others', () => {
    const desk = openDesk('tax', '2022-04-11T09:00');
    desk.determinations.push(determination(1, { size: 'undetermined', route: '2019-39/8', existingFen: 0n }));
    const refund = walkTo(desk, 1, 'approved');
    const { warnings } = desk.done('refunds.issueVouchers', { refunds: [refund] }, 'issuer');
    expect(warnings).toEqual(['1 户企业规模未确定，预算科目按“其他企业”开具，请核对']);
  });

  test('is checked by SQL too: a voucher in another amount or name than approved is refused', () => {
    const desk = openDesk('tax', '2022-04-11T09:00');
    walkTo(desk, 1, 'vouchered');
    steps.check(desk, [refundOf(1)]);
    const copy = (changed: string): string => `INSERT INTO refund_voucher SELECT '00009999', refund, 'issued', name, route, size, applied_on, approved_on, approver, issued_on, ${changed} AS existing_fen, incremental_fen, ${changed} + incremental_fen,
      ${changed} + incremental_fen, 0, 0, capital, level_text, subject_code, subject_name, bank, bank_account, account_name, bank_code, reason, basis, authority, approval_no, replaces, issuer,
      NULL, NULL, NULL, NULL, NULL FROM refund_voucher`;
    expect(() => desk.db.prepare(copy('existing_fen + 1')).run()).toThrow(/amount and payee are those approved/);
  });

  test('writes amounts in capitals the same way everywhere', () => {
    const desk = openDesk('tax', '2022-04-11T09:00');
    const refund = walkTo(desk, 3, 'vouchered');
    const [voucher] = desk.done('refunds.get', { refund }, 'issuer').vouchers;
    expect([voucher?.amount, voucher?.capital]).toEqual(['370.35', capitalAmount(37_035n)]);
  });
});
