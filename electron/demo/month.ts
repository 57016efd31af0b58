/**
 * One filing month of the whole county in the demo: tax office, stick, treasury, stick, cross-off, monthly report; and the equations that
 * the month must satisfy in every office's own figures.
 */
import type { OperationOutput } from '../../shared/contract.ts';
import { groupedYuan, fenOfYuan, type Fen } from '../../shared/kernel/money.ts';
import { civilDate, type CivilDate } from '../../shared/kernel/civil-date.ts';
import { addPeriods, type TaxPeriod } from '../../shared/kernel/tax-period.ts';
import { freezeSurvey, surveyTies, type Tie } from './survey-month.ts';
import { carry, type Stage } from './stage.ts';
import type { PaidInMonth, PaidRefund } from './synthetic-county.ts';
import { actOnAll, everyNth, makeBatch, openMonth, refundsIn, runDesk, sumYuan, type DeskStep, type RosterStep, type Tally } from './tax-month.ts';

export type MonthResult = {
  readonly period: TaxPeriod;
  readonly roster: RosterStep;
  readonly desk: DeskStep;
  readonly survey: OperationOutput<'survey.confirm'>['snapshot'];
  readonly batches: readonly { readonly no: string; readonly count: number; readonly total: Fen }[];
  readonly returned: Tally;
  readonly paid: Tally;
  readonly crossedOff: Tally;
  /** What each recipient's import said. */
  readonly carried: readonly string[];
  readonly bytes: number;
  readonly ties: readonly Tie[];
  /** Paid refunds by taxpayer, so that the next month's credits fall. */
  readonly paidRefunds: PaidInMonth;
};

export async function runMonth(stage: Stage, period: TaxPeriod, rosterFile: string): Promise<MonthResult> {
  const day = (text: string): CivilDate => civilDate(`${period}-${text}`);
  stage.at(day('18'), '09:00');
  const roster = await openMonth(stage, period, rosterFile);
  const carried: string[] = [];
  let bytes = 0;
  const send = async (...terms: Parameters<typeof carry>): Promise<void> => {
    const done = await carry(...terms);
    carried.push(...done.summaries);
    bytes += done.bytes;
  };
  await send(stage, 'tax', 'handler', ['finance', 'treasury'], { kind: 'ENTERPRISE_LIST', period });
  const survey = await stage.phase('底数', () => freezeSurvey(stage, period));
  await send(stage, 'tax', 'handler', ['finance', 'treasury'], { kind: 'SURVEY', period });
  const desk = await stage.phase('退税办理', () =>
    runDesk(stage, period, {
      accept: () => {
        stage.at(day('20'), '09:00');
      },
      review: () => {
        stage.at(day('22'), '09:00');
      },
      approve: () => {
        stage.at(day('24'), '09:00');
      },
    }),
  );
  const batches: { no: string; count: number; total: Fen }[] = [];
  // The second round takes what the treasury returned and the tax office corrected.
  for (const [round, when] of [day('25'), day('27')].entries()) {
    stage.at(when, '09:00');
    if (round > 0) await correctReturned(stage, period);
    const batch = await stage.phase('退税办理', () => makeBatch(stage, period));
    if (batch === null) continue;
    batches.push({ no: batch.batchNo, count: batch.vouchers, total: fenOfYuan(batch.total) });
    await send(stage, 'tax', 'issuer', ['finance', 'treasury'], { kind: 'REFUND_BATCH', batchNo: batch.batchNo });
    await stage.phase('国库退库', () => payBatch(stage, batch.batchNo, round === 0));
    await send(stage, 'treasury', 'handler', ['tax', 'finance'], { kind: 'REFUND_RECEIPT' });
  }
  stage.at(day('28'), '09:00');
  const paidNow = await refundsIn(stage, 'paid', period);
  const crossedOff = await stage.phase('销号', () => actOnAll(stage, 'refunds.crossOff', 'handler', paidNow));
  stage.at(civilDate(`${addPeriods(period, 1)}-08`), '09:00');
  await send(stage, 'tax', 'handler', ['finance', 'treasury'], { kind: 'MONTHLY_REPORT', period });
  const treasuryFigures = await treasuryMonth(stage, batches.map((batch) => batch.no));
  const month = await tieOut(stage, period, { roster, batches, crossedOff, ...treasuryFigures });
  const { paidRefunds } = month;
  const ties = [...month.ties, ...(await stage.phase('底数', () => surveyTies(stage, period, survey, crossedOff.total)))];
  return { period, roster, desk, survey, batches, ...treasuryFigures, crossedOff, carried, bytes, ties, paidRefunds };
}

