/** Doing one act on one voucher or many at the treasury 退库办理: the act's own operation, whose schema checks the input in the office. */
import { defineStore } from 'pinia';
import type { OperationInput, OperationName } from '../../shared/contract.ts';
import type { Reply } from '../../shared/reply.ts';
import type { PaymentAct } from '../../shared/treasury/lifecycle.ts';
import { ask } from '../office.ts';
import { useStep } from '../use-answer.ts';
import { paymentForms } from './payment-words.ts';

export type PaymentDraft = { on: string; reasonCode: string; reason: string };
export type PaymentOrder = { readonly act: PaymentAct; readonly vouchers: readonly string[]; readonly draft: PaymentDraft };

/** The input of the act's operation; empty optional fields are left out. */
export function paymentInput(order: PaymentOrder): Readonly<Record<string, unknown>> {
  const form = paymentForms[order.act];
  const { on, reasonCode, reason } = order.draft;
  return {
    vouchers: order.vouchers,
    ...(form?.on === true && on !== '' ? { on } : {}),
    ...(form?.reasons === null || form === undefined ? {} : { reasonCode }),
    ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
  };
}

function perform(order: PaymentOrder): Promise<Reply> {
  const form = paymentForms[order.act];
  if (form === undefined) return Promise.resolve({ ok: false, error: { code: 'ACT_HAS_NO_FORM', message: '这一项由交换包办理，不能在这里办理。账本未变。', details: null } });
  // The form names an operation of this capability; its schema checks the input in the office.
  return ask(form.operation as OperationName, paymentInput(order) as OperationInput<OperationName>);
}

export const usePaymentAct = defineStore('payment-act', () => useStep(perform));
