/**
 * Entry kinds of 退库 and their folds: a batch received, acts on vouchers, suspensions, receipts sent. One act on N vouchers is one entry
 * with N lines. Decisions have been taken by the services.
 */
import { z } from 'zod';
import { assert, present } from '../../shared/kernel/assert.ts';
import { civilDateSchema } from '../../shared/kernel/schema.ts';
import { batchHeadSchema, voucherElementsSchema } from '../../shared/refunds/voucher-fields.ts';
import { bankReturnReasons, paymentTransitionOf, returnReasons, type PaymentAct } from '../../shared/treasury/lifecycle.ts';
import { usccSchema, voucherNoSchema, type OutcomeKind } from '../../shared/treasury/model.ts';
import { blobRefSchema, defineEntry, type EntryKind, type FoldEntry } from '../journal/index.ts';
import type { Database, SqlValue } from '../platform/database.ts';
import { cancelOutcome, insertOutcome, insertSuspension, liftSuspensions, setOutcomeSent, standingOutcome } from './outcomes.sql.ts';
import type { PaymentRecord } from './payment-record.ts';
import { insertBatch, insertPayment, movePayment, requirePayment, type PaymentColumn } from './payments.sql.ts';

export const batchReceived = defineEntry({
  kind: 'treasury.receiveBatch',
  stream: 'business',
  version: 1,
  title: paymentTransitionOf('receive').title,
  facts: z.strictObject({ on: civilDateSchema, batch: batchHeadSchema, lines: blobRefSchema }),
  fold({ db, lines }, entry) {
    insertBatch(db, entry.facts.batch, { package: present(entry.package, 'package'), receivedOn: entry.facts.on });
    for (const value of lines(entry.facts.lines)) {
      insertPayment(db, entry, z.decode(voucherElementsSchema, value as z.input<typeof voucherElementsSchema>), entry.facts.on);
    }
  },
});

/** Facts of an act on vouchers. `reasonCode` is a word of a closed table for returns, null elsewhere. */
const actFacts = z.strictObject({
  on: civilDateSchema, reason: z.string().nullable(), reasonCode: z.string().nullable(), count: z.number().int().min(1), lines: blobRefSchema,
});
type ActFacts = z.output<typeof actFacts>;
export const namedVoucher = z.strictObject({ voucherNo: voucherNoSchema });

export type PaymentEntry = { readonly act: PaymentAct; readonly kind: EntryKind<typeof actFacts> };

type Scene = { readonly db: Database; readonly entry: FoldEntry<ActFacts>; readonly before: PaymentRecord };

/** @param write the act's own columns; it may record or cancel an outcome too */
function paymentEntry(act: PaymentAct, write: (scene: Scene) => Readonly<Partial<Record<PaymentColumn, SqlValue>>>): PaymentEntry {
  const kind = defineEntry({
    kind: `treasury.${act}`,
    stream: 'business',
    version: 1,
    title: paymentTransitionOf(act).title,
    facts: actFacts,
    fold({ db, lines }, entry) {
      let count = 0;
      for (const value of lines(entry.facts.lines)) {
        const before = requirePayment(db, namedVoucher.parse(value).voucherNo);
        movePayment(db, entry, act, before, reasonText(act, entry.facts), write({ db, entry, before }));
        count += 1;
      }
      assert(count === entry.facts.count, `${kind.kind} has as many lines as it says`);
    },
  });
  return { act, kind };
}

export const paymentEntries = {
  check: paymentEntry('check', () => ({})),
  withdrawCheck: paymentEntry('withdrawCheck', () => ({})),
  pay: paymentEntry('pay', ({ db, entry, before }) => {
    record(db, entry, before, { outcome: 'paid', checker: before.checker, payer: entry.maker });
    return { paid_on: entry.facts.on };
  }),
  undoPay: paymentEntry('undoPay', ({ db, before }) => {
    cancel(db, before.voucherNo, 'paid');
    return { paid_on: null };
  }),
  return: paymentEntry('return', ({ db, entry, before }) => {
    record(db, entry, before, { outcome: 'returned', checker: entry.maker, payer: null });
    return { returned_on: entry.facts.on };
  }),
  undoReturn: paymentEntry('undoReturn', ({ db, before }) => {
    cancel(db, before.voucherNo, 'returned');
    return { returned_on: null };
  }),
  bankReturn: paymentEntry('bankReturn', ({ db, entry, before }) => {
    record(db, entry, before, { outcome: 'bank-returned', checker: before.checker, payer: before.payer });
    return { returned_on: entry.facts.on };
  }),
} satisfies Readonly<Record<Exclude<PaymentAct, 'receive'>, PaymentEntry>>;

