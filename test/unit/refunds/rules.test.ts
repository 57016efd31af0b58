/** The ledger rules of 退税办理 and 退库 are silent over a busy ledger and name the first row that was made to break them. */
import { expect, test } from 'vitest';
import { refunds } from '../../../electron/refunds/capability.ts';
import { treasury } from '../../../electron/treasury/capability.ts';
import { openDesk } from './desk.ts';
import { refundOf, walkTo } from './county.ts';
import { receive, voucher, voucherNo, walkTo as walkVoucher } from '../treasury/vault.ts';

/** What an insider with the file and every guard dropped might do, and the rule that tells. */
const taxTampering: readonly [rule: string, sql: string][] = [
  ['refunds.paid-by-voucher', 'UPDATE refund SET paid_existing_fen = 0'],
  ['refunds.paid-by-receipt', "UPDATE refund_receipt_line SET amount_fen = amount_fen + 1"],
  ['refunds.crossed-off-by-receipt', 'UPDATE refund SET receipt_line = 2'],
  ['refunds.batch-total', 'UPDATE refund_batch SET total_fen = total_fen + 1'],
  ['refunds.voucher-numbers', 'UPDATE voucher_range SET next = next + 1'],
  ['refunds.vouchers-in-ranges', 'UPDATE voucher_range SET next = first'],
  ['refunds.batch-numbers', "UPDATE refund_number SET last = last + 1 WHERE series LIKE 'PC%'"],
  ['refunds.application-numbers', "UPDATE refund_number SET last = last + 1 WHERE series LIKE 'SQ%'"],
  ['refunds.history', "UPDATE refund SET events = 3"],
  ['refunds.clawed-back', 'UPDATE refund_clawback SET existing_fen = existing_fen + 1'],
];

const treasuryTampering: readonly [rule: string, sql: string][] = [
  ['treasury.outcome-of-state', "UPDATE payment_outcome SET cancelled = 1"],
  ['treasury.paid-once', "UPDATE payment SET refund_no = 'SQ-2022-000001'"],
  ['treasury.history', 'UPDATE payment SET events = 9'],
];

test('every rule has its tampering here', () => {
  expect([...taxTampering, ...treasuryTampering].map(([rule]) => rule)).toEqual([...refunds.rules, ...treasury.rules].map((rule) => rule.name));
});

test.each(taxTampering)('%s tells of a tax ledger altered behind the guards', (name, sql) => {
  const desk = openDesk('tax', '2022-04-11T09:00');
  walkTo(desk, 1, 'crossed-off');
  desk.done('refunds.clawBack', { refund: refundOf(1), existing: '1.00', incremental: '0', document: '缴款书', reason: '多退' }, 'approver');
  expect(desk.verify().faults).toEqual([]);
  withoutGuards(desk.db, sql);
  expect(refunds.rules.find((rule) => rule.name === name)?.check(desk.db).length).toBeGreaterThan(0);
});

test.each(treasuryTampering)('%s tells of a treasury ledger altered behind the guards', (name, sql) => {
  const desk = openDesk('treasury', '2022-04-15T09:00');
  receive(desk, [voucher(1), voucher(2)]);
  walkVoucher(desk, [voucherNo(1), voucherNo(2)], 'paid');
  expect(desk.verify().faults).toEqual([]);
  withoutGuards(desk.db, sql);
  expect(treasury.rules.find((rule) => rule.name === name)?.check(desk.db).length).toBeGreaterThan(0);
});

/** Drops every trigger and unique index and lets CHECKs pass. */
function withoutGuards(db: ReturnType<typeof openDesk>['db'], sql: string): void {
  for (const row of db.prepare("SELECT type, name FROM sqlite_schema WHERE type = 'trigger' OR (type = 'index' AND sql LIKE 'CREATE UNIQUE%')").all()) db.exec(`DROP ${String(row['type'])} ${String(row['name'])}`);
  db.exec('PRAGMA ignore_check_constraints=ON');
  db.exec(sql);
}
