/**
 * The treasury's side of 三方对账 from its ledger: vouchers received, paid, sent back, and returned by the bank. It tells lines and compares nothing; an
 * outcome that was cancelled before anyone was told of it never was.
 * @source shared spec reconciliation.md, Lines (treasury)
 */
import type { CivilDate } from '../../shared/kernel/civil-date.ts';
import type { LineKind, ReconLine } from '../../shared/reconciliation/line.ts';
import type { OutcomeKind } from '../../shared/treasury/model.ts';
import type { Database } from '../platform/database.ts';
import { paymentOutcomes, payments, type PaymentRecord } from './treasury.tables.ts';

const kinds: Readonly<Record<OutcomeKind, LineKind>> = { paid: '退付', returned: '退回', 'bank-returned': '退汇' };

/** Every line of the treasury about vouchers, in no order. */
export function treasuryReconLines(db: Database): ReconLine[] {
  const outcomes = Map.groupBy(paymentOutcomes.all(db, 'WHERE cancelled = 0', {}), ({ voucherNo }) => voucherNo);
  return payments.all(db, '', {}).flatMap((payment) => [
    lineOf(payment, '收到', payment.receivedOn),
    ...(outcomes.get(payment.voucherNo) ?? []).map(({ outcome, on }) => lineOf(payment, kinds[outcome], on)),
  ]);
}

function lineOf(payment: PaymentRecord, kind: LineKind, day: CivilDate): ReconLine {
  return {
    kind, no: payment.voucherNo, formerNo: payment.replaces ?? '', batchNo: payment.batchNo, payee: payment.uscc, name: payment.name, account: payment.bankAccount,
    subject: payment.subjectCode, amountFen: payment.amountFen, centralFen: payment.centralFen, provincialFen: payment.provinceFen, countyFen: payment.countyFen, day, sentOn: null,
    fundNo: '', note: '',
  };
}