export const receiptSent = defineEntry({
  kind: 'treasury.sendReceipt',
  stream: 'business',
  version: 1,
  title: '退库回单已生成',
  facts: z.strictObject({ to: z.enum(['tax', 'finance']), on: civilDateSchema, lines: blobRefSchema }),
  fold({ db, lines }, entry) {
    const packageId = present(entry.package, 'package');
    for (const value of lines(entry.facts.lines)) setOutcomeSent(db, entry.facts.to, packageId, outcomeName.parse(value));
  },
});
export const outcomeName = z.strictObject({ voucherNo: voucherNoSchema, no: z.number().int().min(1) });

/** The whole list of a notice: who is on it is under suspension from now on, who was on the last one and is not on this one is released. */
export const noticeReceived = defineEntry({
  kind: 'treasury.receiveSuspensions',
  stream: 'business',
  version: 1,
  title: '接收暂缓退库通知',
  facts: z.strictObject({
    on: civilDateSchema,
    added: z.array(z.strictObject({ uscc: usccSchema, name: z.string(), reason: z.string(), since: civilDateSchema })),
    released: z.array(usccSchema),
  }),
  fold({ db }, entry) {
    const source = present(entry.package, 'package');
    for (const row of entry.facts.added) insertSuspension(db, { ...row, source: 'notice', package: source });
    for (const uscc of entry.facts.released) liftSuspensions(db, { uscc, source: 'notice', on: entry.facts.on, reason: '税务局暂缓通知中已无此户' });
  },
});

export const suspensionAdded = defineEntry({
  kind: 'treasury.suspend',
  stream: 'business',
  version: 1,
  title: '登记暂缓退库',
  facts: z.strictObject({ uscc: usccSchema, name: z.string(), reason: z.string(), on: civilDateSchema }),
  fold({ db }, { facts }) {
    insertSuspension(db, { uscc: facts.uscc, name: facts.name, reason: facts.reason, since: facts.on, source: 'manual', package: null });
  },
});

export const suspensionLifted = defineEntry({
  kind: 'treasury.liftSuspension',
  stream: 'business',
  version: 1,
  title: '解除暂缓退库',
  facts: z.strictObject({ uscc: usccSchema, reason: z.string(), on: civilDateSchema }),
  fold({ db }, { facts }) {
    liftSuspensions(db, { ...facts, source: null });
  },
});

export const treasuryEntries = [
  batchReceived, ...Object.values(paymentEntries).map((row) => row.kind), receiptSent, noticeReceived, suspensionAdded, suspensionLifted,
] as unknown as readonly EntryKind[];

/** `户名账号不符：原因说明`, as the history and the receipt show it. */
function reasonText(act: PaymentAct, facts: ActFacts): string | null {
  const names: Readonly<Record<string, string>> = act === 'bankReturn' ? bankReturnReasons : returnReasons;
  const named = facts.reasonCode === null ? undefined : names[facts.reasonCode];
  return named === undefined ? facts.reason : `${named}：${facts.reason ?? ''}`;
}

function record(db: Database, entry: FoldEntry<ActFacts>, before: PaymentRecord, of: { readonly outcome: OutcomeKind; readonly checker: string | null; readonly payer: string | null }): void {
  insertOutcome(db, {
    voucherNo: before.voucherNo,
    outcome: of.outcome,
    on: entry.facts.on,
    reasonCode: of.outcome === 'paid' ? null : present(entry.facts.reasonCode, 'reason code'),
    reason: of.outcome === 'paid' ? null : entry.facts.reason,
    checker: present(of.checker, 'checker'),
    payer: of.payer,
  });
}

function cancel(db: Database, voucherNo: string, kind: OutcomeKind): void {
  cancelOutcome(db, voucherNo, present(standingOutcome(db, voucherNo, kind), `outcome of ${voucherNo}`).no);
}
