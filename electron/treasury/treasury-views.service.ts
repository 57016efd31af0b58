/** Handlers of questions about 退库, and of the suspension list that the treasury keeps by hand when no notice has come. */
import { errorMessage } from '../../shared/error-table.ts';
import { refusal, refuse } from '../../shared/errors.ts';
import { capitalAmount } from '../../shared/kernel/money.ts';
import { dutyNames } from '../../shared/kernel/office.ts';
import { refundRoleNames } from '../../shared/administration/duties.ts';
import type { treasuryContract } from '../../shared/treasury/contract.ts';
import { paymentActsFrom, paymentLifecycleLines, paymentStateNames, paymentTransitionOf, type PaymentAct } from '../../shared/treasury/lifecycle.ts';
import type { PaymentRow } from '../../shared/treasury/model.ts';
import { readOperator } from '../administration/index.ts';
import { type Context, type HandlersOf, plain } from '../journal/index.ts';
import { checkGrounds } from './check-ground.ts';
import { requireNotSuspended } from './doors.ts';
import { readOutcomes, readSuspensions, suspensionsOf } from './outcomes.sql.ts';
import { suspensionAdded, suspensionLifted } from './payment-entries.ts';
import { listBatches, listPayments } from './payment-lists.sql.ts';
import { judgePaymentSeparation, type PaymentRecord } from './payment-record.ts';
import { paymentRolesHeld, readPayment, readPaymentEvents } from './payments.sql.ts';
import { checkVoucher } from './voucher-checks.ts';

type Names = 'suspend' | 'liftSuspension' | 'suspensions' | 'list' | 'get' | 'batches' | 'lifecycle';
export type TreasuryViewOperations = Pick<typeof treasuryContract, `treasury.${Names}`>;

export const treasuryViewHandlers: HandlersOf<TreasuryViewOperations> = {
  'treasury.suspend': plain((ctx, { uscc, name, reason }) => {
    requireNotSuspended(ctx.db, uscc, name);
    ctx.journal.append(suspensionAdded, { key: `treasury.suspend/${uscc}/${nextEntry(ctx)}`, subject: uscc, facts: { uscc, name, reason, on: ctx.today } });
    return { changed: true, uscc };
  }),
  'treasury.liftSuspension': plain((ctx, { uscc, reason }) => {
    if (suspensionsOf(ctx.db, uscc).length === 0) refuse('NO_SUCH_SUSPENSION', { uscc });
    ctx.journal.append(suspensionLifted, { key: `treasury.liftSuspension/${uscc}/${nextEntry(ctx)}`, subject: uscc, facts: { uscc, reason, on: ctx.today } });
    return { changed: true, uscc };
  }),
  'treasury.suspensions': plain((ctx) => ({
    suspensions: readSuspensions(ctx.db).map(({ uscc, name, reason, since, source, liftedOn }) => ({ uscc, name, reason, since, source, liftedOn })),
  })),
  'treasury.list': plain((ctx, { offset, limit, sort, descending, ...filter }) => {
    const { rows, totals } = listPayments(ctx.db, filter, { offset, limit, sort, descending });
    return { rows: rows.map(rowOf), totals };
  }),
  'treasury.get': plain((ctx, { voucher }) => getPayment(ctx, readPayment(ctx.db, voucher) ?? refuse('VOUCHER_UNKNOWN', { voucher }))),
  'treasury.batches': plain((ctx) => ({
    batches: listBatches(ctx.db).map(({ batchNo, receivedOn, taxAuthority, vouchers, amountFen, package: source, waiting, paid, returned }) => ({
      batchNo, receivedOn, taxAuthority, vouchers, amount: amountFen, package: source, waiting, paid, returned,
    })),
  })),
  'treasury.lifecycle': plain(() => ({ lines: [...paymentLifecycleLines()] })),
};

function getPayment(ctx: Context, record: PaymentRecord) {
  return {
    voucher: {
      ...rowOf(record),
      route: record.route, size: record.size, capital: capitalAmount(record.amountFen), central: record.centralFen, province: record.provinceFen, county: record.countyFen,
      subjectName: record.subjectName, accountName: record.accountName, bank: record.bank, bankAccount: record.bankAccount, bankCode: record.bankCode,
      appliedOn: record.appliedOn, approvedOn: record.approvedOn, issuedOn: record.issuedOn, refundReason: record.refundReason, basis: record.basis, issuedBy: record.issuedBy,
      checkedBy: record.checkedBy, replaces: record.replaces, note: record.note,
    },
    people: Object.fromEntries(
      (['checker', 'payer'] as const).flatMap((role) => {
        const username = record[role];
        return username === null ? [] : [[refundRoleNames[role], readOperator(ctx.db, username)?.name ?? username]];
      }),
    ),
    findings: record.state === 'received' || record.state === 'checked' ? checkVoucher(record, checkGrounds(ctx)(record)) : [],
    outcomes: readOutcomes(ctx.db, record.voucherNo).map(({ no, outcome, on, reason, cancelled, taxPackage, financePackage }) => ({
      no, outcome, on, reason, cancelled, sentToTax: taxPackage !== null, sentToFinance: financePackage !== null,
    })),
    history: readPaymentEvents(ctx.db, record.voucherNo),
    acts: paymentActsFrom(record.state).map((act) => possibleAct(ctx, act, record)),
  };
}

/** Whether this person may do the act now: duty first, then the separation of duties. */
function possibleAct(ctx: Context, act: PaymentAct, record: PaymentRecord) {
  const { title, may } = paymentTransitionOf(act);
  const without = ctx.actor.duties.some((duty) => (may as readonly string[]).includes(duty))
    ? null
    : refusal('DUTY_NOT_HELD', { person: ctx.actor.name, title, needed: may.map((duty) => dutyNames[duty]).join('、') });
  const fault = without ?? judgePaymentSeparation(act, record, ctx.actor.name, paymentRolesHeld(ctx.db, record.voucherNo, ctx.actor.username));
  return { act, title, allowed: fault === null, code: fault?.code ?? null, message: fault === null ? null : errorMessage(fault.code, fault.params) };
}

function rowOf(record: PaymentRecord): PaymentRow {
  return {
    voucherNo: record.voucherNo, refundNo: record.refundNo, batchNo: record.batchNo, uscc: record.uscc, name: record.name, filingPeriod: record.filingPeriod, state: record.state,
    stateName: paymentStateNames[record.state], amount: record.amountFen, existing: record.existingFen, incremental: record.incrementalFen, subjectCode: record.subjectCode,
    receivedOn: record.receivedOn, paidOn: record.paidOn, returnedOn: record.returnedOn, reason: record.reason,
  };
}

function nextEntry(ctx: Context): string {
  return String(ctx.journal.head().seq + 1);
}
