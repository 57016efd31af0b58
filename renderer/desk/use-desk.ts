/**
 * The desk 工作台: what waits for the duties of the person signed in, what is due, what is missing, and four figures on top. Counts, sums and deadlines
 * are the office's; here they only become lines, grouped by their clock.
 */
import { defineStore } from 'pinia';
import { computed } from 'vue';
import { careNames } from '../../shared/administration/backup-model.ts';
import { businessDuties, dutyNames } from '../../shared/kernel/office.ts';
import { addPeriods, periodLabel, periodOf } from '../../shared/kernel/tax-period.ts';
import { instantOf, shanghaiDate } from '../../shared/kernel/civil-date.ts';
import { countText } from '../components/table/cell-text.ts';
import type { Tone } from '../components/table/columns.ts';
import { agencyTitle, kindTitle } from '../exchange/exchange-words.ts';
import { ask } from '../office.ts';
import { queuesOf } from '../components/case/case-view.ts';
import { refundCases } from '../../shared/refunds/cases.ts';
import { riskCases } from '../../shared/risk/cases.ts';
import { paymentCases } from '../../shared/treasury/cases.ts';
import { useSession } from '../shell/use-session.ts';
import { useAnswer, type Answer } from '../use-answer.ts';
import { deskOf, type DeskRow } from './desk-lines.ts';
import { firstSteps } from './first-run.ts';

/** The groups of the to-dos, by how near their day is. */
export const clocks = { today: '今天到期', soon: '3 个工作日内', other: '其余' } as const;
export type Task = {
  readonly key: string; readonly clock: keyof typeof clocks; readonly kind: string; readonly tone: Tone; readonly says: string; readonly total?: string | null; readonly since?: string | null;
  readonly act: string; readonly to: string; readonly queue?: string;
};
/** Cases that have a page 办理页: their table, and the word for the page. */
const casePages = [{ cases: refundCases, kind: '退税办理' }, { cases: paymentCases, kind: '退库' }, { cases: riskCases, kind: '风险' }] as const;
/** Lines beside the states of cases, and where what they count is looked at. */
const besideCases: Readonly<Record<string, Pick<Task, 'act' | 'to'> | null>> = {
  'treasury/receipt-unsent': { act: '去交换', to: '/exchange' }, 'refunds/batched': { act: '去交换', to: '/exchange' },
  'treasury/told-differs': { act: '去核对', to: '/received' }, 'refunds/fallen': null,
};
export type Figure = { readonly title: string; readonly yuan: string; readonly count: number };

