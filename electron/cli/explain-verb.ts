/**
 * The verb `explain` 审核说明: the whole trace of one determination, and on request what would turn it (--what-if) and the same taxpayer in every
 * filing period (--across). Words only; the answers are the operations'.
 */
import type { OperationOutput } from '../../shared/contract.ts';
import { outcomeNames, routeNames, sizeNames, verdictNames } from '../../shared/eligibility/terms.ts';
import { proposalKindNames } from '../../shared/eligibility/what-if-contract.ts';
import { groupedYuan, fenOfYuan } from '../../shared/kernel/money.ts';
import type { TaxPeriod } from '../../shared/kernel/tax-period.ts';
import { periodOf, requiredOption, textOption, UsageFault, type Verb } from './verb.ts';

export const explain: Verb = {
  name: 'explain',
  usage: 'USCC --period YYYY-MM [--what-if] [--across YYYY-MM..YYYY-MM] --office DIR',
  says: '一户的审核说明：每条规则、依据条款、事实与结论，及金额；--what-if 加上差多少就符合，--across 加上各申报期对照（all 为 2019-05..2027-12）。',
  options: { period: 'text', 'what-if': 'flag', across: 'text' },
  words: [1, 1],
  async run({ words, options, session }) {
    const asked = { uscc: words[0] ?? '', period: periodOf(requiredOption(options, 'period')) };
    const across = spanOf(textOption(options, 'across'));
    const found = await session().call('eligibility.explain', asked);
    const whatIf = options['what-if'] === true ? await session().call('eligibility.whatIf', asked) : null;
    const timeMachine = across === null ? null : await session().call('eligibility.timeMachine', { ...asked, ...across });
    return {
      exit: 0,
      json: { ...found, ...(whatIf === null ? {} : { whatIf }), ...(timeMachine === null ? {} : { timeMachine }) },
      text: [...explained(found), ...(whatIf === null ? [] : ['', ...proposed(whatIf)]), ...(timeMachine === null ? [] : ['', ...compared(timeMachine)])].join('\n'),
    };
  },
};

/** `2019-05..2027-12`, or `all` for the whole span of the rules. @throws UsageFault */
function spanOf(text: string | undefined): { readonly from?: TaxPeriod; readonly until?: TaxPeriod } | null {
  if (text === undefined) return null;
  if (text === 'all') return {};
  const [from = '', until = '', ...more] = text.split('..');
  if (more.length > 0 || until === '') throw new UsageFault('--across 须是 YYYY-MM..YYYY-MM，或 all');
  return { from: periodOf(from), until: periodOf(until) };
}

function explained(found: OperationOutput<'eligibility.explain'>): string[] {
  return [
    `${found.name}（${found.uscc}）${found.period} 申报期`,
    `结论：${verdictNames[found.verdict]}；适用 ${found.route === null ? '无' : routeNames[found.route]}；划型 ${sizeNames[found.size]}`,
    `期末留抵 ${amount(found.endingCredit)}，存量 ${amount(found.existingCredit)}，增量 ${amount(found.incrementalCredit)}，进项构成比例 ${found.ratio ?? '未知'}`,
    `可退存量 ${amount(found.refundableExisting)}，可退增量 ${amount(found.refundableIncremental)}，可退合计 ${amount(found.refundableTotal)}`,
    ...found.findings.map((finding) => `  ${outcomeNames[finding.outcome]}  ${finding.text}（${finding.cites.join('、')}）`),
    ...found.warnings.map((warning) => `  提示  ${warning}`),
  ];
}

function proposed({ says, proposals, notes, changedSince }: OperationOutput<'eligibility.whatIf'>): string[] {
  return [
    `差多少就符合：${says}`,
    ...proposals.map((proposal) => `  ${proposalKindNames[proposal.kind]}  ${proposal.says}（${proposal.cites.join('、')}）`),
    ...notes.map((note) => `  说明  ${note}`),
    ...(changedSince ? ['  说明  名册或政策在测算入账后已经变化，以上按现在的名册和政策；账上的结论须重新测算'] : []),
  ];
}

function compared({ from, until, runs, says }: OperationOutput<'eligibility.timeMachine'>): string[] {
  const months = (run: (typeof runs)[number]): string => (run.from === run.until ? run.from : `${run.from} 至 ${run.until}`);
  return [
    `各时期对照（${from} 至 ${until}）：${says}`,
    ...runs.flatMap((run) => [
      `  ${months(run)}  ${verdictNames[run.verdict]}  ${run.route === null ? '无适用条款' : routeNames[run.route]}  ${sizeNames[run.size]}  比例 ${run.ratio ?? '未知'} × ${run.refundRate ?? '—'}  存量 ${
        amount(run.refundableExisting)}  增量 ${amount(run.refundableIncremental)}  应退 ${amount(run.refundableTotal)}`,
      `      ${run.deciding.text}（${run.deciding.cites.join('、')}）`,
    ]),
  ];
}

function amount(text: string | null): string {
  return text === null ? '未知' : `${groupedYuan(fenOfYuan(text))} 元`;
}
