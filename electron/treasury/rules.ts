/**
 * What must always hold between the tables of 退库 恒等式, checked by `ledger verify --deep`. Each rule is one question whose answer must be
 * empty.
 */
import type { LedgerFault } from '../journal/index.ts';
import type { Database } from '../platform/database.ts';

type Rule = { readonly name: string; readonly table: string; readonly sql: string };

const rules: readonly Rule[] = [
  {
    name: 'outcome-of-state',
    table: 'payment',
    sql: `SELECT p.voucher_no AS key, '状态与处理结果不一致' AS message FROM payment AS p
      WHERE (p.state IN ('paid', 'bank-returned')) <> EXISTS (SELECT 1 FROM payment_outcome AS o WHERE o.voucher_no = p.voucher_no AND o.outcome = 'paid' AND o.cancelled = 0)
        OR (p.state = 'returned') <> EXISTS (SELECT 1 FROM payment_outcome AS o WHERE o.voucher_no = p.voucher_no AND o.outcome = 'returned' AND o.cancelled = 0)
        OR (p.state = 'bank-returned') <> EXISTS (SELECT 1 FROM payment_outcome AS o WHERE o.voucher_no = p.voucher_no AND o.outcome = 'bank-returned' AND o.cancelled = 0)`,
  },
  {
    name: 'paid-once',
    table: 'payment',
    sql: `SELECT p.refund_no AS key, '同一申请重复退付' AS message FROM payment AS p WHERE p.state = 'paid' GROUP BY p.refund_no HAVING count(*) > 1`,
  },
  {
    name: 'history',
    table: 'payment',
    sql: `SELECT p.voucher_no AS key, '状态与办理经过的最后一步不一致' AS message FROM payment AS p
      WHERE (p.events, p.state) <> (SELECT e.no, e.to_state FROM payment_event AS e WHERE e.voucher_no = p.voucher_no ORDER BY e.no DESC LIMIT 1)`,
  },
];

/** Rows of the table of ledger rules. */
export const treasuryRules: readonly { readonly name: string; check(db: Database): LedgerFault[] }[] = rules.map(({ name, table, sql }) => ({
  name: `treasury.${name}`,
  check: (db) => db.prepare(sql).all().map((row) => ({ where: 'rule', table, key: String(row['key']), message: `${String(row['key'])}：${String(row['message'])}` })),
}));