export const useDesk = defineStore('desk', () => {
  const session = useSession();
  const thisMonth = () => periodOf(shanghaiDate(instantOf(Date.now())));
  const agency = () => session.office?.agency ?? 'finance';
  /** Administrators read no taxpayers, so they are asked nothing about them. */
  const reads = () => session.holds(businessDuties);
  const desk = useAnswer(() => deskOf(agency(), reads()));
  const first = useAnswer(() => firstSteps(agency(), session.office?.practice === true, reads()));
  const gaps = useAnswer(() => ask('exchange.gaps', {}));
  const receipts = useAnswer(() => ask('exchange.receipts', {}));
  const sent = useAnswer(() => ask('exchange.listPackages', { direction: 'out', limit: 1000 }));
  const care = useAnswer(() => ask('administration.care', {}));
  const snapshots = useAnswer(() => ask('survey.snapshots', {}));
  const amendments = useAnswer(() => ask('policy.amendments', {}));
  const numbers = useAnswer(() => ask('refunds.voucherRanges', {}));
  const month = useAnswer(() => ask('refunds.monthly', { period: thisMonth() }));
  const lastMonth = useAnswer(() => ask('refunds.monthly', { period: addPeriods(thisMonth(), -1) }));
  const answers = computed<readonly Answer<unknown>[]>(() => {
    if (session.person?.duties.length === 0) return [];
    return [desk, first, gaps, receipts, sent, care, amendments, ...(reads() ? [snapshots] : []), ...(reads() && agency() === 'tax' ? [numbers, month, lastMonth] : [])];
  });
  const lines = computed(() => desk.value.value?.lines ?? []);

  const tasks = computed<readonly Task[]>(() => [...caseTasks(), ...officeTasks(), ...exchangeTasks(), ...careTasks()]);

  function caseTasks(): Task[] {
    // What has no page of cases is told below, in its own words.
    return lines.value.filter((line) => session.holds(line.may)).flatMap((line): Task[] => {
      const { table, state, title, count, overdue, daysLeft } = line;
      const page = casePages.find(({ cases }) => cases.name === table);
      const key = `${table}/${state}`;
      if (page === undefined || !(Object.hasOwn(page.cases.states, state) || Object.hasOwn(besideCases, key))) return [];
      const { counter } = page.cases;
      const left = daysLeft === null || daysLeft < 0 ? '' : daysLeft === 0 ? '，今天到期' : `，最近的一${counter}还有 ${String(daysLeft)} 个工作日`;
      return [{
        key, clock: daysLeft === null || daysLeft > 3 ? 'other' : daysLeft <= 0 ? 'today' : 'soon', kind: page.kind,
        tone: overdue > 0 ? 'bad' : daysLeft !== null && daysLeft <= 3 ? 'wait' : 'active', total: line.total, since: line.oldest,
        says: `${title} ${countText(count)} ${counter}${overdue > 0 ? `，其中 ${countText(overdue)} ${counter}已超期` : left}`,
        ...(besideCases[key] ?? {
          act: '去办理', to: `/${table}`, queue: queuesOf(page.cases).find(({ states }) => states.includes(state))?.key ?? state,
        }),
      }];
    });
  }

  function officeTasks(): Task[] {
    const unconfirmed = (snapshots.value.value?.snapshots ?? []).filter((snapshot) => snapshot.newest && snapshot.package === null && snapshot.confirmedOn === null);
    const open = (amendments.value.value?.amendments ?? []).filter(({ state }) => state === 'received' || state === 'proposed');
    const wanted = lines.value.filter(({ state }) => state === 'approved' || state === 'corrected').reduce((sum, line) => sum + line.count, 0);
    const left = numbers.value.value?.left ?? wanted;
    const report = lastMonth.value.value;
    const reported = sent.value.value?.rows.some(({ kind, period }) => kind === 'MONTHLY_REPORT' && period === report?.period) ?? true;
    const today = shanghaiDate(instantOf(Date.now()));
    const tasks: Task[] = [];
    const add = (task: Omit<Task, 'clock'> & Partial<Pick<Task, 'clock'>>): void => { tasks.push({ clock: 'other', ...task }); };
    for (const { number, period, frozenOn, total } of session.holds(['reviewer']) ? unconfirmed : []) {
      add({ key: `survey/${number}`, kind: '退税底数', tone: 'active', says: `${periodLabel(period)}底数待复核，${frozenOn} 冻结`, total, act: '去复核', to: '/roster' });
    }
    if (open.length > 0 && session.holds(['handler', 'reviewer', 'approver'])) {
      add({ key: 'amendments', kind: '政策更正', tone: 'wait', says: `有 ${countText(open.length)} 项政策更正等待确认`, act: '去确认', to: '/policy' });
    }
    for (const { title, oldest } of lines.value.filter(({ state, may }) => state === 'profile-proposed' && session.holds(may))) {
      add({ key: 'profile', kind: '县区参数', tone: 'wait', since: oldest, says: title, act: '去确认', to: '/administration' });
    }
    if (left < wanted && session.holds(['issuer'])) {
      add({ key: 'numbers', kind: '退还书号段', tone: 'wait', says: `待开具 ${countText(wanted)} 份，号段只剩 ${countText(left)} 个`, act: '去登记', to: '/refunds' });
    }
    if (report !== null && report.paid.count > 0 && !reported && session.holds(['handler', 'issuer'])) {
      add({
        key: 'monthly', clock: report.dueOn <= today ? 'today' : 'soon', kind: '月报', tone: report.dueOn < today ? 'bad' : 'wait', total: report.paid.amount, act: '去交换', to: '/exchange',
        says: `${periodLabel(report.period)}退税月报未送财政局，应于 ${report.dueOn} 前报送`,
      });
    }
    return tasks;
  }

  function exchangeTasks(): Task[] {
    const found = gaps.value.value;
    const due = receipts.value.value?.due.length ?? 0;
    const unwritten = (sent.value.value?.rows ?? []).filter(({ state }) => state === 'SIGNED').length;
    const at = { clock: 'other', act: '查看', to: '/exchange' } as const;
    return [
      ...(receipts.value.value?.got ?? []).flatMap(({ peer, seq, dispute }): Task[] => (dispute === null ? [] : [{
        ...at, key: `disputed/${peer}/${String(seq)}`, kind: '回执争议', tone: 'bad', says: `${agencyTitle(peer)}对本单位第 ${String(seq)} 号包的${dispute}，请与对方核对`,
      }])),
      ...(found?.channels ?? []).flatMap((channel): Task[] => [
        ...(channel.stop === null ? [] : [{ ...at, key: `stopped/${channel.peer}`, kind: '通道停用', tone: 'bad' as const, says: `${channel.stop.says}；${channel.stop.call}` }]),
        ...(channel.missing.length === 0
          ? []
          : [{ ...at, key: `missing/${channel.peer}`, kind: '缺号', tone: 'wait' as const, says: `缺少${agencyTitle(channel.peer)}第 ${channel.missing.slice(0, 5).join('、')} 号包，请向对方索取` }]),
      ]),
      ...lines.value.filter(({ state, may }) => state === 'suspensions-untold' && session.holds(may)).map(({ title, count }): Task => (
        { ...at, key: `untold/${title}`, kind: '暂缓退库', tone: 'wait', says: `${title} ${countText(count)} 项，送达以前国库照常退付`, act: '去制作' })),
      ...(found?.keys ?? []).map((key): Task => ({ ...at, key: `key/${key.agency}`, clock: key.daysLeft < 0 ? 'today' : 'other', kind: '密钥到期', tone: key.daysLeft < 8 ? 'bad' : 'wait', says: key.message })),
      ...(found?.overdue ?? []).map((row, index): Task => ({ ...at, key: `overdue/${String(index)}`, kind: '逾期', tone: 'wait', says: `${agencyTitle(row.peer)} ${kindTitle(row.kind)}：${row.message}` })),
      ...(unwritten === 0 ? [] : [{ ...at, key: 'unwritten', kind: '未写盘', tone: 'wait' as const, says: `有 ${countText(unwritten)} 个交换包已签名，还没有写入 U 盘`, act: '去写盘' }]),
      ...(due === 0 ? [] : [{ ...at, key: 'receipts', kind: '回执', tone: 'active' as const, says: `有 ${countText(due)} 个收到的交换包还没有出具回执`, act: '去出具' }]),
    ];
  }

  function careTasks(): Task[] {
    return (care.value.value?.due ?? []).map(({ what, reason }): Task => ({
      key: `care/${what}`, clock: 'other', kind: careNames[what], tone: 'wait', act: '到系统管理', to: '/administration',
      says: `该${careNames[what]}了：${reason}${what === 'backup' && !session.holds(['system']) ? `，由${dutyNames.system}办理` : ''}`,
    }));
  }

  const figures = computed<readonly Figure[]>(() => {
    const of = (state: string): DeskRow | undefined => lines.value.find((line) => line.state === state);
    const shown = (title: string, line: DeskRow | undefined): Figure => ({ title, yuan: line?.total ?? '0.00', count: line?.count ?? 0 });
    const funnel = desk.value.value?.funnel;
    if (funnel !== null && funnel !== undefined && month.value.value !== null) {
      const { paid, outstanding } = month.value.value;
      const step = (name: string): Figure => { const found = funnel.reached.find((reached) => reached.step === name); return { title: '', yuan: found?.amount ?? '0.00', count: found?.count ?? 0 }; };
      const under = funnel.states.find(({ state }) => state === 'sent');
      return [
        { ...step('listed'), title: '应退' }, { title: '本月已退', yuan: paid.amount, count: paid.count }, { title: '在途', yuan: under?.approved ?? '0.00', count: under?.count ?? 0 },
        { title: '未销号', yuan: outstanding.amount, count: outstanding.count },
      ];
    }
    return session.office?.agency === 'treasury' ? [shown('待审核', of('received')), shown('待退付', of('checked')), shown('已退付', of('paid')), shown('银行退汇', of('bank-returned'))] : [];
  });

  return {
    tasks, figures, steps: computed(() => first.value.value ?? []), reached: computed(() => desk.value.value?.funnel?.reached ?? []),
    waiting: computed(() => answers.value.some((answer) => answer.waiting.value)),
    // The same sentence once, however many questions it answers.
    errors: computed(() => [...new Map(answers.value.flatMap(({ error }) => (error.value === null ? [] : [[error.value.message, error.value] as const]))).values()]),
    async load(): Promise<void> {
      await Promise.all(answers.value.map((answer) => answer.load()));
    },
  };
});
