/**
 * The states of a voucher at the treasury 国库退库状态 as one closed table: received from the tax office, checked, paid or returned, and
 * returned by the bank after payment. Handlers, SQL triggers and help are made from it. The tax office's own states are not told here.
 * @source shared spec product.md (P3, P4); policy-facts 6.4 (the treasury's own rules were not found: needs evidence)
 */
import type { PaymentRole } from '../administration/duties.ts';
import { dutyNames, type BusinessDuty } from '../kernel/office.ts';

export const paymentStates = ['received', 'checked', 'paid', 'returned', 'bank-returned'] as const;
export type PaymentState = (typeof paymentStates)[number];

export const paymentStateNames: Readonly<Record<PaymentState, string>> = {
  received: '待审核',
  checked: '审核通过',
  paid: '已退付',
  returned: '已退回税务',
  'bank-returned': '银行退汇',
};

export type PaymentTransition = {
  readonly title: string;
  /** Empty for the act by which a voucher arrives. */
  readonly from: readonly PaymentState[];
  readonly to: PaymentState;
  readonly by: 'person' | 'package';
  readonly may: readonly BusinessDuty[];
  readonly role: PaymentRole | null;
  readonly reason: 'required' | 'none';
};

function transition(row: PaymentTransition): PaymentTransition {
  return row;
}

export const paymentTransitions = {
  receive: transition({ title: '接收退还书', from: [], to: 'received', by: 'package', may: ['handler'], role: null, reason: 'none' }),
  check: transition({ title: '审核退还书', from: ['received'], to: 'checked', by: 'person', may: ['reviewer'], role: 'checker', reason: 'none' }),
  withdrawCheck: transition({ title: '撤回审核', from: ['checked'], to: 'received', by: 'person', may: ['reviewer', 'approver'], role: null, reason: 'required' }),
  return: transition({ title: '退回税务机关', from: ['received', 'checked'], to: 'returned', by: 'person', may: ['reviewer'], role: 'checker', reason: 'required' }),
  /** Only while the receipt that tells of it has not been sent. */
  undoReturn: transition({ title: '撤销退回', from: ['returned'], to: 'received', by: 'person', may: ['approver'], role: null, reason: 'required' }),
  pay: transition({ title: '退付', from: ['checked'], to: 'paid', by: 'person', may: ['approver'], role: 'payer', reason: 'none' }),
  /** Only while the receipt that tells of it has not been sent: a payment recorded by mistake. */
  undoPay: transition({ title: '撤销退付登记', from: ['paid'], to: 'checked', by: 'person', may: ['approver'], role: 'payer', reason: 'required' }),
  bankReturn: transition({ title: '登记银行退汇', from: ['paid'], to: 'bank-returned', by: 'person', may: ['handler'], role: null, reason: 'required' }),
} as const satisfies Readonly<Record<string, PaymentTransition>>;

export type PaymentAct = keyof typeof paymentTransitions;
export const paymentActs = Object.keys(paymentTransitions) as readonly PaymentAct[];

/** The row of an act, without its literal types. */
export function paymentTransitionOf(act: PaymentAct): PaymentTransition {
  return paymentTransitions[act];
}

export function paymentActFits(act: PaymentAct, state: PaymentState | null): boolean {
  const { from } = paymentTransitionOf(act);
  return state === null ? from.length === 0 : from.includes(state);
}

export function paymentActsFrom(state: PaymentState): readonly PaymentAct[] {
  return paymentActs.filter((act) => paymentActFits(act, state));
}

/** Every change of state that some act makes: what the SQL trigger lets through. */
export function allowedPaymentMoves(): readonly (readonly [PaymentState, PaymentState])[] {
  return paymentActs.flatMap((act) => paymentTransitionOf(act).from.map((from) => [from, paymentTransitionOf(act).to] as const));
}

/** The whole machine in Chinese, one line an act. */
export function paymentLifecycleLines(): readonly string[] {
  return paymentStates.flatMap((state) => [
    paymentStateNames[state],
    ...paymentActsFrom(state).map((act) => {
      const row = paymentTransitionOf(act);
      return `· ${row.title} → ${paymentStateNames[row.to]}（${row.may.map((duty) => dutyNames[duty]).join('或')}${row.reason === 'required' ? '，须写明原因' : ''}）`;
    }),
  ]);
}

/** What a voucher is checked for 审核要素; each finding blocks check and payment. */
export const voucherFindings = {
  'element-missing': '要素不全',
  'lines-differ': '存量、增量之和与退库金额不符',
  'shares-differ': '中央、省级、县级分担额之和与退库金额不符',
  'level-differs': '分担级次金额与本县区分担比例不符',
  'subject-unknown': '预算科目不是留抵退税科目',
  'account-name-differs': '收款户名与纳税人名称不一致',
  'dates-disorder': '申请、核准、开具、接收日期先后不符',
  'batch-differs': '批次合计与明细不符',
  'duplicate-refund': '同一申请已有在办或已退付的退还书',
  'replaces-unreturned': '所替换的退还书未曾退回',
  'under-suspension': '该纳税人在暂缓退库名单内',
} as const;
export type VoucherFinding = keyof typeof voucherFindings;

/** Reasons for which the treasury sends a voucher back 退回原因. */
export const returnReasons = { ...voucherFindings, 'seal-differs': '印鉴不符', other: '其他' } as const;
export type ReturnReason = keyof typeof returnReasons;

/** Reasons of a bank's return 退汇原因. */
export const bankReturnReasons = {
  'account-closed': '账户已销户或冻结',
  'account-name-differs': '户名账号不符',
  'bank-code-wrong': '行号有误',
  other: '其他',
} as const;
export type BankReturnReason = keyof typeof bankReturnReasons;
