/** Fault A3: a total proves no line. Batch, list and receipt are held against each other line by line, by the treasury and by finance. */
import { describe, expect, test } from 'vitest';
import { receiveList, tellBatch, tellReceipt, type ListLine } from '../../../electron/treasury/index.ts';
import { civilDate } from '../../../shared/kernel/civil-date.ts';
import { onlyFields } from '../../../shared/kernel/record.ts';
import type { VoucherElements } from '../../../shared/refunds/voucher-fields.ts';
import { outcomeFields } from '../../../shared/treasury/outcome-fields.ts';
import { april, assess, countyAt, refundable, sendBatch, sendPackage, take } from '../../support/exchange-offices.ts';
import { openDesk, type Desk } from '../refunds/desk.ts';
import { batchNo, receive, voucher, voucherNo } from './vault.ts';

const lineOf = ({ uscc, name, route, existingFen, incrementalFen, accountName, bankAccount }: VoucherElements): ListLine =>
  ({ uscc, name, route, existingFen, incrementalFen, accountName, bankAccount });
/** Accounts of their own, as taxpayers have them. */
const honest = [1, 2, 3].map((n) => voucher(n, { bankAccount: `622848000000000${String(n)}` }));

function listTo(desk: Desk): void {
  desk.within('handler', (ctx) => { receiveList(ctx, { packageId: 'a'.repeat(32), period: april, lines: honest.map(lineOf) }); });
}

/** The first two vouchers with some of their elements exchanged: every total stays as it was. */
function exchanged(keys: readonly (keyof VoucherElements)[]): VoucherElements[] {
  const [first, second, third] = honest as [VoucherElements, VoucherElements, VoucherElements]; // three were made above
  const taken = (from: VoucherElements) => Object.fromEntries(keys.map((key) => [key, from[key]]));
  return [{ ...first, ...taken(second) }, { ...second, ...taken(first) }, third];
}

const amounts = ['existingFen', 'incrementalFen', 'amountFen', 'centralFen', 'provinceFen', 'countyFen'] as const;

describe('A3 国库逐户比较企业清单', () => {
  test.each([
    ['两户金额互换', amounts, ['list-amount-below', 'list-amount-below'], ['list-amount-above', 'list-amount-above']],
    ['两户账户互换', ['bankAccount'], ['list-account-differs'], ['list-account-differs']],
  ] as const)('%s：合计仍平，两份都审核不通过，不能退付', (_what, keys, first, second) => {
    const order = keys.includes('amountFen' as never) ? [second, first] : [first, second];
    const desk = openDesk('treasury', '2022-04-15T09:00');
    listTo(desk);
    receive(desk, exchanged(keys));
    const { faulty, inOrder, remarks } = desk.done('treasury.findings', { all: {} }, 'reviewer');
    expect([inOrder, remarks]).toEqual([[voucherNo(3)], []]);
    expect(faulty.map((row) => row.findings.map(({ code }) => code))).toEqual(order);
    expect(desk.refused('treasury.check', { vouchers: [voucherNo(1)] }, 'reviewer').code).toBe('VOUCHER_NOT_IN_ORDER');
    expect(desk.refused('treasury.check', { all: {} }, 'reviewer').code).toBe('BULK_REFUSED');
  });

  test('没有收到清单的申报期：不拦，写明未能比较', () => {
    const desk = openDesk('treasury', '2022-04-15T09:00');
    receive(desk, honest);
    const { faulty, remarks } = desk.done('treasury.findings', { all: {} }, 'reviewer');
    expect([faulty, remarks.length, remarks[0]]).toEqual([[], 1, expect.stringContaining('没有收到2022年4月申报期的企业清单')]);
  });

  test('核对码：金额、账户换一笔就不同，行的次序不影响', () => {
    const digestOf = (vouchers: VoucherElements[]): string => {
      const desk = openDesk('treasury', '2022-04-15T09:00');
      receive(desk, vouchers);
      return desk.done('treasury.batches', {}, 'handler').batches[0]?.digest ?? '';
    };
    const right = digestOf(honest);
    expect(right).toMatch(/^(?:[0-9A-Z]{4}-){7}[0-9A-Z]{4}$/);
    expect(digestOf([...honest].reverse())).toBe(right);
    expect(digestOf(exchanged(amounts))).not.toBe(right);
    expect(digestOf(exchanged(['bankAccount']))).not.toBe(right);
  });

  test('存量已另凭一份退还书办理的，不论同批还是后批都不能再付', () => {
    const desk = openDesk('treasury', '2022-04-15T09:00');
    receive(desk, [voucher(1), voucher(2, { uscc: voucher(1).uscc, name: voucher(1).name, accountName: voucher(1).name })]);
    desk.done('treasury.check', { vouchers: [voucherNo(1)] }, 'reviewer');
    expect(desk.refused('treasury.check', { vouchers: [voucherNo(2)] }, 'reviewer').code).toBe('VOUCHER_NOT_IN_ORDER');
    desk.done('treasury.pay', { vouchers: [voucherNo(1)] }, 'approver');
    expect(desk.done('treasury.findings', { vouchers: [voucherNo(2)] }, 'reviewer').faulty[0]?.findings).toEqual([
      { code: 'existing-paid-before', message: expect.stringContaining(`退还书 ${voucherNo(1)}，存量 100.00 元，2022-04-15 退付`) as string },
    ]);
  });

  test('一批里同一纳税人两份都带存量：一并审核后谁也付不出', () => {
    const desk = openDesk('treasury', '2022-04-15T09:00');
    receive(desk, [voucher(1), voucher(2, { uscc: voucher(1).uscc, name: voucher(1).name, accountName: voucher(1).name })]);
    desk.done('treasury.check', { all: {} }, 'reviewer');
    expect(desk.refused('treasury.pay', { all: {} }, 'approver').code).toBe('BULK_REFUSED');
  });
});

