/** Refunds as a page of cases 退税办理: queues, way, columns, operations and words around the case table. What is done and who may is not decided here. */
import { defineAsyncComponent, h } from 'vue';
import type { OperationOutput } from '../../shared/contract.ts';
import { shanghaiDate, instantOf } from '../../shared/kernel/civil-date.ts';
import { fenOfYuan, parseTotal } from '../../shared/kernel/money.ts';
import { refundCases } from '../../shared/refunds/cases.ts';
import { periodLabel } from '../../shared/kernel/tax-period.ts';
import type { CaseView } from '../components/case/case-view.ts';
import type { TableRow } from '../components/table/columns.ts';
import { ask } from '../office.ts';
import { refundColumns, refundColumnSets, refundRow, refundsSource } from './refunds-table.ts';

const RefundBody = defineAsyncComponent(() => import('./RefundBody.vue'));
type Shown = OperationOutput<'refunds.get'>;

/** What the fields of an act are before it. */
function nowOf({ refund, account }: Shown, act: string): Readonly<Record<string, string>> {
  const { existing, incremental } = refund;
  const payee = { bank: account.bank, account: account.account, accountName: account.accountName, bankCode: account.bankCode ?? '' };
  switch (act) {
    case 'apply': return { existing: existing.determined, incremental: incremental.determined, ...payee };
    case 'resubmit': return { existing: existing.asked, incremental: incremental.asked, ...payee };
    case 'approve': return { existing: existing.asked, incremental: incremental.asked };
    case 'correctReturned': return payee;
    case 'clawBackPart': return { existing: '0.00', incremental: '0.00' };
    default: return {};
  }
}

const fen = (row: TableRow, key: string): bigint => fenOfYuan(String(row[key] ?? ''));

export const refundView: CaseView = {
  table: refundCases, path: '/refunds', title: '退税办理', says: '', rows: '退税记录', rowKey: 'refund', byPeriod: true,
  columns: refundColumns, columnSets: refundColumnSets,
  source: refundsSource,
  counts: async (period) => {
    const reply = await ask('refunds.funnel', period === null ? {} : { period });
    return reply.ok ? { ok: true, value: new Map(reply.value.states.map(({ state, count }) => [state, count])) } : reply;
  },
  get: async (refund) => {
    const reply = await ask('refunds.get', { refund });
    if (!reply.ok) return reply;
    const shown = reply.value;
    const { period, uscc } = shown.refund;
    const clawbacks = shown.clawbacks.filter(({ reversed }) => !reversed);
    return {
      ok: true,
      value: {
        row: refundRow(shown.refund), says: `${uscc}　${periodLabel(period)}申报期`, links: [{ title: '审核说明', to: `/assessment/${period}/${uscc}` }],
        people: shown.people, acts: shown.acts, history: shown.history, now: (act) => nowOf(shown, act),
        choices: { no: Object.fromEntries(clawbacks.map(({ no }) => [String(no), `第 ${String(no)} 次`])) },
        body: () => [h(RefundBody, { shown })],
      },
    };
  },
  help: {
    existing: 'refund.asked', incremental: 'refund.asked', bank: 'refund.account', account: 'refund.account', accountName: 'refund.account', count: 'batch.blind', total: 'batch.blind',
    exportRefundPending: 'refund.clock',
  },
  amountKey: 'inHand', blind: ['formBatch'],
  remarks: (_act, rows) => {
    const today = shanghaiDate(instantOf(Date.now()));
    const less = rows.filter((row) => row['applicationNo'] !== null && fen(row, 'asked') < fen(row, 'determined')).length;
    const cut = rows.filter((row) => fen(row, 'approved') > 0n && fen(row, 'approved') < fen(row, 'asked')).length;
    const fallen = rows.filter((row) => row['fallen'] === true).length;
    const late = rows.filter((row) => row['clock'] === 'running' && typeof row['dueOn'] === 'string' && row['dueOn'] < today).length;
    return [
      ...(fallen === 0 ? [] : [`${String(fallen)} 笔核准后测算下降，须先处理`]),
      ...(less === 0 ? [] : [`${String(less)} 笔申请额低于应退额`]), ...(cut === 0 ? [] : [`${String(cut)} 笔核准额低于申请额`]), ...(late === 0 ? [] : [`${String(late)} 笔已过办理期限`]),
    ];
  },
  outcomes: {
    formBatch: (reply) => {
      const { batch } = reply as OperationOutput<'refunds.formBatch'>; // the reply of this act's own operation
      const count = batch?.vouchers ?? 0;
      return {
        says: `已组成退库批次 ${batch?.batchNo ?? ''}　${String(count)} 份`, count, total: parseTotal(batch?.total ?? ''), state: 'batched',
        link: { title: '打印清单', to: `/reports?id=batch-list&batch=${batch?.batchNo ?? ''}` },
      };
    },
  },
  empty: { says: '还没有退税记录', next: '完成资格测算后，在“资格测算”页列入应退名单。' },
  drawers: [{ title: '批次与号段…', component: defineAsyncComponent(() => import('./RangesDrawer.vue')) }],
};
