/**
 * The rules of 2019-39/8, one a condition or step of its paragraph. The rules of the general scheme are also laid into the pack of
 * No. 14, which leaves medium and large taxpayers outside its industries to them.
 * @source 2019-39/8; readings.md
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
import { decideCountedMonths, decideEveryMonth, decideLastIncrease } from '../../general-conditions.ts';
import {
  decideEndingCredit,
  decideIncrementalCredit,
  decideRatio,
  decideRatioPeriod,
  decideRefund,
  decideSize,
} from '../../measures.ts';
import { defineRule, type RuleDefinition } from '../../pack.ts';
import type { GeneralParameters } from './parameters.ts';

const cites = ['2019-39/8'];
const baseName = '2019年3月31日期末留抵税额';

/** Conditions of the general scheme itself. */
export const generalSchemeRules: readonly RuleDefinition<GeneralParameters>[] = [
  defineRule({
    id: 'countedMonths',
    title: '连续月份的起点',
    cites: ['2019-39/8', 'reading/credit'],
    bears: 'condition',
    routes: ['2019-39/8'],
    asks: [],
    outcomes: ['met', 'notMet'],
    decide: (facts, p) => decideCountedMonths(facts, p.firstCountedMonth),
  }),
  defineRule({
    id: 'sixMonths',
    title: '连续六个月增量均大于零',
    cites: ['2019-39/8', 'reading/credit'],
    bears: 'condition',
    routes: ['2019-39/8'],
    asks: ['recent', 'base', 'ending'],
    outcomes: ['met', 'notMet', 'needsEvidence'],
    decide: (facts) => decideEveryMonth(facts, facts.base, '增量留抵税额'),
  }),
  defineRule({
    id: 'lastIncrease',
    title: '第六个月增量不低于50万元',
    cites: ['2019-39/8', 'reading/credit'],
    bears: 'condition',
    routes: ['2019-39/8'],
    asks: ['ending', 'base'],
    outcomes: ['met', 'notMet', 'needsEvidence'],
    decide: (facts, p) => decideLastIncrease(facts, facts.base, p.increaseAtLeast, baseName),
  }),
];

export const generalPackRules: readonly RuleDefinition<GeneralParameters>[] = [
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
    cites: ['sta-2019-20/3', 'reading/status'],
    bears: 'condition',
    outcomes: ['met', 'notMet', 'needsEvidence'],
    decide: ({ row }) => decideFiled(row),
  }),
  defineRule({
    id: 'rating',
    title: '纳税信用级别',
    cites,
    bears: 'condition',
    outcomes: ['met', 'notMet', 'needsEvidence'],
    decide: ({ row }, p) => decideRating(row, p.acceptedRatings),
  }),
  defineRule({
    id: 'fraud',
    title: '骗税与虚开',
    cites,
    bears: 'condition',
    outcomes: ['met', 'notMet', 'needsEvidence'],
    decide: ({ row }, p) => decideFraud(row, p.fraudMonths),
  }),
  defineRule({
    id: 'evasion',
    title: '偷税处罚',
    cites,
    bears: 'condition',
    outcomes: ['met', 'notMet', 'needsEvidence'],
    decide: ({ row }, p) => decideEvasion(row, p.evasionMonths, p.evasionPenaltiesBarring),
  }),
  defineRule({
    id: 'immediateRefund',
    title: '即征即退',
    cites: ['2019-39/8', 'reading/dates'],
    bears: 'condition',
    outcomes: ['met', 'notMet', 'needsEvidence'],
    decide: ({ row, filing }, p) => decideImmediateRefund(row, p.immediateRefundSince, { filing, notLaterThan: null }),
  }),
  defineRule({
    id: 'exportRefund',
    title: '免抵退优先',
    cites: ['sta-2019-20/9(2)', 'reading/status'],
    bears: 'measure',
    outcomes: ['met', 'needsEvidence'],
    decide: ({ row }) => decideExportRefund(row),
  }),
  defineRule({
    id: 'size',
    title: '企业划型',
    cites: ['2022-14/6', 'reading/size'],
    bears: 'measure',
    // The size is shown for the survey; no rule of No. 39 turns on it, so that a blank one never decides.
    asks: ['size'],
    outcomes: ['met'],
    decide: decideSize,
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
  ...generalSchemeRules,
  defineRule({
    id: 'incrementalCredit',
    title: '增量留抵税额',
    cites: ['2019-39/8', 'reading/credit'],
    bears: 'measure',
    asks: ['ending', 'base'],
    outcomes: ['met', 'needsEvidence'],
    decide: (facts) => decideIncrementalCredit(facts, `与${baseName}相比`),
  }),
  defineRule({
    id: 'ratioPeriod',
    title: '进项统计期间',
    cites: ['2019-39/8', 'reading/ratio'],
    bears: 'measure',
    asks: ['ratio'],
    outcomes: ['met', 'needsEvidence'],
    decide: (facts) => decideRatioPeriod(facts, facts.ratioDetail),
  }),
  defineRule({
    id: 'ratio',
    title: '进项构成比例',
    cites: ['2019-39/8', '2022-14/14', 'sta-2022-4/2', 'reading/rounding'],
    bears: 'measure',
    asks: ['ratio'],
    outcomes: ['met', 'needsEvidence'],
    decide: ({ ratioDetail }, p) => decideRatio(ratioDetail, { displayScale: p.ratioDisplayScale, roundedBeforeUse: p.ratioRoundedBeforeUse }),
  }),
  defineRule({
    id: 'refund',
    title: '应退税额',
    cites: ['2019-39/8', 'reading/rounding'],
    bears: 'measure',
    asks: ['ending', 'base', 'ratio'],
    outcomes: ['met', 'needsEvidence'],
    decide: decideRefund,
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
