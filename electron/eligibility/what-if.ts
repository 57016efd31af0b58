/**
 * 差多少就符合: for one roster row and filing period, the nearest changes that would turn the answer into 可退, or raise an amount that is already
 * refundable. The law is not told a second time here: every proposal is the engine's own answer to the changed row, and a bound is the last
 * fen at which the engine still answers otherwise. It is counselling 辅导 and never advice to alter a fact.
 * @source features.md B3, B4
 */
import { verdictNames } from '../../shared/eligibility/terms.ts';
import { lastComparedPeriod, proposalKinds, type Proposal, type ProposalKind, type ProposedChange, type WhatIf } from '../../shared/eligibility/what-if-contract.ts';
import type { Determination } from '../../shared/eligibility/model.ts';
import { present } from '../../shared/kernel/assert.ts';
import { groupedYuan } from '../../shared/kernel/money.ts';
import { addPeriods, periodLabel, taxPeriod, type TaxPeriod } from '../../shared/kernel/tax-period.ts';
import { columnOf } from '../../shared/roster/columns.ts';
import type { RosterRow } from '../../shared/roster/model.ts';
import { evaluateRow, evaluatorFor, type EvaluationOptions } from './evaluate.ts';
import { packFor, type Policy } from './policy.ts';
import { amountLevers } from './what-if-amounts.ts';
import { choiceLevers } from './what-if-levers.ts';
import { foundSets, type Found, type Moved, type Search } from './what-if-search.ts';

export type Searched = { readonly now: Determination; readonly goal: WhatIf['goal']; readonly found: readonly Found[]; readonly reaches: Search['reaches'] };

/**
 * The changes of facts that reach the goal in the same filing period, each with the row that has it and the engine's answer to that row.
 * @param filing filing period 申报期, not before firstFilingPeriod
 * @param known what the office knows beside the row
 */
export function searchedChanges(row: RosterRow, filing: TaxPeriod, policy: Policy, known: EvaluationOptions = {}): Searched {
  const evaluate = evaluatorFor(filing, policy, known);
  const now = evaluate(row);
  const goal = now.verdict === 'refundable' ? 'more' : 'refundable';
  const reaches = (after: Determination): boolean => after.verdict === 'refundable' && (goal === 'refundable' || after.refundableTotal > now.refundableTotal);
  const terms = present(packFor(policy, filing), 'a pack for the filing period').forFiling(filing);
  const given = { row, filing, now, terms, standards: policy.standards };
  const levers = [...choiceLevers(given), ...amountLevers(given)].filter((lever) => goal === 'refundable' || lever.raises);
  return { now, goal, reaches, found: foundSets(row, levers, { evaluate, reaches }, goal === 'refundable') };
}

/**
 * @returns proposals with the cheapest kind first: waiting, supplying, acting, amounts, registered facts. Where no single fact suffices, the pairs
 * that do; where no pair does, one set of which no member can be left out; none when even all facts together do not.
 */
export function whatIf(row: RosterRow, filing: TaxPeriod, policy: Policy, known: EvaluationOptions = {}): WhatIf {
  const { now, goal, found, reaches } = searchedChanges(row, filing, policy, known);
  const waiting = waited(row, { policy, known }, now, reaches);
  const proposals = [...(waiting === null ? [] : [waiting]), ...found.map((one) => proposalOf(one, now))].toSorted((a, b) => rank(a) - rank(b));
  return {
    uscc: row.uscc, name: row.name, period: filing, verdict: now.verdict, route: now.route, refundableTotal: now.refundableTotal, goal, proposals,
    says: opening(now, found, waiting !== null), notes: notesOf(proposals),
  };
}

/** What is said beside every answer, and what a registered fact is. */
function notesOf(proposals: readonly Proposal[]): readonly string[] {
  const registered = proposals.some(({ changes }) => changes.some(({ kind }) => kind === 'registered'));
  return [
    '以上供辅导和核对使用，不改变任何事实，也不建议改变；每一项都已按改变后的名册重新测算',
    ...(registered ? ['“登记或公布的事实”以登记、评价、处理结果为准，留抵退税办理中不作改变；如该事实有误，请在原系统更正后重新导入名册'] : []),
  ];
}

function rank({ kind, changes }: Proposal): number {
  return changes.length * proposalKinds.length + proposalKinds.indexOf(kind);
}