/** The treasury checks each voucher, returns what is not in order (and, in the first round, a few for a seal that differs), pays the rest. */
async function payBatch(stage: Stage, batchNo: string, returnSome: boolean): Promise<void> {
  const { inOrder, faulty } = await stage.call('treasury', 'handler', 'treasury.findings', { all: { batch: batchNo } });
  const sealed = returnSome ? everyNth(inOrder, 89) : [];
  const good = inOrder.filter((voucher) => !sealed.includes(voucher));
  if (faulty.length > 0) {
    const reason = '退还书要素不符，退回更正';
    await stage.call('treasury', 'reviewer', 'treasury.returnVouchers', { vouchers: faulty.map((voucher) => voucher.voucherNo), reasonCode: 'other', reason });
  }
  if (sealed.length > 0) await stage.call('treasury', 'reviewer', 'treasury.returnVouchers', { vouchers: sealed, reasonCode: 'seal-differs', reason: '印鉴不清，请重新送达' });
  if (good.length === 0) return;
  await stage.call('treasury', 'reviewer', 'treasury.check', { vouchers: good });
  await stage.call('treasury', 'approver', 'treasury.pay', { vouchers: good });
}

async function correctReturned(stage: Stage, period: TaxPeriod): Promise<void> {
  for (const refund of await refundsIn(stage, 'treasury-returned', period)) {
    await stage.call('tax', 'handler', 'refunds.correctReturned', { refund, reason: '重新加盖印鉴后送达' });
  }
}

type TreasuryFigures = { readonly received: Tally; readonly returned: Tally; readonly paid: Tally };

/** What the treasury's own ledger says of the month's batches. */
async function treasuryMonth(stage: Stage, batches: readonly string[]): Promise<TreasuryFigures> {
  const sum = { received: { count: 0, total: 0n }, returned: { count: 0, total: 0n }, paid: { count: 0, total: 0n } };
  for (const batch of batches) {
    for (const [name, states] of [['received', undefined], ['returned', ['returned']], ['paid', ['paid']]] as const) {
      const { totals } = await stage.call('treasury', 'handler', 'treasury.list', { batch, limit: 1, ...(states === undefined ? {} : { states: [...states] }) });
      sum[name].count += totals.count;
      sum[name].total += fenOfYuan(totals.amount);
    }
  }
  return sum;
}

type MonthFigures = TreasuryFigures & { readonly roster: RosterStep; readonly batches: MonthResult['batches']; readonly crossedOff: Tally };

async function tieOut(stage: Stage, period: TaxPeriod, figures: MonthFigures): Promise<{ ties: Tie[]; paidRefunds: PaidInMonth }> {
  const funnel = await stage.call('tax', 'handler', 'refunds.funnel', { period });
  const monthly = await stage.call('tax', 'handler', 'refunds.monthly', { period });
  const paidRefunds = new Map<string, PaidRefund>();
  let taxPaid = 0n;
  for (let offset = 0; ; offset += 1000) {
    const page = await stage.call('tax', 'handler', 'refunds.list', { states: ['crossed-off'], period, offset, limit: 1000 });
    for (const row of page.rows) {
      const paid = fenOfYuan(row.total.paid);
      taxPaid += paid;
      if (row.paidOn === null) continue;
      paidRefunds.set(row.uscc, {
        paidOn: row.paidOn,
        existing: fenOfYuan(row.existing.paid),
        incremental: fenOfYuan(row.incremental.paid),
        general: row.route === '2019-39/8',
      });
    }
    if (page.rows.length < 1000) break;
  }
  const financeBatches = await received(stage, 'finance', 'REFUND_BATCH', figures.batches.length);
  const sent = figures.batches.reduce((sum, batch) => sum + batch.total, 0n);
  const fen = (yuan: string): Fen => fenOfYuan(yuan);
  const ties: Tie[] = [
    { says: '测算可退合计 ＝ 应退名单合计', left: fen(figures.roster.assessed.refundableTotal), right: fen(funnel.total.determined) },
    { says: '应退名单各状态之和 ＝ 合计', left: sumYuan(funnel.states.map((state) => state.determined)), right: fen(funnel.total.determined) },
    { says: '税务发出批次 ＝ 国库收到', left: sent, right: figures.received.total },
    { says: '税务发出批次 ＝ 财政收到', left: sent, right: financeBatches },
    { says: '国库收到 ＝ 退付 ＋ 退回', left: figures.received.total, right: figures.paid.total + figures.returned.total },
    { says: '国库退付 ＝ 税务登记已退付', left: figures.paid.total, right: taxPaid },
    { says: '国库退付 ＝ 销号', left: figures.paid.total, right: figures.crossedOff.total },
    { says: '月报本月退付 ＝ 国库退付', left: fen(monthly.standing.amount), right: figures.paid.total },
  ];
  return { ties, paidRefunds };
}

