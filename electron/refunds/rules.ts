/**
 * What must always hold between the tables of 退税办理 恒等式, checked by `ledger verify --deep`. Each rule is one question whose answer
 * must be empty; what single rows must hold is already refused by the CHECKs.
 */
import type { LedgerFault } from '../journal/index.ts';
import type { Database } from '../platform/database.ts';

/** A question that names every row that breaks the rule: `key`, and `message` in Chinese. */
type Rule = { readonly name: string; readonly table: string; readonly sql: string };

const rules: readonly Rule[] = [
  {
    name: 'paid-by-voucher',
    table: 'refund',
    sql: `SELECT r.refund AS key, '已退金额与已退付的收入退还书不一致' AS message FROM refund AS r
      WHERE r.paid_existing_fen + r.paid_incremental_fen <> (SELECT coalesce(sum(v.amount_fen), 0) FROM refund_voucher AS v WHERE v.refund = r.refund AND v.state = 'paid')`,
  },
  {
    name: 'paid-by-receipt',
    table: 'refund_voucher',
    sql: `SELECT v.voucher_no AS key, '已退付的收入退还书没有国库回单' AS message FROM refund_voucher AS v
      WHERE v.state IN ('paid', 'bank-returned') AND NOT EXISTS (
        SELECT 1 FROM refund_receipt_line AS l WHERE l.voucher_no = v.voucher_no AND l.outcome = 'paid' AND l.verdict = 'posted' AND l.amount_fen = v.amount_fen)`,
  },
  {
    name: 'crossed-off-by-receipt',
    table: 'refund',
    sql: `SELECT r.refund AS key, '销号没有对应的国库回单行' AS message FROM refund AS r
      WHERE r.crossed_off_on IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM refund_receipt_line AS l WHERE l.package = r.receipt_package AND l.line = r.receipt_line AND l.refund = r.refund AND l.outcome = 'paid')`,
  },
  {
    name: 'batch-total',
    table: 'refund_batch',
    sql: `SELECT b.batch_no AS key, '批次合计与其收入退还书不一致' AS message FROM refund_batch AS b
      WHERE b.state <> 'cancelled' AND (b.vouchers, b.total_fen) <> (SELECT count(*), coalesce(sum(v.amount_fen), 0) FROM refund_voucher AS v WHERE v.batch_no = b.batch_no)`,
  },
  {
    name: 'voucher-numbers',
    table: 'voucher_range',
    sql: `SELECT g.first AS key, '号段中用过的号码与已开具的收入退还书不一致' AS message FROM voucher_range AS g
      WHERE g.next - g.first <> (SELECT count(*) FROM refund_voucher AS v WHERE CAST(v.voucher_no AS INTEGER) BETWEEN g.first AND g.next - 1)`,
  },
  {
    name: 'vouchers-in-ranges',
    table: 'refund_voucher',
    sql: `SELECT v.voucher_no AS key, '收入退还书号码不在登记的号段内' AS message FROM refund_voucher AS v
      WHERE NOT EXISTS (SELECT 1 FROM voucher_range AS g WHERE CAST(v.voucher_no AS INTEGER) BETWEEN g.first AND g.next - 1)`,
  },
  {
    name: 'batch-numbers',
    table: 'refund_number',
    sql: `SELECT n.series AS key, '批次编号有缺号' AS message FROM refund_number AS n
      WHERE n.series LIKE 'PC-%' AND n.last <> (SELECT count(*) FROM refund_batch AS b WHERE b.batch_no LIKE n.series || '-%')`,
  },
  {
    name: 'application-numbers',
    table: 'refund_number',
    sql: `SELECT n.series AS key, '申请编号有缺号或重号' AS message FROM refund_number AS n
      WHERE n.series LIKE 'SQ-%' AND n.last <> (
        SELECT count(DISTINCT json_extract(e.facts, '$.applicationNo')) FROM refund_event AS e WHERE e.act = 'apply' AND json_extract(e.facts, '$.applicationNo') LIKE n.series || '-%')`,
  },
  {
    name: 'history',
    table: 'refund',
    sql: `SELECT r.refund AS key, '状态与办理经过的最后一步不一致' AS message FROM refund AS r
      WHERE (r.events, r.state) <> (SELECT e.no, e.to_state FROM refund_event AS e WHERE e.refund = r.refund ORDER BY e.no DESC LIMIT 1)`,
  },
  {
    name: 'clawed-back',
    table: 'refund',
    sql: `SELECT r.refund AS key, '追回金额与追回登记不一致' AS message FROM refund AS r
      WHERE r.clawed_existing_fen + r.clawed_incremental_fen <> (
        SELECT coalesce(sum(c.existing_fen + c.incremental_fen), 0) FROM refund_clawback AS c WHERE c.refund = r.refund AND c.reversed_by IS NULL)`,
  },
];

/** Rows of the table of ledger rules. */
export const refundsRules: readonly { readonly name: string; check(db: Database): LedgerFault[] }[] = rules.map(({ name, table, sql }) => ({
  name: `refunds.${name}`,
  check: (db) => db.prepare(sql).all().map((row) => ({ where: 'rule', table, key: String(row['key']), message: `${String(row['key'])}：${String(row['message'])}` })),
}));
