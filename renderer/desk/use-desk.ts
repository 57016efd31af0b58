/**
 * The to-dos of the desk 待办, gathered from the capabilities' own questions: what waits for the duties of the person signed in, what is due, what is
 * missing. Counts and deadlines are the office's; here they only become lines.
 */
import { defineStore } from 'pinia';
import { computed } from 'vue';
import { careNames } from '../../shared/administration/backup-model.ts';
import { duties, dutyNames } from '../../shared/kernel/office.ts';
import { countText } from '../components/table/cell-text.ts';
import type { Tone } from '../components/table/columns.ts';
import { agencyTitle, kindTitle } from '../exchange/exchange-words.ts';
import { ask } from '../office.ts';
import { ownersOf } from '../../shared/kernel/case.ts';
import { refundView } from '../refunds/refund-view.ts';
import { useSession } from '../shell/use-session.ts';
import { paymentCases } from '../treasury/payment-cases.ts';
import { paymentStateNames, paymentStates } from '../../shared/treasury/lifecycle.ts';
import { useAnswer } from '../use-answer.ts';

export type Task = { readonly key: string; readonly kind: string; readonly tone: Tone; readonly says: string; readonly act: string; readonly to: string; readonly queue?: string };

export const useDesk = defineStore('desk', () => {
  const session = useSession();
  const operators = useAnswer(() => ask('administration.operators', {}));
  const funnel = useAnswer(() => ask('refunds.funnel', {}));
  const gaps = useAnswer(() => ask('exchange.gaps', {}));
  const receipts = useAnswer(() => ask('exchange.receipts', {}));
  const care = useAnswer(() => ask('administration.care', {}));
  const payments = useAnswer(async () => {
    const replies = await Promise.all(paymentStates.map((state) => ask('treasury.list', { states: [state], limit: 1 })));
    const refused = replies.find((reply) => !reply.ok);
    if (refused !== undefined) return refused;
    return { ok: true as const, value: replies.map((reply, index) => ({ state: paymentStates[index], count: reply.ok ? reply.value.totals.count : 0 })) };
  });
  const answers = computed(() => {
    const shared = [operators, gaps, receipts, care];
    switch (session.office?.agency) {
      case 'tax': return [...shared, funnel];
      case 'treasury': return [...shared, payments];
      default: return shared;
    }
  });

  const tasks = computed<readonly Task[]>(() => [...refundTasks(), ...paymentTasks(), ...exchangeTasks(), ...peopleTasks(), ...careTasks()]);

  function refundTasks(): Task[] {
    const counts = new Map<string, number>(funnel.value.value?.states.map(({ state, count }) => [state, count]));
    return refundView.queues.flatMap(({ key, title, states }) => {
      const turn = states.flatMap((state) => ownersOf(refundView.table, state));
      const count = states.reduce((sum, state) => sum + (counts.get(state) ?? 0), 0);
      if (count === 0 || !session.holds(turn)) return [];
      return [{ key: `refunds/${key}`, kind: '退税办理', tone: key === 'returned' ? 'bad' as const : 'active' as const, says: `${title} ${countText(count)} 笔`, act: '去办理', to: '/refunds', queue: key }];
    });
  }

  function paymentTasks(): Task[] {
    return (payments.value.value ?? []).flatMap(({ state, count }) => {
      const turn = state === undefined ? [] : ownersOf(paymentCases, state);
      if (state === undefined || count === 0 || !session.holds(turn)) return [];
      return [{ key: `treasury/${state}`, kind: '退库', tone: 'active' as const, says: `收入退还书${state === 'checked' ? '待退付' : paymentStateNames[state]} ${countText(count)} 份`, act: '去办理', to: '/treasury', queue: state }];
    });
  }

  function exchangeTasks(): Task[] {
    const found = gaps.value.value;
    const due = receipts.value.value?.due.length ?? 0;
    return [
      ...(found?.channels ?? []).flatMap((channel): Task[] => [
        ...(channel.frozen === null ? [] : [{ key: `frozen/${channel.peer}`, kind: '通道冻结', tone: 'bad' as const, says: `与${agencyTitle(channel.peer)}的通道已冻结：${channel.frozen.message}`, act: '查看', to: '/exchange' }]),
        ...(channel.missing.length === 0
          ? []
          : [{
              key: `missing/${channel.peer}`, kind: '缺号', tone: 'wait' as const,
              says: `缺少${agencyTitle(channel.peer)}第 ${channel.missing.slice(0, 5).join('、')} 号包，请向对方索取`, act: '查看', to: '/exchange',
            }]),
      ]),
      ...(found?.overdue ?? []).map((row, index): Task => ({
        key: `overdue/${String(index)}`, kind: '逾期', tone: 'wait', says: `${agencyTitle(row.peer)} ${kindTitle(row.kind)}：${row.message}`, act: '查看', to: '/exchange',
      })),
      ...(due === 0 ? [] : [{ key: 'receipts', kind: '回执', tone: 'active' as const, says: `有 ${countText(due)} 个收到的交换包还没有出具回执`, act: '去出具', to: '/exchange' }]),
    ];
  }

  function careTasks(): Task[] {
    return (care.value.value?.due ?? []).map(({ what, reason }): Task => ({
      key: `care/${what}`, kind: careNames[what], tone: 'wait', act: '到系统管理', to: '/administration',
      says: `该${careNames[what]}了：${reason}${what === 'backup' && !session.holds(['system']) ? '，由系统管理员办理' : ''}`,
    }));
  }

  function peopleTasks(): Task[] {
    const people = operators.value.value?.operators;
    if (people === undefined || !session.holds(['system', 'security'])) return [];
    const missing = duties.filter((duty) => !people.some((operator) => operator.active && operator.duties.includes(duty)));
    return missing.length === 0 ? [] : [{ key: 'people', kind: '人员', tone: 'wait', says: `还没有人担任：${missing.map((duty) => dutyNames[duty]).join('、')}`, act: '到系统管理', to: '/administration' }];
  }

  return {
    tasks, funnel,
    waiting: computed(() => answers.value.some((answer) => answer.waiting.value)),
    // The same sentence once, however many questions it answers.
    errors: computed(() => [...new Map(answers.value.flatMap(({ error }) => (error.value === null ? [] : [[error.value.message, error.value] as const]))).values()]),
    async load(): Promise<void> {
      await Promise.all(answers.value.map((answer) => answer.load()));
    },
  };
});
