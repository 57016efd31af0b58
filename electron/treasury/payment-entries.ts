/**
 * Entry kinds of 退库 beside the acts on vouchers: a batch received, suspensions, receipts sent. Decisions have been taken by the services.
 */
import { z } from 'zod';
import { present } from '../../shared/kernel/assert.ts';
import { civilDateSchema } from '../../shared/kernel/schema.ts';
import { batchHeadSchema, voucherElementsSchema } from '../../shared/refunds/voucher-fields.ts';
import { paymentCases } from '../../shared/treasury/cases.ts';
import { voucherNoSchema } from '../../shared/refunds/model.ts';
import { usccSchema } from '../../shared/treasury/model.ts';
import { blobRefSchema, defineEntry, type EntryKind, openCase, withFacts } from '../journal/index.ts';
import { insertSuspension, liftSuspensions, setOutcomeSent, setOutcomesUntold } from './outcomes.sql.ts';
import { listReceived } from './listed.ts';
import { batchTold, receiptTold } from './told.ts';
import { paymentBook } from './payment-book.ts';
import { insertPayment } from './payments.sql.ts';
import { treasuryBatches } from './treasury.tables.ts';

export const batchReceived = defineEntry({
  kind: 'treasury.receiveBatch',
  stream: 'business',
  version: 2,
  title: paymentCases.acts.receive.title,
  facts: z.strictObject({ on: civilDateSchema, batch: batchHeadSchema, lines: blobRefSchema }),
  upcast: { 1: (facts) => facts }, // totals of more digits
  fold({ db, lines }, entry) {
    treasuryBatches.insert(db, { ...entry.facts.batch, package: present(entry.package, 'package'), receivedOn: entry.facts.on });
    for (const value of lines(entry.facts.lines)) {
      const voucher = z.decode(voucherElementsSchema, value as z.input<typeof voucherElementsSchema>);
      insertPayment(db, voucher, entry.facts.on);
      openCase(db, paymentBook, entry, 'receive', voucher.voucherNo);
    }
  },
});

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
export const receiptRejected = defineEntry({
  kind: 'treasury.receiveRejection',
  stream: 'business',
  version: 1,
  title: '退库回单被拒收',
  facts: z.strictObject({ to: z.enum(['tax', 'finance']), on: civilDateSchema }),
  fold({ db }, entry) {
    setOutcomesUntold(db, entry.facts.to, present(entry.package, 'package'));
  },
});

export const outcomeName = z.strictObject({ voucherNo: voucherNoSchema, no: z.number().int().min(1) });

/** The whole list of a notice: who is on it is under suspension from now on, who was on the last one and is not on this one is released. */
export const noticeReceived = defineEntry({
  kind: 'treasury.receiveSuspensions',
  stream: 'business',
  version: 2,
  title: '接收暂缓退库通知',
  facts: z.strictObject({
    on: civilDateSchema,
    added: z.array(z.strictObject({ uscc: usccSchema, name: z.string(), reason: z.string(), since: civilDateSchema })),
    released: z.array(usccSchema),
    /** The number of the notice 变动次序; 0 in entries of earlier programs, which received none. */
    number: z.number().int().min(0),
  }),
  upcast: { 1: withFacts({ number: 0 }) },
  fold({ db }, entry) {
    const source = present(entry.package, 'package');
    for (const row of entry.facts.added) insertSuspension(db, { ...row, source: 'notice', package: source });
    for (const uscc of entry.facts.released) liftSuspensions(db, { uscc, source: 'notice', on: entry.facts.on, reason: null });
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
  version: 2,
  title: '解除暂缓退库',
  facts: z.strictObject({ uscc: usccSchema, reason: z.string(), on: civilDateSchema,
    /** Earlier programs lifted whatever stood, a notice too. */
    source: z.literal('manual').nullable(),
  }),
  upcast: { 1: withFacts({ source: null }) },
  fold({ db }, { facts }) {
    liftSuspensions(db, facts);
  },
});

export const treasuryEntries = [
  batchReceived, listReceived, batchTold, receiptTold, receiptSent, receiptRejected, noticeReceived, suspensionAdded, suspensionLifted,
] as unknown as readonly EntryKind[];
