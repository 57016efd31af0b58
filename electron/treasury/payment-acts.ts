/** Acts on vouchers: check, pay, return, bank return, and their undoing while no receipt has told of them; and what the checks would find. */
import { z } from 'zod';
import { refusal, refuse } from '../../shared/errors.ts';
import { present } from '../../shared/kernel/assert.ts';
import { selectionOf } from '../../shared/kernel/case-operations.ts';
import type { CivilDate } from '../../shared/kernel/civil-date.ts';
import type { Refusal } from '../../shared/kernel/errors.ts';
import type { treasuryContract } from '../../shared/treasury/contract.ts';
import type { OutcomeKind } from '../../shared/treasury/model.ts';
import { chosenCases, type Context, type FoldEntry, type HandlersOf, plain, judgeLockedDay } from '../journal/index.ts';
import type { Database } from '../platform/database.ts';
import { periodLabel } from '../../shared/kernel/tax-period.ts';
import { asReceived } from './as-received.ts';
import { checkGrounds } from './check-ground.ts';
import { listedOf } from './listed.ts';
import { cancelOutcome, insertOutcome, standingOutcome } from './outcomes.sql.ts';
import { paymentAct, paymentBook } from './payment-book.ts';
import type { PaymentRecord } from './treasury.tables.ts';
import { checkVoucher, type CheckGround } from './voucher-checks.ts';

/** Why a voucher goes back, as a word of the act's own closed list; null on every other act. */
const why = {
  more: {
    facts: { reasonCode: z.string().nullable() },
    of: (input: object) => ({ reasonCode: 'reasonCode' in input && typeof input.reasonCode === 'string' ? input.reasonCode : null }),
  },
};

export const paymentActs = [
  paymentAct('check', {
    ...why,
    decide: (ctx) => {
      const groundOf = checkGrounds(ctx);
      const altered = asReceived(ctx.db);
      return (voucher) => altered(voucher) ?? judgeOrder(voucher, groundOf(voucher)) ?? {};
    },
  }),
  paymentAct('withdrawCheck', why),
  // Checked again at the moment of payment: a suspension or a duplicate may have come since.
  paymentAct('pay', {
    more: {
      /** The tax office could not be answered then, and the payer knew. */
      facts: { ...why.more.facts, unanswered: z.literal(true).optional() },
      of: (input) => ({ ...why.more.of(input), ...(input.unanswered ? { unanswered: true as const } : {}) }),
      upcast: { 1: (facts) => facts },
    },
    decide: (ctx, _input, { on }) => {
      const groundOf = checkGrounds(ctx);
      const altered = asReceived(ctx.db);
      return (voucher) => altered(voucher) ?? judgeDate(ctx, voucher, on, '接收日期', voucher.receivedOn) ?? judgeOrder(voucher, groundOf(voucher)) ?? {};
    },
    write: ({ db, entry, before }) => {
      record(db, entry, before, { outcome: 'paid', checker: before.checker, payer: entry.maker });
      return { set: { paid_on: entry.facts.on }, facts: { paidOn: entry.facts.on } };
    },
  }),
  paymentAct('undoPay', {
    ...why,
    decide: (ctx) => (voucher) => judgeUnsent(ctx, voucher, 'paid') ?? {},
    write: ({ db, before }) => {
      cancel(db, before.voucherNo, 'paid');
      return { set: { paid_on: null } };
    },
  }),
  paymentAct('return', {
    ...why,
    decide: (ctx, _input, { on }) => (voucher) => judgeDate(ctx, voucher, on, '接收日期', voucher.receivedOn) ?? {},
    write: ({ db, entry, before }) => {
      record(db, entry, before, { outcome: 'returned', checker: entry.maker, payer: null });
      return { set: { returned_on: entry.facts.on, reason_code: entry.facts.reasonCode }, facts: { returnedOn: entry.facts.on, returnCode: entry.facts.reasonCode } };
    },
  }),
  paymentAct('undoReturn', {
    ...why,
    decide: (ctx) => (voucher) => judgeUnsent(ctx, voucher, 'returned') ?? {},
    write: ({ db, before }) => {
      cancel(db, before.voucherNo, 'returned');
      return { set: { returned_on: null, reason_code: null } };
    },
  }),
  paymentAct('bankReturn', {
    ...why,
    decide: (ctx, _input, { on }) => (voucher) => judgeDate(ctx, voucher, on, '退付日期', voucher.paidOn ?? voucher.receivedOn) ?? {},
    write: ({ db, entry, before }) => {
      record(db, entry, before, { outcome: 'bank-returned', checker: before.checker, payer: before.payer });
      return { set: { returned_on: entry.facts.on, reason_code: entry.facts.reasonCode }, facts: { returnedOn: entry.facts.on, bankReturnCode: entry.facts.reasonCode } };
    },
  }),
];

export const findingHandlers: HandlersOf<Pick<typeof treasuryContract, 'treasury.findings'>> = {
  'treasury.findings': plain((ctx, input) => {
    const { records, unknown } = chosenCases(ctx, paymentBook, 'check', selectionOf(paymentBook.table, input));
    const missing = unknown[0];
    if (missing !== undefined) refuse('VOUCHER_UNKNOWN', { voucher: missing });
    const groundOf = checkGrounds(ctx);
    const unlisted = [...new Set(records.filter((voucher) => listedOf(ctx.db, voucher) === 'none').map(({ filingPeriod }) => filingPeriod))].sort();
    const judged = records.map((voucher) => ({ voucher, findings: checkVoucher(voucher, groundOf(voucher)) }));
    return {
      checked: records.length,
      remarks: unlisted.map((period) => `没有收到${periodLabel(period)}申报期的企业清单，名称、金额、账户未能逐户比较，请税务局发送`),
      inOrder: judged.filter((row) => row.findings.length === 0).map((row) => row.voucher.voucherNo),
      faulty: judged
        .filter((row) => row.findings.length > 0)
        .map(({ voucher, findings }) => ({ voucherNo: voucher.voucherNo, uscc: voucher.uscc, name: voucher.name, amount: voucher.amountFen, findings })),
    };
  }),
};

function judgeOrder(voucher: PaymentRecord, ground: CheckGround): Refusal | null {
  const findings = checkVoucher(voucher, ground);
  if (findings.length === 0) return null;
  return refusal('VOUCHER_NOT_IN_ORDER', { name: voucher.name, voucher: voucher.voucherNo, findings: findings.map((row) => row.message).join('；') }, { findings });
}

function judgeDate(ctx: Context, voucher: PaymentRecord, on: CivilDate, before: string, earliest: CivilDate): Refusal | null {
  if (on >= earliest && on <= ctx.today) return null;
  return refusal('PAYMENT_DATE_UNFIT', { name: voucher.name, voucher: voucher.voucherNo, date: on, before, earliest });
}

function judgeUnsent(ctx: Context, voucher: PaymentRecord, kind: OutcomeKind): Refusal | null {
  const outcome = standingOutcome(ctx.db, voucher.voucherNo, kind);
  if (outcome !== null && outcome.taxPackage === null && outcome.financePackage === null) return judgeLockedDay(ctx, outcome.on);
  return refusal('OUTCOME_ALREADY_SENT', { name: voucher.name, voucher: voucher.voucherNo });
}

type OutcomeEntry = FoldEntry<{ readonly on: CivilDate; readonly reason: string | null; readonly reasonCode: string | null }>;
function record(db: Database, entry: OutcomeEntry, before: PaymentRecord, of: { readonly outcome: OutcomeKind; readonly checker: string | null; readonly payer: string | null }): void {
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