function opening(now: Determination, found: readonly Found[], waits: boolean): string {
  const size = found[0]?.moved.length ?? 0;
  if (now.verdict === 'refundable') return size === 0 && !waits ? '已可退；没有查到能使金额增加的单项事实' : '已可退；下列任一项成立时，金额会增加';
  if (size === 0) return waits ? '没有查到改变后即可退的事实；时间届至后的结论如下' : '没有查到改变后即可退的事实，几项一并改变也不能';
  if (size === 1) return '下列任一项成立时，结论变为可退';
  return `单独一项不能使结论变为可退；下列每组${String(size)}项须同时成立，缺一不可`;
}

function changeOf(one: Moved, after: Determination): ProposedChange {
  const { fact, kind, from } = one.lever;
  const head = { fact, kind, header: columnOf(fact).header, from };
  if ('option' in one) return { ...head, to: one.option.to, distance: null, says: one.option.says };
  const { fen, lever } = one;
  const distance = lever.start === null ? null : fen > lever.start ? fen - lever.start : lever.start - fen;
  return { ...head, to: `${groupedYuan(fen)}元`, distance, says: lever.says({ fen, distance, after }) };
}

function proposalOf({ moved, after }: Found, now: Determination): Proposal {
  const changes = moved.map((one) => changeOf(one, after));
  const rules = new Set(moved.flatMap(({ lever }) => lever.rules));
  const kind = changes.reduce<ProposalKind>((hardest, change) => (proposalKinds.indexOf(change.kind) > proposalKinds.indexOf(hardest) ? change.kind : hardest), 'time');
  return proposed({ kind, changes, period: now.period, says: `${changes.map(({ says }) => says).join('；并且')}，${answerWords(after)}` }, after, citesOf([now, after], rules));
}

/** `此时结论为可退，应退税额合计1.00元（存量…，增量…）`. */
function answerWords({ verdict, refundableTotal, existingOpenFrom, incrementalOpenFrom, refundableExisting, refundableIncremental, period }: Determination): string {
  const parts = ([['存量', refundableExisting, existingOpenFrom], ['增量', refundableIncremental, incrementalOpenFrom]] as const)
    .flatMap(([name, amount, from]) => (amount === null || amount === 0n || (from !== null && from > period) ? [] : [`${name}${groupedYuan(amount)}元`]));
  return `经复算结论为${verdictNames[verdict]}，应退合计${groupedYuan(refundableTotal)}元${parts.length > 1 ? `（${parts.join('，')}）` : ''}`;
}

function proposed(head: Pick<Proposal, 'kind' | 'changes' | 'period' | 'says'>, after: Determination, cites: readonly string[]): Proposal {
  const { verdict, route, refundableExisting, refundableIncremental, refundableTotal } = after;
  return { ...head, verdict, route, refundableExisting, refundableIncremental, refundableTotal, cites };
}

function citesOf(determinations: readonly Determination[], rules: ReadonlySet<string>): readonly string[] {
  return [...new Set(determinations.flatMap(({ findings }) => findings.filter(({ rule }) => rules.has(rule)).flatMap(({ cites }) => cites)))];
}

/** The first later filing period in which the same row reaches the goal: windows open, months pass, rules are replaced. */
function waited(row: RosterRow, { policy, known }: { readonly policy: Policy; readonly known: EvaluationOptions }, now: Determination, reaches: Search['reaches']): Proposal | null {
  const last = taxPeriod(lastComparedPeriod);
  for (let later = addPeriods(now.period, 1); later <= last; later = addPeriods(later, 1)) {
    const after = evaluateRow(row, later, policy, known);
    if (!reaches(after)) continue;
    // A larger amount under later rules is the comparison of periods' business, not something that the firm waits for.
    if (now.verdict === 'refundable' && after.pack !== now.pack) return null;
    const failing = new Set(now.findings.filter(({ outcome }) => outcome !== 'met').map(({ rule }) => rule));
    const otherRules = after.pack === now.pack ? '' : '（适用的文件已不同）';
    const says = `自${periodLabel(later)}申报期起${otherRules}，如名册各项事实不变，${answerWords(after)}`;
    return proposed({ kind: 'time', changes: [], period: later, says }, after, citesOf([now, after], new Set([...failing, 'window', 'refund'])));
  }
  return null;
}