describe('A3 财政逐笔核对', () => {
  const outcome = (n: number, given: object = {}) => onlyFields(outcomeFields, {
    voucherNo: voucherNo(n), refundNo: `SQ-2022-00000${String(n)}`, batchNo, uscc: voucher(n).uscc, outcome: 'paid', amountFen: voucher(n).amountFen, on: civilDate('2022-04-15'),
    reasonCode: null, reason: null, checkedBy: '复核', paidBy: '退付', ...given,
  });

  test.each([
    ['全部一致', [outcome(1), outcome(2)], []],
    ['两笔金额互换', [outcome(1, { amountFen: voucher(2).amountFen }), outcome(2, { amountFen: voucher(1).amountFen })], [/回单金额 246\.90 元与批次 123\.45 元/, /回单金额 123\.45 元与批次 246\.90 元/]],
    ['批次里没有的退还书', [outcome(9)], [/没有收到税务局的批次/]],
    ['付给了另一户', [outcome(1, { uscc: voucher(2).uscc })], [/统一社会信用代码/]],
    ['同一份退付两次', [outcome(1), outcome(1)], [/两次登记退付/]],
    ['没有退付就退汇', [outcome(1, { outcome: 'bank-returned', reasonCode: 'other', reason: '其他' })], [/没有收到退付回单/]],
  ] as const)('%s', (_what, outcomes, wanted) => {
    const desk = openDesk('finance', '2022-04-15T09:00');
    listTo(desk);
    desk.within('handler', (ctx) => { tellBatch(ctx, { packageId: 'b'.repeat(32), vouchers: honest }); });
    desk.within('handler', (ctx) => { tellReceipt(ctx, { packageId: 'c'.repeat(32), outcomes }); });
    const { differences } = desk.done('treasury.told', {}, 'handler');
    expect(differences.map(({ what }) => what)).toEqual(wanted.map((pattern) => expect.stringMatching(pattern) as string));
    expect(desk.verify().faults).toEqual([]);
  });
});

test('A3 清单、批次、回单经交换包走一遍：国库的核对码就是税务局账上的，财政逐笔无差', async () => {
  const county = await countyAt('2022-04-11T09:00');
  await assess(county, [refundable(1), refundable(2, { bankAccount: '6222000000000002' })]);
  for (const to of ['treasury', 'finance'] as const) await take(county, to, await sendPackage(county, 'tax', { kind: 'ENTERPRISE_LIST', to, period: april }));
  await take(county, 'treasury', await sendBatch(county));
  await take(county, 'finance', await sendPackage(county, 'tax', { kind: 'REFUND_BATCH', to: 'finance' }));
  expect(await county.call('treasury', 'treasury.findings', { all: {} })).toMatchObject({ faulty: [], remarks: [], checked: 2 });
  const [batch] = (await county.call('treasury', 'treasury.batches', {})).batches;
  const printed = await county.call('tax', 'reports.render', { id: 'batch-list', params: { batch: batch?.batchNo } });
  expect(batch?.digest).toHaveLength(39);
  expect(JSON.stringify(printed)).toContain(batch?.digest);
  await county.call('treasury', 'treasury.check', { all: {} });
  await county.call('treasury', 'treasury.pay', { all: {} });
  await take(county, 'finance', await sendPackage(county, 'treasury', { kind: 'REFUND_RECEIPT', to: 'finance' }));
  expect(await county.call('finance', 'treasury.told', {})).toMatchObject({ vouchers: { count: 2 }, paid: { count: 2 }, differences: [] });
  for (const office of Object.values(county.offices)) expect(office.verify('deep').faults).toEqual([]);
});
