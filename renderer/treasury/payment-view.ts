/** Vouchers at the treasury as a page of cases 退库: queues, columns, operations and words around the case table. What is done is not decided here. */
import { defineAsyncComponent, h } from 'vue';
import { paymentCases, paymentStates } from '../../shared/treasury/cases.ts';
import type { CaseView } from '../components/case/case-view.ts';
import { ask } from '../office.ts';
import { paymentColumns, paymentColumnSets, paymentsSource } from './payments-table.ts';

const PaymentBody = defineAsyncComponent(() => import('./PaymentBody.vue'));

export const paymentView: CaseView = {
  table: paymentCases, path: '/treasury', title: '退库', says: '税务机关送来的收入退还书：先审核，后退付；有问题的退回。', rows: '退还书', rowKey: 'voucherNo', byPeriod: false,
  columns: paymentColumns, columnSets: paymentColumnSets,
  source: paymentsSource,
  counts: async () => {
    const replies = await Promise.all(paymentStates.map(async (state) => [state, await ask('treasury.list', { states: [state], limit: 1 })] as const));
    const refused = replies.find(([, reply]) => !reply.ok)?.[1];
    return refused?.ok === false ? refused : { ok: true, value: new Map(replies.flatMap(([state, reply]) => (reply.ok ? [[state, reply.value.totals.count]] : []))) };
  },
  get: async (voucher) => {
    const reply = await ask('treasury.get', { voucher });
    if (!reply.ok) return reply;
    const shown = reply.value;
    return {
      ok: true,
      value: {
        row: shown.voucher, says: `${shown.voucher.uscc}　退还书 ${shown.voucher.voucherNo}`, links: [], people: shown.people, acts: shown.acts, history: shown.history, now: () => ({}),
        body: () => [h(PaymentBody, { shown })],
      },
    };
  },
  help: {}, amountKey: 'amount', blind: [], remarks: () => [],
  foresee: async (act, keys) => {
    if (act !== 'check' && act !== 'pay') return { ok: true, value: [] };
    const reply = await ask('treasury.findings', { vouchers: [...keys] });
    if (!reply.ok) return reply;
    const said = (findings: readonly { readonly message: string }[]): string => findings.map(({ message }) => message).join('；');
    return { ok: true, value: reply.value.faulty.map(({ voucherNo, name, findings }) => ({ case: voucherNo, name, message: said(findings) })) };
  },
  empty: { says: '这里现在没有退还书', next: '在“交换”页导入税务局送来的退库批次后，退还书列在这里。' },
  sheets: [
    { key: 'batches', title: '收到的批次', component: defineAsyncComponent(() => import('./BatchesSheet.vue')) },
    { key: 'suspensions', title: '暂缓名单', component: defineAsyncComponent(() => import('./SuspensionsSheet.vue')) },
  ],
};
