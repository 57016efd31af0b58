/**
 * Handlers of 暂停、恢复、终止 and of the suspension notice 暂缓通知 that stops a voucher already sent. A suspension is no refusal: the clock
 * stops, and five working days run when its ground is gone.
 */
import { refusal } from '../../shared/errors.ts';
import type { refundsContract } from '../../shared/refunds/contract.ts';
import { shanghaiDate, type CivilDate, type Instant } from '../../shared/kernel/civil-date.ts';
import { type HandlersOf, plain } from '../journal/index.ts';
import type { Database } from '../platform/database.ts';
import { requireNotFuture, runAct } from './act-frame.ts';
import { nameOf } from './amounts.ts';
import { resumed, suspended, terminated } from './application-entries.ts';
import { officeCalendar } from './calendar.ts';
import { calendarWarning, dueAfterSuspension } from './legal-clock.ts';
import { nullableText } from './refunds.sql.ts';
import { noticeLifted, suspensionNoticed } from './cross-off-entries.ts';

type Names = 'suspend' | 'resume' | 'noticeSuspension' | 'liftNotice' | 'terminate';
export type SuspensionOperations = Pick<typeof refundsContract, `refunds.${Names}`>;

export const suspensionHandlers: HandlersOf<SuspensionOperations> = {
  'refunds.suspend': plain((ctx, input) => runAct(ctx, suspended, { ...input, on: ctx.today }, (record) => ({ refund: record.refund, ground: input.ground }))),
  'refunds.resume': plain((ctx, input) => {
    const on = requireNotFuture(ctx, input.on ?? ctx.today);
    const due = dueAfterSuspension(officeCalendar(ctx), on);
    const warning = calendarWarning(due);
    // A refund suspended after its approval has no review left to do: no clock starts.
    return runAct(ctx, resumed, { ...input, on }, (record) => ({ refund: record.refund, dueOn: record.clock === 'stopped' ? due.date : null }), new Set(warning === null ? [] : [warning]));
  }),
  'refunds.noticeSuspension': plain((ctx, input) =>
    runAct(ctx, suspensionNoticed, { ...input, on: ctx.today }, (record) =>
      record.noticedOn === null ? { refund: record.refund, ground: input.ground } : refusal('NOTICE_STANDS', nameOf(record)),
    ),
  ),
  'refunds.liftNotice': plain((ctx, input) =>
    runAct(ctx, noticeLifted, { ...input, on: ctx.today }, (record) => (record.noticedOn === null ? refusal('NO_SUCH_NOTICE', nameOf(record)) : { refund: record.refund })),
  ),
  'refunds.terminate': plain((ctx, input) => runAct(ctx, terminated, { ...input, on: ctx.today }, (record) => ({ refund: record.refund, ground: input.ground }))),
};

/** A taxpayer under suspension, as a notice to the treasury says it. */
export type SuspensionInForce = {
  readonly refund: string; readonly uscc: string; readonly name: string; readonly applicationNo: string | null; readonly voucherNo: string | null;
  readonly ground: string; readonly reason: string; readonly since: CivilDate;
};

/** Every refund suspended, or noticed to the treasury, at this moment: the content of a SUSPENSION_NOTICE. */
export function suspensionsInForce(db: Database): SuspensionInForce[] {
  const rows = db.prepare(
    `SELECT r.refund, r.uscc, r.name, r.application_no, r.voucher_no, r.ground, e.reason, e.at FROM refund AS r JOIN refund_event AS e ON e.refund = r.refund
     WHERE (r.state = 'suspended' OR r.noticed_on IS NOT NULL)
       AND e.no = (SELECT max(s.no) FROM refund_event AS s WHERE s.refund = r.refund AND s.act IN ('suspend', 'noticeSuspension'))
     ORDER BY r.refund`,
  );
  return rows.all().map((row) => ({
    refund: String(row['refund']),
    uscc: String(row['uscc']),
    name: String(row['name']),
    applicationNo: nullableText(row['application_no']),
    voucherNo: nullableText(row['voucher_no']),
    ground: nullableText(row['ground']) ?? 'other',
    reason: String(row['reason']),
    since: shanghaiDate(String(row['at']) as Instant), // written from a checked instant
  }));
}
