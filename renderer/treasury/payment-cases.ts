/** The states of a voucher at the treasury as a case table 退库办理表: how each looks, who owns its next act, what each act asks. From the lifecycle. */
import { forbiddenPaymentPairs, refundRoleNames, type PaymentRole } from '../../shared/administration/duties.ts';
import { defineCases, type CaseAct, type CaseState } from '../../shared/kernel/case.ts';
import { field } from '../../shared/kernel/record.ts';
import {
  bankReturnReasons, paymentActs, paymentStateNames, paymentStates, paymentTransitionOf, returnReasons, type PaymentAct, type PaymentState,
} from '../../shared/treasury/lifecycle.ts';

const states: Readonly<Record<PaymentState, Omit<CaseState<PaymentAct>, 'name'>>> = {
  received: { tone: 'active', next: 'check', step: '接收' },
  checked: { tone: 'active', next: 'pay', queue: '待退付', step: '审核' },
  paid: { tone: 'good', next: null, step: '退付' },
  returned: { tone: 'bad', next: null },
  'bank-returned': { tone: 'bad', next: null },
};
const on = { on: field.optional(field.date('日期')) };
const reason = { reason: field.text('说明', 200) };
const asks: Partial<Readonly<Record<PaymentAct, Pick<CaseAct, 'says' | 'input' | 'operation'>>>> = {
  check: { says: '审核通过：要素齐全、分担级次与清单一致，交退付人退付。' },
  withdrawCheck: { says: '撤回审核，回到待审核。', input: reason },
  return: { operation: 'returnVouchers', says: '退回税务机关，随下一份回单送出。', input: { reasonCode: field.oneOf('原因类别', returnReasons), ...on, ...reason } },
  undoReturn: { says: '撤销退回登记，回到待审核。回单已送出的不能撤销。', input: reason },
  pay: { says: '登记退付，随下一份回单送出。', input: on },
  undoPay: { says: '撤销退付登记。回单已送出的不能撤销。', input: reason },
  bankReturn: { says: '登记银行退汇，随下一份回单送出。', input: { reasonCode: field.oneOf('原因类别', bankReturnReasons), ...on, ...reason } },
};
const caseAct = (act: PaymentAct): CaseAct<PaymentState, PaymentRole> => {
  const asked = asks[act];
  return { ...paymentTransitionOf(act), basis: null, ...(asked === undefined ? {} : { operation: act, ...asked }) };
};

export const paymentCases = defineCases({
  name: 'treasury', title: '退库', counter: '份', cases: 'vouchers', case: 'voucher',
  states: Object.fromEntries(paymentStates.map((state) => [state, { name: paymentStateNames[state], ...states[state] }])) as Record<PaymentState, CaseState<PaymentAct>>, // one for every state
  acts: Object.fromEntries(paymentActs.map((act) => [act, caseAct(act)])) as Record<PaymentAct, ReturnType<typeof caseAct>>, // one for every act
  roleNames: refundRoleNames as Readonly<Record<PaymentRole, string>>, // names more roles than this table has
  forbidden: forbiddenPaymentPairs,
});
