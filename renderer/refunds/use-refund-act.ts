/**
 * Doing one act on one refund or many 办理: runs the act's own operation. The input is checked by the office against that operation's schema;
 * nothing is decided here.
 */
import { defineStore } from 'pinia';
import type { OperationInput, OperationName } from '../../shared/contract.ts';
import type { Reply } from '../../shared/reply.ts';
import type { RefundAct } from '../../shared/refunds/lifecycle.ts';
import { ask } from '../office.ts';
import { useStep } from '../use-answer.ts';
import { actForms } from './act-forms.ts';
import { actInput, type ActDraft } from './act-input.ts';

export type ActOrder = { readonly act: RefundAct; readonly refunds: readonly string[]; readonly draft: ActDraft };

function perform({ act, refunds, draft }: ActOrder): Promise<Reply> {
  const form = actForms[act];
  if (form === undefined) return Promise.resolve({ ok: false, error: { code: 'ACT_HAS_NO_FORM', message: '这一项由交换包或测算办理，不能在这里办理。账本未变。', details: null } });
  // The form names an operation of this capability; its schema checks the input in the office.
  return ask(form.operation as OperationName, actInput(form, refunds, draft) as OperationInput<OperationName>);
}

export const useRefundAct = defineStore('refund-act', () => useStep(perform));
