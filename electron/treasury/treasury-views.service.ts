/** Handlers of questions about 退库, and of the suspension list that the treasury keeps by hand when no notice has come. */
import { refuse } from '../../shared/errors.ts';
import { capitalAmount } from '../../shared/kernel/money.ts';
import { lifecycleLines, type DeskLine } from '../../shared/kernel/case.ts';
import { refundRoleNames } from '../../shared/administration/duties.ts';
import type { treasuryContract } from '../../shared/treasury/contract.ts';
import { paymentCases, paymentStateNames } from '../../shared/treasury/cases.ts';
import { bankReturnReasons, returnReasons } from '../../shared/treasury/findings.ts';
import { onlyFields } from '../../shared/kernel/record.ts';
import { shownElements, type PaymentRow } from '../../shared/treasury/model.ts';
import { personName } from '../administration/index.ts';
import { type Context, deskLines, type HandlersOf, plain, possibleActs, readHistory } from '../journal/index.ts';
import type { Database } from '../platform/database.ts';
import { checkGrounds } from './check-ground.ts';
import { requireNotSuspended } from './doors.ts';
import { readOutcomes, readSuspensions, sumUnsentOutcomes, suspensionsOf } from './outcomes.sql.ts';
import { suspensionAdded, suspensionLifted } from './payment-entries.ts';
import { paymentBook } from './payment-book.ts';
import { listBatches, listPayments } from './payment-lists.sql.ts';
import { voucherListDigest } from '../platform/list-digest.ts';
import { toldDifferences, toldTotals } from './told.ts';
import { payments, type PaymentRecord } from './treasury.tables.ts';
import { readPayment } from './payments.sql.ts';
import { checkVoucher } from './voucher-checks.ts';

type Names = 'taxpayer' | 'told' | 'suspend' | 'liftSuspension' | 'suspensions' | 'list' | 'get' | 'batches' | 'lifecycle';
export type TreasuryViewOperations = Pick<typeof treasuryContract, `treasury.${Names}`>;

export const treasuryViewHandlers: HandlersOf<TreasuryViewOperations> = {
  'treasury.suspend': plain((ctx, { uscc, name, reason }) => {
    requireNotSuspended(ctx.db, uscc, name);
    const found = nameOfTaxpayer(ctx.db, uscc) ?? refuse('SUSPENSION_TAXPAYER_UNKNOWN', { uscc });
    if (found !== name) refuse('SUSPENSION_NAME_DIFFERS', { uscc, found, name });
    ctx.journal.append(suspensionAdded, { key: `treasury.suspend/${uscc}/${nextEntry(ctx)}`, subject: uscc, facts: { uscc, name, reason, on: ctx.today } });
    return { changed: true, uscc, name, vouchers: unpaidOf(ctx.db, uscc) };
  }),
  'treasury.liftSuspension': plain((ctx, { uscc, reason }) => {
    const all = suspensionsOf(ctx.db, uscc);
    const standing = all.find(({ source }) => source === 'manual');
    if (standing === undefined) return all[0] === undefined ? refuse('NO_SUCH_SUSPENSION', { uscc }) : refuse('SUSPENSION_BY_NOTICE', { name: all[0].name, uscc });
    ctx.journal.append(suspensionLifted, { key: `treasury.liftSuspension/${uscc}/${nextEntry(ctx)}`, subject: uscc, facts: { uscc, reason, on: ctx.today, source: 'manual' } });
    return { changed: true, uscc, name: standing.name, vouchers: unpaidOf(ctx.db, uscc) };
  }),
  'treasury.taxpayer': plain((ctx, { uscc }) => ({ name: nameOfTaxpayer(ctx.db, uscc), vouchers: unpaidOf(ctx.db, uscc) })),
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
      digest: voucherListDigest(payments.all(ctx.db, 'WHERE batch_no = @batchNo', { batchNo })),
    })),
  })),
  'treasury.told': plain((ctx) => ({ ...toldTotals(ctx.db), differences: [...toldDifferences(ctx.db)] })),
  'treasury.lifecycle': plain(() => ({ lines: [...lifecycleLines(paymentCases)] })),
};

