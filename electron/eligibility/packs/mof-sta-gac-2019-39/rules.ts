/**
 * The rules of 2019-39/8, one a condition or step of its paragraph. The rules of the general scheme are also laid into the pack of
 * No. 14, which leaves medium and large taxpayers outside its industries to them.
 * @source 2019-39/8; readings.md
 */
import { commonConditions, lastRepaymentDay } from '../../conditions.ts';
import { countedMonthsPart, everyMonthPart, lastIncreasePart } from '../../general-conditions.ts';
import { endingCreditPart, incrementalCreditPart, ratioPart, ratioPeriodPart, refundPart, sizePart } from '../../measures.ts';
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
    ...countedMonthsPart<GeneralParameters>((p) => p.firstCountedMonth),
  }),
  defineRule({
    id: 'sixMonths',
    title: '连续六个月增量均大于零',
    cites: ['2019-39/8', 'reading/credit'],
    bears: 'condition',
    routes: ['2019-39/8'],
    asks: ['recent', 'base', 'ending'],
    outcomes: ['met', 'notMet', 'needsEvidence'],
    ...everyMonthPart(({ base }) => base, '增量留抵税额'),
  }),
  defineRule({
    id: 'lastIncrease',
    title: '第六个月增量不低于50万元',
    cites: ['2019-39/8', 'reading/credit'],
    bears: 'condition',
    routes: ['2019-39/8'],
    asks: ['ending', 'base'],
    outcomes: ['met', 'notMet', 'needsEvidence'],
    ...lastIncreasePart<GeneralParameters>(({ base }) => base, (p) => p.increaseAtLeast, baseName),
  }),
];

const common = commonConditions<GeneralParameters>({
  cites: {
    generalTaxpayer: ['sta-2022-4/4'], status: ['reading/status'], filed: ['sta-2019-20/3', 'reading/status'], rating: cites, fraud: cites, evasion: cites,
    immediateRefund: ['2019-39/8', 'reading/dates'], exportRefund: ['sta-2019-20/9(2)', 'reading/status'], suspension: ['sta-2019-20/12'],
  },
  lastRepayment: (filing) => lastRepaymentDay(filing, null),
});

export const generalPackRules: readonly RuleDefinition<GeneralParameters>[] = [
  ...common.first,
  defineRule({
    id: 'size',
    title: '企业划型',
    cites: ['2022-14/6', 'reading/size'],
    bears: 'measure',
    // The size is shown for the survey; no rule of No. 39 turns on it, so that a blank one never decides.
    asks: ['size'],
    outcomes: ['met'],
    ...sizePart,
  }),
  defineRule({
    id: 'endingCredit',
    title: '期末留抵税额',
    cites: ['sta-2019-20/9', 'sta-2019-20/9(2)', 'sta-2019-20/9(3)'],
    bears: 'measure',
    asks: ['ending'],
    outcomes: ['met', 'needsEvidence'],
    ...endingCreditPart,
  }),
  ...generalSchemeRules,
  defineRule({
    id: 'incrementalCredit',
    title: '增量留抵税额',
    cites: ['2019-39/8', 'reading/credit'],
    bears: 'measure',
    asks: ['ending', 'base'],
    outcomes: ['met', 'needsEvidence'],
    ...incrementalCreditPart(() => `与${baseName}相比`),
  }),
  defineRule({
    id: 'ratioPeriod',
    title: '进项统计期间',
    cites: ['2019-39/8', 'reading/ratio'],
    bears: 'measure',
    asks: ['ratio'],
    outcomes: ['met', 'needsEvidence'],
    ...ratioPeriodPart(({ ratioDetail }) => ratioDetail),
  }),
  defineRule({
    id: 'ratio',
    title: '进项构成比例',
    cites: ['2019-39/8', '2022-14/14', 'sta-2022-4/2', 'reading/rounding'],
    bears: 'measure',
    asks: ['ratio'],
    outcomes: ['met', 'needsEvidence'],
    ...ratioPart(({ ratioDetail }) => ratioDetail),
  }),
  defineRule({
    id: 'refund',
    title: '应退税额',
    cites: ['2019-39/8', 'reading/rounding'],
    bears: 'measure',
    asks: ['ending', 'base', 'ratio'],
    outcomes: ['met', 'needsEvidence'],
    ...refundPart,
  }),
  common.suspension,
];
