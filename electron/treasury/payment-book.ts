/** The book of vouchers at the treasury 退库: how the case engine reads, names and words them, and the facts that their history keeps. */
import { errorMessage } from '../../shared/error-table.ts';
import { z } from 'zod';
import type { PaymentRole } from '../../shared/administration/duties.ts';
import { refusal } from '../../shared/errors.ts';
import { field } from '../../shared/kernel/record.ts';
import { paymentCases, type PaymentAct, type PaymentState } from '../../shared/treasury/cases.ts';
import { treasuryContract } from '../../shared/treasury/contract.ts';
import { bankReturnReasons, returnReasons } from '../../shared/treasury/findings.ts';
import { voucherNoSchema } from '../../shared/refunds/model.ts';
import { actsOf, type CaseBook } from '../journal/index.ts';
import type { PaymentRecord } from './treasury.tables.ts';
import { readPayment } from './payments.sql.ts';

export const paymentBook: CaseBook<PaymentState, PaymentAct, PaymentRole, PaymentRecord> = {
  table: paymentCases, rows: 'payment', events: 'payment_event', key: 'voucherNo', keySchema: voucherNoSchema, keyOf: ({ voucherNo }) => voucherNo,
  read: readPayment, limits: { batch: 'batch_no' }, amount: { of: ({ amountFen }) => amountFen, sql: 'amount_fen' },
  reason: z.string(),
  facts: {
    paidOn: field.date('退付日期'), returnedOn: field.date('退回日期'), returnCode: field.oneOf('退回原因', returnReasons), bankReturnCode: field.oneOf('退汇原因', bankReturnReasons),
  },
  sentence: ({ code, params }) => errorMessage(code, params),
  refuse: {
    unknown: (voucher) => refusal('VOUCHER_UNKNOWN', { voucher }),
    unfit: ({ name, voucherNo }, says) => refusal('VOUCHER_STATE_UNFIT', { name, voucher: voucherNo, ...says }),
    samePerson: ({ name, voucherNo }, says) => refusal('SAME_PERSON_TWO_PAYMENT_DUTIES', { name, voucher: voucherNo, ...says }),
  },
};

/** Writes one act of the treasury; its input is that of its operation. */
export const paymentAct = actsOf(paymentCases, paymentBook, treasuryContract);

/** What an answer tells of a voucher after an act. */
export function paymentTold({ voucherNo, uscc, name, state }: PaymentRecord) {
  return { voucherNo, uscc, name, state };
}
