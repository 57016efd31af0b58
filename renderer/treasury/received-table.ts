/** Vouchers that finance received, beside the receipts 收到的退还书: the columns of the table, and how its question becomes the operation's. */
import { toldAnswerNames, toldAnswers, toldSortKeys, type ToldAnswer } from '../../shared/treasury/received.ts';
import type { StateWord, TableColumn, TableSource, Tone } from '../components/table/columns.ts';
import { choiceOf, optionsOf, textOf } from '../components/table/filter-values.ts';
import { ask } from '../office.ts';

const tones: Readonly<Record<ToldAnswer, Tone>> = { waiting: 'wait', paid: 'good', returned: 'bad', 'bank-returned': 'bad' };
const answerWords: Readonly<Record<string, StateWord>> = Object.fromEntries(toldAnswers.map((answer) => [answer, { label: toldAnswerNames[answer], tone: tones[answer] }]));

export const receivedColumns: readonly TableColumn[] = [
  { key: 'voucherNo', title: '退还书号', kind: 'code', width: 94, frozen: true, sortable: true },
  { key: 'name', title: '纳税人名称', kind: 'text', width: 250, frozen: true, sortable: true, grows: true, filter: { kind: 'text' } },
  { key: 'uscc', title: '统一社会信用代码', kind: 'code', width: 172 },
  { key: 'amount', title: '退库金额', kind: 'money', width: 140, sortable: true },
  { key: 'answer', title: '回单', kind: 'state', width: 116, states: answerWords, filter: { kind: 'choice', options: optionsOf(toldAnswerNames) } },
  { key: 'differs', title: '不符', kind: 'text', width: 300 },
  { key: 'paidAmount', title: '回单退付金额', kind: 'money', width: 140 },
  { key: 'paidOn', title: '退付日期', kind: 'date', width: 108, sortable: true },
  { key: 'returnedOn', title: '退回日期', kind: 'date', width: 108 },
  { key: 'central', title: '中央分担', kind: 'money', width: 134 },
  { key: 'province', title: '省级分担', kind: 'money', width: 134 },
  { key: 'county', title: '县级分担', kind: 'money', width: 134 },
  { key: 'batchNo', title: '批次', kind: 'code', width: 124 },
];

/** The vouchers of one batch, or of all where none is named. */
export function receivedSource(batch: string | null): TableSource {
  return async ({ offset, limit, sort, filters }) => {
    const reply = await ask('treasury.receivedLines', {
      offset, limit, batch: batch ?? undefined, sort: toldSortKeys.find((key) => key === sort?.key) ?? 'voucherNo', descending: sort?.direction === 'desc',
      text: textOf(filters, 'name'), answer: choiceOf(filters, 'answer', toldAnswers),
    });
    if (!reply.ok) return reply;
    const { rows, totals } = reply.value;
    return { ok: true, value: { rows: [...rows], total: totals.count, totals: { amount: totals.amount, paidAmount: totals.paid } } };
  };
}
