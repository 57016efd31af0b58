/**
 * The rules of No. 7 of 2025, one a paragraph, in the order in which findings are shown. Conditions of one item carry its route, so that
 * only the item that answers shows them.
 * @source 2025-07/1(1) to /1(3), 2025-07/5, 2025-07/8; sta-2025-20; readings.md
 */
import { commonConditions } from '../../conditions.ts';
import { countedMonthsPart, everyMonthPart, lastIncreasePart } from '../../general-conditions.ts';
import { endingCreditPart, incrementalCreditPart, ratioPart, ratioPeriodPart, refundPart, sharePart, sizePart } from '../../measures.ts';
import { defineRule, type RuleDefinition, type RuleFacts, type RulePart } from '../../pack.ts';
import type { RouteId } from '../../../../shared/eligibility/model.ts';
import type { CompositionRatio } from '../../composition-ratio.ts';
import { fourIndustries, realEstate } from './lanes.ts';
import type { Parameters2025 } from './parameters.ts';

const baseName = '2019年3月31日期末留抵税额';
const yearEndName = '上年末期末留抵税额';
const underItem2: readonly RouteId[] = ['2025-07/1(2)'];
const underItem3: readonly RouteId[] = ['2025-07/1(3)'];

const conditions = ['2025-07/conditions'];

const common = commonConditions<Parameters2025>({
  cites: {
    generalTaxpayer: ['sta-2022-4/4'], status: ['reading/status'], filed: ['sta-2019-20/3', 'reading/status'],
    rating: ['2025-07/conditions', 'sta-2025-20/3'], fraud: conditions, evasion: conditions,
    immediateRefund: ['2025-07/conditions', '2025-07/immediate-refund', 'reading/dates'],
    exportRefund: ['2025-07/8', 'sta-2019-20/9(2)', 'reading/status'], suspension: ['sta-2025-20/7'],
  },
  // Reading "Dates" says "under 2025-07 any date", taken by its words: also one after the filing month. Whether its first half (the
  // last day of the filing month) still binds here was not found in the announcement: needs evidence. pack.ts warns of such a date.
  lastRepayment: () => null,
});

