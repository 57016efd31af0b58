/**
 * The rules of No. 14 of 2022, one a paragraph, in the order in which findings are shown. For those whom article 14 leaves to No. 39
 * the conditions of 2019-39/8 follow in their place.
 * @source 2022-14/1 to /14, 2022-17/2, 2022-19/1, 2022-21/1 to /3; readings.md
 */
import {
  decideEvasion,
  decideExportRefund,
  decideFiled,
  decideFraud,
  decideGeneralTaxpayer,
  decideImmediateRefund,
  decideRating,
  decideStatus,
  decideSuspension,
} from '../../conditions.ts';
import {
  decideEndingCredit,
  decideExistingCredit,
  decideIncrementalCredit,
  decideRatio,
  decideRatioPeriod,
  decideRefund,
  decideShare,
  decideSize,
  decideWindow,
} from '../../measures.ts';
import { defineRule, type Decision, type RuleDefinition, type RuleFacts } from '../../pack.ts';
import { generalSchemeRules } from '../mof-sta-gac-2019-39/rules.ts';
import type { Parameters2022 } from './parameters.ts';

const underGeneral = { '2019-39/8': ['2019-39/8'] } as const;

export const rulesBeforeGeneral: readonly RuleDefinition<Parameters2022>[] = [
  defineRule({
    id: 'generalTaxpayer',
    title: '一般纳税人',
    cites: ['sta-2022-4/4'],
    bears: 'scope',
    outcomes: ['met', 'notMet', 'needsEvidence'],
    decide: ({ row }) => decideGeneralTaxpayer(row),
  }),
  defineRule({
    id: 'status',
    title: '纳税人状态',
    cites: ['reading/status'],
    bears: 'scope',
    outcomes: ['met', 'notMet'],
    decide: ({ row }) => decideStatus(row),
  }),
  defineRule({
    id: 'filed',
    title: '当期已申报',
    cites: ['2022-14/11', 'reading/status'],
    bears: 'condition',
    outcomes: ['met', 'notMet', 'needsEvidence'],
    decide: ({ row }) => decideFiled(row),
  }),
  defineRule({
    id: 'rating',
    title: '纳税信用级别',
    cites: ['2022-14/3(1)'],
    citesUnder: underGeneral,
    bears: 'condition',
    outcomes: ['met', 'notMet', 'needsEvidence'],
    decide: ({ row }, p) => decideRating(row, p.acceptedRatings),
  }),
  defineRule({
    id: 'fraud',
    title: '骗税与虚开',
    cites: ['2022-14/3(2)'],
    citesUnder: underGeneral,
    bears: 'condition',
    outcomes: ['met', 'notMet', 'needsEvidence'],
    decide: ({ row }, p) => decideFraud(row, p.fraudMonths),
  }),
  defineRule({
    id: 'evasion',
    title: '偷税处罚',
    cites: ['2022-14/3(3)'],
    citesUnder: underGeneral,
    bears: 'condition',
    outcomes: ['met', 'notMet', 'needsEvidence'],
    decide: ({ row }, p) => decideEvasion(row, p.evasionMonths, p.evasionPenaltiesBarring),
  }),
  defineRule({
    id: 'immediateRefund',
    title: '即征即退与缴回',
    cites: ['2022-14/3(4)', '2022-14/10', 'reading/dates'],
    citesUnder: { '2019-39/8': ['2019-39/8', '2022-14/10', 'reading/dates'] },
    bears: 'condition',
    outcomes: ['met', 'notMet', 'needsEvidence'],
    decide: ({ row, filing }, p) => decideImmediateRefund(row, p.immediateRefundSince, { filing, notLaterThan: p.repaidNotLaterThan }),
  }),
  defineRule({
    id: 'exportRefund',
    title: '免抵退优先',
    cites: ['2022-14/9', 'sta-2019-20/9(2)', 'reading/status'],
    bears: 'measure',
    outcomes: ['met', 'needsEvidence'],
    decide: ({ row }) => decideExportRefund(row),
  }),
  defineRule({
    id: 'size',
    title: '企业划型',
    cites: ['2022-14/6', '2022-21/3', 'reading/size'],
    bears: 'measure',
    asks: ['size'],
    outcomes: ['met', 'needsEvidence'],
    decide: decideSize,
  }),
  defineRule({
    id: 'industryShare',
    title: '名单内行业销售额占比',
    cites: ['2022-14/7', '2022-21/2', 'reading/share'],
    bears: 'measure',
    asks: ['listing'],
    outcomes: ['met', 'needsEvidence'],
    decide: decideShownShare,
  }),
  defineRule({
    id: 'endingCredit',
    title: '期末留抵税额',
    cites: ['sta-2019-20/9', 'sta-2019-20/9(2)', 'sta-2019-20/9(3)'],
    bears: 'measure',
    asks: ['ending'],
    outcomes: ['met', 'needsEvidence'],
    decide: decideEndingCredit,
  }),
];