/** The name under which this office knows a code: by its newest voucher, the newest list, or an earlier suspension. */
function nameOfTaxpayer(db: Database, uscc: string): string | null {
  const row = db.prepare(
    `SELECT name FROM (
       SELECT name, 1 AS first, received_on AS day FROM payment WHERE uscc = @uscc UNION ALL SELECT name, 2, filing_period FROM listed_taxpayer WHERE uscc = @uscc
       UNION ALL SELECT name, 3, since FROM treasury_suspension WHERE uscc = @uscc) ORDER BY first, day DESC LIMIT 1`,
  ).get({ uscc });
  return row === undefined ? null : String(row['name']);
}

function unpaidOf(db: Database, uscc: string) {
  return payments.all(db, "WHERE uscc = @uscc AND state IN ('received', 'checked') ORDER BY voucher_no", { uscc })
    .map(({ voucherNo, state, amountFen }) => ({ voucherNo, stateName: paymentStateNames[state], amount: amountFen }));
}

/** Every state of the case table, and outcomes that no receipt 回单 has told of yet. */
export function treasuryDesk(ctx: Context): readonly DeskLine[] {
  const { count, total, since } = sumUnsentOutcomes(ctx.db);
  const untold: DeskLine = {
    table: 'treasury', state: 'receipt-unsent', title: '处理结果待出回单', may: ['handler', 'reviewer', 'approver'], count, total, oldest: since, dueOn: null, daysLeft: null, overdue: 0,
  };
  const differ = ctx.office.agency === 'finance' ? toldDifferences(ctx.db).length : 0;
  const told: DeskLine = {
    table: 'treasury', state: 'told-differs', title: '退库逐笔核对不符', may: ['handler', 'reviewer'], count: differ, total: null, oldest: null, dueOn: null, daysLeft: null, overdue: 0,
  };
  return [...deskLines(ctx.db, paymentBook, ctx.today), ...(count === 0 ? [] : [untold]), ...(differ === 0 ? [] : [told])];
}

function getPayment(ctx: Context, record: PaymentRecord) {
  return {
    voucher: {
      ...rowOf(record),
      ...onlyFields(shownElements, record), refundReason: record.refundReason,
      capital: capitalAmount(record.amountFen), central: record.centralFen, province: record.provinceFen, county: record.countyFen,
    },
    people: Object.fromEntries(
      (['checker', 'payer'] as const).flatMap((role) => {
        const username = record[role];
        return username === null ? [] : [[refundRoleNames[role], personName(ctx.db, username)]];
      }),
    ),
    findings: record.state === 'received' || record.state === 'checked' ? checkVoucher(record, checkGrounds(ctx)(record)) : [],
    outcomes: readOutcomes(ctx.db, record.voucherNo).map(({ no, outcome, on, reason, cancelled, taxPackage, financePackage }) => ({
      no, outcome, on, reason, cancelled, sentToTax: taxPackage !== null, sentToFinance: financePackage !== null,
    })),
    history: readHistory(ctx.db, paymentBook, record.voucherNo),
    acts: possibleActs(ctx, paymentBook, record),
  };
}

function rowOf(record: PaymentRecord): PaymentRow {
  return {
    voucherNo: record.voucherNo, refundNo: record.refundNo, batchNo: record.batchNo, uscc: record.uscc, name: record.name, filingPeriod: record.filingPeriod, state: record.state,
    stateName: paymentStateNames[record.state], amount: record.amountFen, existing: record.existingFen, incremental: record.incrementalFen, subjectCode: record.subjectCode,
    receivedOn: record.receivedOn, paidOn: record.paidOn, returnedOn: record.returnedOn, reason: reasonText(record),
  };
}

/** `户名账号不符：原因说明`. */
function reasonText({ state, reasonCode, reason }: PaymentRecord): string | null {
  if (reasonCode === null) return reason;
  const names: Readonly<Record<string, string>> = state === 'bank-returned' ? bankReturnReasons : returnReasons;
  return `${names[reasonCode] ?? reasonCode}：${reason ?? ''}`;
}

function nextEntry(ctx: Context): string {
  return String(ctx.journal.head().seq + 1);
}
