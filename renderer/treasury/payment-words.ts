/** States, queues and act forms of vouchers at the treasury 退库用语与办理表. Who may and from which state comes from the lifecycle table. */
import type { OperationName } from '../../shared/contract.ts';
import type { Duty } from '../../shared/kernel/office.ts';
import {
  bankReturnReasons, paymentActFits, paymentActs, paymentStateNames, paymentStates, paymentTransitionOf, returnReasons, type PaymentAct, type PaymentState,
} from '../../shared/treasury/lifecycle.ts';
import type { StateWord, Tone } from '../components/table/columns.ts';

const tones: Readonly<Record<PaymentState, Tone>> = { received: 'active', checked: 'active', paid: 'good', returned: 'bad', 'bank-returned': 'bad' };
export const paymentStateWords: Readonly<Record<PaymentState, StateWord>> = Object.fromEntries(
  paymentStates.map((state) => [state, { label: paymentStateNames[state], tone: tones[state] }]),
) as Record<PaymentState, StateWord>; // one for every state

/** The queues are the states; whose turn it is. */
export const turns: Readonly<Record<PaymentState, Duty | null>> = { received: 'reviewer', checked: 'approver', paid: null, returned: null, 'bank-returned': null };

export type PaymentForm = {
  readonly operation: Extract<OperationName, `treasury.${string}`>;
  readonly says: string;
  /** The closed list of reasons, where the act has one. */
  readonly reasons: Readonly<Record<string, string>> | null;
  readonly on: boolean;
};

export const paymentForms: Partial<Readonly<Record<PaymentAct, PaymentForm>>> = {
  check: { operation: 'treasury.check', says: '审核通过：要素齐全、分担级次与清单一致，共 {n} 份，交退付人退付。', reasons: null, on: false },
  withdrawCheck: { operation: 'treasury.withdrawCheck', says: '撤回审核，回到待审核，共 {n} 份。', reasons: null, on: false },
  return: { operation: 'treasury.returnVouchers', says: '退回税务机关，随下一份回单送出，共 {n} 份。', reasons: returnReasons, on: true },
  undoReturn: { operation: 'treasury.undoReturn', says: '撤销退回登记，回到待审核，共 {n} 份。回单已送出的不能撤销。', reasons: null, on: false },
  pay: { operation: 'treasury.pay', says: '登记退付，随下一份回单送出，共 {n} 份。', reasons: null, on: true },
  undoPay: { operation: 'treasury.undoPay', says: '撤销退付登记，共 {n} 份。回单已送出的不能撤销。', reasons: null, on: false },
  bankReturn: { operation: 'treasury.bankReturn', says: '登记银行退汇，随下一份回单送出，共 {n} 份。', reasons: bankReturnReasons, on: true },
};

/** Acts a person with these duties may try on vouchers in one state. */
export function paymentActsFor(state: PaymentState, held: readonly Duty[]): readonly PaymentAct[] {
  return paymentActs.filter((act) => paymentForms[act] !== undefined && paymentActFits(act, state) && paymentTransitionOf(act).may.some((duty) => held.includes(duty)));
}
