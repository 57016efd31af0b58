/**
 * What a SUSPENSION_NOTICE 暂缓退库通知 tells: every refund that was ever suspended, or noticed to the treasury, with its newest suspension. Reads only; a
 * suspension is made and ended by the acts of the refund alone.
 */
import { z } from 'zod';
import { shanghaiDate, type Instant } from '../../shared/kernel/civil-date.ts';
import type { RecordOf } from '../../shared/kernel/record.ts';
import { suspensionGrounds, type SuspensionGround } from '../../shared/refunds/grounds.ts';
import type { suspensionFields } from '../../shared/refunds/suspension-fields.ts';
import { present } from '../../shared/kernel/assert.ts';
import type { Database, SqlValue } from '../platform/database.ts';
import { fenOf } from '../platform/record-table.ts';
import { refundBook } from './refund-book.ts';

/** Acts after a suspension that leave it as it is. */
const leaving = "('refresh', 'keepApproval', 'confirmReduced')";
const starting = "('suspend', 'noticeSuspension')";
const held = "(r.state = 'suspended' OR r.noticed_on IS NOT NULL)";
/** The columns are those of `refund` alone. */
const amountSql = present(refundBook.amount, 'refunds move money').sql;
const ground = z.enum(Object.keys(suspensionGrounds) as [SuspensionGround, ...SuspensionGround[]]); // the keys of a closed table

/** In the order of the refunds. */
export function suspensionsTold(db: Database): RecordOf<typeof suspensionFields>[] {
  const rows = db.prepare(
    `SELECT r.refund, r.uscc, r.name, r.application_no, r.voucher_no, e.at, (${amountSql}) AS amount,
       coalesce(json_extract(e.facts, '$.suspensionGround'), json_extract(e.facts, '$.noticeGround')) AS ground,
       CASE WHEN ${held} THEN NULL ELSE
         (SELECT n.at FROM refund_event AS n WHERE n.refund = r.refund AND n.no > e.no AND n.act NOT IN ${leaving} ORDER BY n.no LIMIT 1) END AS released_at
     FROM refund AS r JOIN refund_event AS e ON e.refund = r.refund
     WHERE e.no = (SELECT max(s.no) FROM refund_event AS s WHERE s.refund = r.refund AND s.act IN ${starting})
     ORDER BY r.refund`,
  );
  const text = (value: SqlValue | undefined): string | null => (typeof value === 'string' ? value : null);
  // Written from checked instants.
  const day = (value: SqlValue | undefined) => shanghaiDate(String(value) as Instant);
  return rows.all().map((row) => ({
    refund: String(row['refund']),
    uscc: String(row['uscc']),
    name: String(row['name']),
    applicationNo: text(row['application_no']),
    voucherNo: text(row['voucher_no']),
    amountFen: fenOf(row, 'amount'),
    ground: ground.parse(row['ground']),
    since: day(row['at']),
    releasedOn: row['released_at'] === null ? null : day(row['released_at']),
  }));
}

/** Grows by one with every suspension and with every release; 0 when there was none. What was told last is compared with it. */
export function suspensionNumber(db: Database): number {
  const row = db.prepare(
    `SELECT 2 * (SELECT count(*) FROM refund_event WHERE act IN ${starting})
       - (SELECT count(*) FROM refund AS r WHERE ${held}) AS number`,
  ).get();
  return Number(row?.['number'] ?? 0n);
}
