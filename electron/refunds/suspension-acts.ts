/**
 * Acts of 暂停、恢复、终止 and of the suspension notice 暂缓通知 that stops a voucher already sent. A suspension is no refusal: the clock stops, and five
 * working days run when its ground is gone.
 */
import { z } from 'zod';
import { refusal } from '../../shared/errors.ts';
import { civilDateSchema } from '../../shared/kernel/schema.ts';
import { officeCalendar } from './calendar.ts';
import { calendarWarning, dueAfterSuspension } from './legal-clock.ts';
import { amountColumns, nothing, refundAct } from './refund-book.ts';
import { nameOf } from './refund-record.ts';
import { voidUnsentVoucher } from './vouchers.sql.ts';

const grounded = { line: { ground: z.string() }, decide: (_ctx: unknown, { ground }: { readonly ground: string }) => () => ({ ground }) };

export const suspensionActs = [
  refundAct('suspend', {
    ...grounded,
    write: ({ before, line }) => ({
      set: { ground: line.ground, ...(before.clock === 'running' ? { clock: 'stopped', due_on: null } : {}) }, facts: { suspensionGround: line.ground },
    }),
  }),
  refundAct('resume', {
    line: { dueOn: civilDateSchema.nullable() },
    decide: (ctx, _input, { on, warn }) => {
      const due = dueAfterSuspension(officeCalendar(ctx), on);
      warn(calendarWarning(due));
      // A refund suspended after its approval has no review left to do: no clock starts.
      return (record) => ({ dueOn: record.clock === 'stopped' ? due.date : null });
    },
    write: ({ line }) => (line.dueOn === null ? { set: { ground: null } } : { set: { ground: null, clock: 'running', due_on: line.dueOn }, facts: { dueOn: line.dueOn } }),
  }),
  refundAct('noticeSuspension', {
    line: grounded.line,
    decide: (_ctx, { ground }) => (record) => (record.noticedOn === null ? { ground } : refusal('NOTICE_STANDS', nameOf(record))),
    write: ({ entry, line }) => ({ set: { noticed_on: entry.facts.on, ground: line.ground }, facts: { noticeGround: line.ground } }),
  }),
  refundAct('liftNotice', {
    decide: () => (record) => (record.noticedOn === null ? refusal('NO_SUCH_NOTICE', nameOf(record)) : {}),
    write: () => ({ set: { noticed_on: null, ground: null } }),
  }),
  refundAct('terminate', {
    ...grounded,
    write: ({ db, entry, before, line }) => {
      voidUnsentVoucher(db, before.refund);
      return {
        set: {
          ...amountColumns('approved', nothing), decided_on: entry.facts.on, clock: 'done', due_on: null, ground: line.ground, batch_no: null, sent_on: null, noticed_on: null,
        },
        facts: { terminationGround: line.ground },
      };
    },
  }),
];