export const rulesAfterGeneral: readonly RuleDefinition<Parameters2022>[] = [
  defineRule({
    id: 'existingCredit',
    title: '存量留抵税额',
    cites: ['2022-14/5', 'reading/dates'],
    bears: 'measure',
    asks: ['ending', 'base', 'size', 'listing'],
    outcomes: ['met', 'needsEvidence'],
    decide: decideExisting,
  }),
  defineRule({
    id: 'incrementalCredit',
    title: '增量留抵税额',
    cites: ['2022-14/4'],
    citesUnder: { '2019-39/8': ['2019-39/8', 'reading/credit'] },
    bears: 'measure',
    asks: ['ending', 'base', 'size', 'listing'],
    outcomes: ['met', 'needsEvidence'],
    decide: (facts) => decideIncrementalCredit(facts, facts.existingRefunded && facts.answer.route !== '2019-39/8' ? '已取得一次性存量退税，为当期期末留抵税额' : '与2019年3月31日期末留抵税额相比'),
  }),
  defineRule({
    id: 'ratioPeriod',
    title: '进项统计期间',
    cites: ['2022-14/8', 'reading/ratio'],
    bears: 'measure',
    asks: ['ratio'],
    outcomes: ['met', 'needsEvidence'],
    decide: (facts) => decideRatioPeriod(facts, facts.ratioDetail),
  }),
  defineRule({
    id: 'ratio',
    title: '进项构成比例',
    cites: ['2022-14/8', 'sta-2022-4/2', 'reading/rounding'],
    bears: 'measure',
    asks: ['ratio'],
    outcomes: ['met', 'needsEvidence'],
    decide: ({ ratioDetail }, p) => decideRatio(ratioDetail, { displayScale: p.ratioDisplayScale, roundedBeforeUse: p.ratioRoundedBeforeUse }),
  }),
  defineRule({
    id: 'refund',
    title: '应退税额',
    cites: ['2022-14/8', 'reading/routes', 'reading/rounding'],
    citesUnder: { '2019-39/8': ['2019-39/8', '2022-14/14', 'reading/routes', 'reading/rounding'] },
    bears: 'measure',
    asks: ['ending', 'base', 'ratio', 'size', 'listing', 'recent'],
    outcomes: ['met', 'needsEvidence'],
    decide: decideRefund,
  }),
  defineRule({
    id: 'window',
    title: '受理期',
    cites: ['2022-14/1', '2022-14/2', '2022-17/2', '2022-19/1', '2022-21/1'],
    bears: 'window',
    routes: ['2022-14/1', '2022-14/2'],
    asks: [],
    outcomes: ['met', 'notMet'],
    decide: decideWindow,
  }),
  defineRule({
    id: 'suspension',
    title: '暂停办理情形',
    cites: ['sta-2019-20/12'],
    bears: 'suspension',
    outcomes: ['met', 'notMet', 'needsEvidence'],
    decide: ({ row }) => decideSuspension(row),
  }),
];

/** Rules of 2019-39/8 that stand between the two parts, and the identifiers of all. */
export { generalSchemeRules };

/** The share of the widest list in force is the one shown. */
function decideShownShare(facts: RuleFacts, p: Parameters2022): Decision {
  const share = facts.shares.at(-1);
  if (share === undefined) return { outcome: 'met', facts: { listedShare: null, salesMonths: facts.row.salesMonths }, text: '该申报期没有名单行业' };
  const name = facts.shares.length > 1 ? '制造业、批发零售业等行业' : '制造业等行业';
  return decideShare(facts, share, name, { above: p.shareAbove, monthsMin: p.shareMonthsMin }, p.shareDisplayScale);
}

/** 2019-39/8 has no existing part. */
function decideExisting(facts: RuleFacts): Decision {
  if (facts.answer.route === '2019-39/8' && facts.answer.existingOpenFrom === null) {
    return { outcome: 'met', facts: { existingCredit: '0.00' }, text: '2019年第39号公告第八条没有存量退税' };
  }
  return decideExistingCredit(facts);
}