/** Sum of the newest packages of a kind in an office's own list. */
async function received(stage: Stage, agency: 'finance', kind: 'REFUND_BATCH', newest: number): Promise<Fen> {
  const { rows } = await stage.call(agency, 'handler', 'exchange.listPackages', { direction: 'in', kind, limit: 1000 });
  const byAge = [...rows].sort((a, b) => b.epoch - a.epoch || b.seq - a.seq);
  return sumYuan(byAge.slice(0, newest).map((row) => row.sum));
}

/** One line a month and office, in Chinese. */
export function monthLines(month: MonthResult): string[] {
  const { roster, desk, period } = month;
  const amount = (tally: Tally): string => `${String(tally.count)} 笔 ${groupedYuan(tally.total)} 元`;
  const refused = new Map<string, number>();
  for (const item of desk.notApplied) refused.set(item.code, (refused.get(item.code) ?? 0) + 1);
  const notApplied = refused.size === 0 ? '' : `（未能登记 ${[...refused].map(([code, count]) => `${refusedWords[code] ?? code} ${String(count)} 户`).join('，')}）`;
  const refundable = `可退 ${String(roster.assessed.counts.refundable)} 户 ${groupedYuan(fenOfYuan(roster.assessed.refundableTotal))} 元`;
  return [
    `【${period} 申报期】`,
    `  税务　名册 ${String(roster.imported.accepted)} 户（不合格 ${String(roster.rejected)} 行未导入），${refundable}，告知 ${String(desk.informed)} 户`,
    `  　　　申请 ${amount(desk.applied)}${notApplied}，补正 ${String(desk.resubmitted)}，撤回 ${String(desk.withdrawn)}，暂停后恢复 ${String(desk.suspended)}`,
    `  　　　核准 ${amount(desk.approved)}；批次 ${month.batches.map((batch) => `${batch.no}（${String(batch.count)} 份）`).join('、') || '无'}；销号 ${amount(month.crossedOff)}`,
    `  国库　退付 ${amount(month.paid)}，退回 ${amount(month.returned)}`,
    `  底数　${month.survey.number} ${String(month.survey.taxpayers)} 户 ${groupedYuan(fenOfYuan(month.survey.total))} 元，其中办理期已到 ${groupedYuan(fenOfYuan(month.survey.open))} 元`,
    `  财政　收到批次、回单、月报共 ${String(month.carried.filter((line) => line.startsWith('财政局')).length)} 件`,
    ...month.ties.map((tie) => `  ${tie.left === tie.right ? '✔' : '✘'} ${tie.says}：${groupedYuan(tie.left)}${tie.left === tie.right ? '' : ` ≠ ${groupedYuan(tie.right)}`}`),
  ];
}

/** Why an application could not be registered, for the refusals that the synthetic county holds on purpose; any other is named by its code. */
const refusedWords: Readonly<Record<string, string>> = { ACCOUNT_NAME_DIFFERS: '收款户名与纳税人名称不一致' };
