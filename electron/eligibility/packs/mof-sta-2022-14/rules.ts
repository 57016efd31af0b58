/**
 * The rules of No. 14 of 2022, one a paragraph, in the order in which findings are shown. For those whom article 14 leaves to No. 39
 * the conditions of 2019-39/8 follow in their place.
 * @source 2022-14/1 to /14, 2022-17/2, 2022-19/1, 2022-21/1 to /3; readings.md
 */
import { commonConditions, lastRepaymentDay } from '../../conditions.ts';
import {
  endingCreditPart, existingCreditPart, incrementalCreditPart, ratioPart, ratioPeriodPart, refundPart, sharePart, sizePart, windowPart,
} from '../../measures.ts';
import { defineRule, type RuleDefinition, type RuleFacts } from '../../pack.ts';
import { generalSchemeRules } from '../mof-sta-gac-2019-39/rules.ts';
import type { Parameters2022 } from './parameters.ts';
import { listName } from './windows.ts';

const underGeneral = { '2019-39/8': ['2019-39/8'] } as const;

const common = commonConditions<Parameters2022>({
  cites: {
    generalTaxpayer: ['sta-2022-4/4'], status: ['reading/status'], filed: ['2022-14/11', 'reading/status'],
    rating: ['2022-14/3(1)'], fraud: ['2022-14/3(2)'], evasion: ['2022-14/3(3)'], immediateRefund: ['2022-14/3(4)', '2022-14/10', 'reading/dates'],
    exportRefund: ['2022-14/9', 'sta-2019-20/9(2)', 'reading/status'], suspension: ['sta-2019-20/12'],
  },
  citesUnder: { rating: underGeneral, fraud: underGeneral, evasion: underGeneral, immediateRefund: { '2019-39/8': ['2019-39/8', '2022-14/10', 'reading/dates'] } },
  lastRepayment: (filing, p) => lastRepaymentDay(filing, p.repaidNotLaterThan),
});

export const rulesBeforeGeneral: readonly RuleDefinition<Parameters2022>[] = [
  ...common.first,
  defineRule({
    id: 'size',
    title: '企业划型',
    cites: ['2022-14/6', '2022-21/3', 'reading/size'],
    bears: 'measure',
    asks: ['size'],
    outcomes: ['met', 'needsEvidence'],
    ...sizePart,
  }),
  defineRule({
    id: 'industryShare',
    title: '名单内行业销售额占比',
    cites: ['2022-14/7', '2022-21/2', 'reading/share'],
    bears: 'measure',
    asks: ['listing'],
    outcomes: ['met', 'needsEvidence'],
    // The share of the widest list in force is the one shown.
    ...sharePart<Parameters2022>({
      share: ({ shares }) => shares.at(-1),
      name: listName,
      none: '该申报期没有名单行业',
      terms: (p) => ({ above: p.shareAbove, monthsMin: p.shareMonthsMin, scale: p.shareDisplayScale }),
    }),
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
];

export const rulesAfterGeneral: readonly RuleDefinition<Parameters2022>[] = [
  defineRule({
    id: 'existingCredit',
    title: '存量留抵税额',
    cites: ['2022-14/5', 'reading/dates'],
    bears: 'measure',
    asks: ['ending', 'base', 'size', 'listing'],
    outcomes: ['met', 'needsEvidence'],
    ...existingCreditPart,
    // 2019-39/8 has no existing part.
    decide: (facts) => (hasNoExisting(facts) ? 'met' : existingCreditPart.decide(facts, null)),
    states: (facts) => (hasNoExisting(facts) ? { existingCredit: '0.00' } : existingCreditPart.states(facts, null)),
    says: (stated) => (stated.facts['existingRefunded'] === undefined ? '2019年第39号公告第八条没有存量退税' : existingCreditPart.says(stated, null)),
  }),
  defineRule({
    id: 'incrementalCredit',
    title: '增量留抵税额',
    cites: ['2022-14/4'],
    citesUnder: { '2019-39/8': ['2019-39/8', 'reading/credit'] },
    bears: 'measure',
    asks: ['ending', 'base', 'size', 'listing'],
    outcomes: ['met', 'needsEvidence'],
    ...incrementalCreditPart((route, refunded) => (refunded && route !== '2019-39/8' ? '已取得一次性存量退税，为当期期末留抵税额' : '与2019年3月31日期末留抵税额相比')),
  }),
  defineRule({
    id: 'ratioPeriod',
    title: '进项统计期间',
    cites: ['2022-14/8', 'reading/ratio'],
    bears: 'measure',
    asks: ['ratio'],
    outcomes: ['met', 'needsEvidence'],
    ...ratioPeriodPart(({ ratioDetail }) => ratioDetail),
  }),
  defineRule({
    id: 'ratio',
    title: '进项构成比例',
    cites: ['2022-14/8', 'sta-2022-4/2', 'reading/rounding'],
    bears: 'measure',
    asks: ['ratio'],
    outcomes: ['met', 'needsEvidence'],
    ...ratioPart(({ ratioDetail }) => ratioDetail),
  }),
  defineRule({
    id: 'refund',
    title: '应退税额',
    cites: ['2022-14/8', 'reading/routes', 'reading/rounding'],
    citesUnder: { '2019-39/8': ['2019-39/8', '2022-14/14', 'reading/routes', 'reading/rounding'] },
    bears: 'measure',
    asks: ['ending', 'base', 'ratio', 'size', 'listing', 'recent'],
    outcomes: ['met', 'needsEvidence'],
    ...refundPart,
  }),
  defineRule({
    id: 'window',
    title: '受理期',
    cites: ['2022-14/1', '2022-14/2', '2022-17/2', '2022-19/1', '2022-21/1'],
    bears: 'window',
    routes: ['2022-14/1', '2022-14/2'],
    asks: [],
    outcomes: ['met', 'notMet'],
    ...windowPart,
  }),
  common.suspension,
];

/** Rules of 2019-39/8 that stand between the two parts, and the identifiers of all. */
export { generalSchemeRules };

function hasNoExisting({ answer }: RuleFacts): boolean {
  return answer.route === '2019-39/8' && answer.existingOpenFrom === null;
}
