/**
 * The states of a voucher at the treasury 国库退库状态 as one case table: received from the tax office, checked, paid or returned, and returned by the
 * bank after payment. Handlers, screens, desk and help are made from it. The tax office's own states are not told here.
 * @source shared spec product.md (P3, P4); policy-facts 6.4 (the treasury's own rules were not found: needs evidence)
 */
import { forbiddenPaymentPairs, refundRoleNames } from '../administration/duties.ts';
import { defineCases, stateNames, statesOf } from '../kernel/case.ts';
import { field } from '../kernel/record.ts';
import { bankReturnReasons, returnReasons } from './findings.ts';

const on = { on: field.optional(field.date('日期')) };
/** Shorter than a refund's: the receipt carries it. */
const reason = { reason: field.text('说明', 200) };

export const paymentCases = defineCases({
  name: 'treasury', title: '退库', counter: '份', cases: 'vouchers', case: 'voucher',
  roleNames: refundRoleNames, // names more roles than this table has
  forbidden: forbiddenPaymentPairs,
  states: {
    received: { name: '待审核', tone: 'active', next: 'check', step: '接收' },
    checked: { name: '审核通过', tone: 'active', next: 'pay', queue: '待退付', step: '审核' },
    paid: { name: '已退付', tone: 'good', next: null, step: '退付' },
    returned: { name: '已退回税务', tone: 'bad', next: null },
    'bank-returned': { name: '银行退汇', tone: 'bad', next: null },
  },
  acts: {
    receive: { title: '接收退还书', from: [], to: 'received', by: 'package', may: ['handler'], role: null, reason: 'none', basis: null },
    check: {
      title: '审核退还书', from: ['received'], to: 'checked', by: 'person', may: ['reviewer'], role: 'checker', reason: 'none', basis: null,
      operation: 'check', says: '审核通过：要素齐全、分担级次与清单一致，交退付人退付。', errors: ['VOUCHER_NOT_IN_ORDER'],
    },
    withdrawCheck: {
      title: '撤回审核', from: ['checked'], to: 'received', by: 'person', may: ['reviewer', 'approver'], role: null, reason: 'required', basis: null,
      operation: 'withdrawCheck', says: '撤回审核，回到待审核。', input: reason,
    },
    return: {
      title: '退回税务机关', from: ['received', 'checked'], to: 'returned', by: 'person', may: ['reviewer'], role: 'checker', reason: 'required', basis: null,
      operation: 'returnVouchers', says: '退回税务机关，随下一份回单送出。', input: { reasonCode: field.oneOf('原因类别', returnReasons), ...on, ...reason }, errors: ['PAYMENT_DATE_UNFIT'],
    },
    /** Only while the receipt that tells of it has not been sent. */
    undoReturn: {
      title: '撤销退回', from: ['returned'], to: 'received', by: 'person', may: ['approver'], role: null, reason: 'required', basis: null,
      operation: 'undoReturn', says: '撤销退回登记，回到待审核。回单已送出的不能撤销。', input: reason, errors: ['OUTCOME_ALREADY_SENT'],
    },
    pay: {
      title: '退付', from: ['checked'], to: 'paid', by: 'person', may: ['approver'], role: 'payer', reason: 'none', basis: null,
      operation: 'pay', says: '登记退付，随下一份回单送出。',
      input: { ...on, unanswered: field.flag('与税务局的通道停用、回单暂时送不出的，仍要退付') }, errors: ['VOUCHER_NOT_IN_ORDER', 'PAYMENT_DATE_UNFIT', 'PAY_UNANSWERED'],
    },
    /** Only while the receipt that tells of it has not been sent: a payment recorded by mistake. */
    undoPay: {
      title: '撤销退付登记', from: ['paid'], to: 'checked', by: 'person', may: ['approver'], role: 'payer', reason: 'required', basis: null,
      operation: 'undoPay', says: '撤销退付登记。回单已送出的不能撤销。', input: reason, errors: ['OUTCOME_ALREADY_SENT'],
    },
    bankReturn: {
      title: '登记银行退汇', from: ['paid'], to: 'bank-returned', by: 'person', may: ['handler'], role: null, reason: 'required', basis: null,
      operation: 'bankReturn', says: '登记银行退汇，随下一份回单送出。', input: { reasonCode: field.oneOf('原因类别', bankReturnReasons), ...on, ...reason }, errors: ['PAYMENT_DATE_UNFIT'],
    },
  },
});

export type PaymentState = keyof (typeof paymentCases)['states'];
export type PaymentAct = keyof (typeof paymentCases)['acts'];
export const paymentStates = statesOf(paymentCases) as readonly [PaymentState, ...PaymentState[]]; // the table has rows
export const paymentActs = Object.keys(paymentCases.acts) as [PaymentAct, ...PaymentAct[]]; // the keys of a closed table
export const paymentStateNames = stateNames<PaymentState>(paymentCases);