export const rules2025: readonly RuleDefinition<Parameters2025>[] = [
  ...common.first,
  defineRule({
    id: 'size',
    title: '企业划型',
    cites: ['2022-14/6', 'reading/size'],
    bears: 'measure',
    // Shown for the survey; no item of No. 7 turns on it, so that a blank one never decides.
    asks: ['size'],
    outcomes: ['met'],
    ...sizePart,
  }),
  defineRule({
    id: 'industryShare',
    title: '制造业等4个行业销售额占比',
    cites: ['2025-07/1(1)', '2025-07/5', 'reading/share'],
    bears: 'measure',
    asks: ['listing'],
    outcomes: ['met', 'needsEvidence'],
    ...itemSharePart(fourIndustries, '制造业等4个行业'),
  }),
  defineRule({
    id: 'realEstateShare',
    title: '房地产开发经营业销售额及预收款占比',
    cites: ['2025-07/1(2)', 'reading/share'],
    bears: 'measure',
    asks: ['listing'],
    outcomes: ['met', 'needsEvidence'],
    ...itemSharePart(realEstate, '房地产开发经营业（含预收款）'),
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
  defineRule({
    id: 'countedMonths',
    title: '连续月份的起点',
    cites: ['2025-07/1(2)', '2025-07/1(3)', 'reading/credit'],
    bears: 'condition',
    routes: [...underItem2, ...underItem3],
    asks: [],
    outcomes: ['met', 'notMet'],
    ...countedMonthsPart(() => null),
  }),
  defineRule({
    id: 'sixMonthsOverBase',
    title: '连续六个月新增加均大于零',
    cites: ['2025-07/1(2)', 'reading/credit'],
    bears: 'condition',
    routes: underItem2,
    asks: ['recent', 'base', 'ending'],
    // Who fails here is judged by item 3, where this rule is silent.
    outcomes: ['met', 'needsEvidence'],
    ...everyMonthPart(({ base }) => base, '新增加留抵税额'),
  }),
  defineRule({
    id: 'lastIncreaseOverBase',
    title: '第六个月新增加不低于50万元',
    cites: ['2025-07/1(2)', 'reading/credit'],
    bears: 'condition',
    routes: underItem2,
    asks: ['ending', 'base'],
    outcomes: ['met', 'needsEvidence'],
    ...lastIncreasePart<Parameters2025>(({ base }) => base, (p) => p.realEstateIncreaseAtLeast, baseName),
  }),
  defineRule({
    id: 'sixMonthsOfCredit',
    title: '连续六个月期末留抵税额均大于零',
    cites: ['2025-07/1(3)', 'reading/credit'],
    bears: 'condition',
    routes: underItem3,
    asks: ['recent', 'ending'],
    outcomes: ['met', 'notMet', 'needsEvidence'],
    ...everyMonthPart(() => 0n, '期末留抵税额'),
  }),
  defineRule({
    id: 'lastIncreaseOverYearEnd',
    title: '第六个月与上年末相比新增加不低于50万元',
    cites: ['2025-07/1(3)', 'reading/credit'],
    bears: 'condition',
    routes: underItem3,
    asks: ['ending', 'yearEnd'],
    outcomes: ['met', 'notMet', 'needsEvidence'],
    ...lastIncreasePart<Parameters2025>(({ yearEnd }) => yearEnd, (p) => p.otherIncreaseAtLeast, yearEndName),
  }),
  defineRule({
    id: 'incrementalCredit',
    title: '可计算退税的留抵税额',
    cites: ['2025-07/1(1)', '2025-07/1(2)', '2025-07/1(3)', 'reading/amounts'],
    bears: 'measure',
    asks: ['ending', 'base', 'yearEnd', 'listing', 'recent'],
    outcomes: ['met', 'needsEvidence'],
    ...incrementalCreditPart(comparison),
  }),
  defineRule({
    id: 'ratioPeriod',
    title: '进项统计期间',
    cites: ['2025-07/1(1)', '2025-07/1(2)', '2025-07/1(3)', 'reading/ratio'],
    bears: 'measure',
    asks: ['ratio', 'yearRatio'],
    outcomes: ['met', 'needsEvidence'],
    ...ratioPeriodPart(ratioUsed),
  }),
  defineRule({
    id: 'ratio',
    title: '进项构成比例',
    cites: ['2025-07/ratio', 'sta-2025-20/4', 'reading/rounding'],
    bears: 'measure',
    asks: ['ratio', 'yearRatio'],
    outcomes: ['met', 'needsEvidence'],
    ...ratioPart(ratioUsed),
  }),
  defineRule({
    id: 'refund',
    title: '应退税额',
    cites: ['2025-07/1(1)', '2025-07/1(2)', '2025-07/1(3)', 'reading/routes', 'reading/rounding'],
    bears: 'measure',
    asks: ['ending', 'base', 'yearEnd', 'listing', 'recent', 'ratio', 'yearRatio'],
    outcomes: ['met', 'needsEvidence'],
    ...refundPart,
  }),
  common.suspension,
];

function itemSharePart(test: number, name: string): RulePart<Parameters2025> {
  return sharePart<Parameters2025>({
    share: ({ shares }) => shares[test],
    name: () => name,
    none: '',
    terms: (p) => ({ above: p.shareAbove, monthsMin: p.shareMonthsMin, scale: p.shareDisplayScale }),
  });
}

/** The ratio of the route that answers; while the route is open, the one since 2019-04. */
function ratioUsed({ answer, ratioDetail, yearRatioDetail }: RuleFacts): CompositionRatio {
  return answer.ratioUsed === 'yearRatio' && yearRatioDetail !== null ? yearRatioDetail : ratioDetail;
}

function comparison(route: RouteId | null): string {
  switch (route) {
    case '2025-07/1(1)':
      return '当期期末留抵税额全部计算';
    case '2025-07/1(2)':
      return `与${baseName}相比`;
    default:
      return `与${yearEndName}相比`;
  }
}
