/**
 * Parts of rules that state a measure rather than a condition: size, share of listed industries, credits, composition ratio, refund, window. They repeat
 * what the engine computed; each lacks evidence where the file leaves the measure open. Packs give citations and routes.
 * @source 2022-14/4 to /8; readings.md
 */
import { yuanText } from '../../shared/kernel/money.ts';
import { periodLabel, type TaxPeriod } from '../../shared/kernel/tax-period.ts';
import { ratioShown, type CompositionRatio, type RatioGap } from './composition-ratio.ts';
import { amountFact, groupedFact, monthFact } from './facts.ts';
import type { RuleFacts, RulePart } from './pack.ts';
import { decimalText, shareShown, type Share, type ShareGap, type ShareTerms } from './share.ts';
import { groundsOf, sizeFacts, sizeSentence } from './size-basis.ts';

export const sizePart: RulePart<unknown> = {
  hides: ['gap', 'sector', 'annualSales', 'totalAssets'],
  decide: ({ sizing }) => (sizing.size === null ? 'needsEvidence' : 'met'),
  states: ({ row, sizing }) => sizeFacts(row, sizing),
  says: ({ facts, standards }) => sizeSentence(groundsOf(facts, standards)),
  alsoCites: ({ facts, standards }) => groundsOf(facts, standards).sector?.cites ?? [],
};

const shareGaps: Readonly<Record<Exclude<ShareGap, 'none'>, string>> = {
  'sales-blank': '近12个月分行业销售额空白，请按业务实际补齐',
  'months-blank': '近12个月经营月数空白，请补齐',
  'code-coarse': '分行业销售额的行业代码过粗，跨越名单内外，请补齐到大类或中类',
};

/** What a pack says of a share itself. `none`: the sentence where the filing period has no such list. */
export type SharePart<P> = {
  readonly share: (facts: RuleFacts) => Share | undefined;
  readonly name: (filing: TaxPeriod, parameters: P) => string | null;
  readonly none: string;
  readonly terms: (parameters: P) => ShareTerms & { readonly scale: number };
};

/** A share is stated, met either way: being listed or not chooses the route, it refuses nothing. */
export function sharePart<P>({ share, name, none, terms }: SharePart<P>): RulePart<P> {
  return {
    hides: ['gap', 'listed'],
    decide: (facts) => ((share(facts)?.gap ?? 'none') === 'none' ? 'met' : 'needsEvidence'),
    states(facts, p) {
      const { salesMonths } = facts.row;
      const known = share(facts);
      if (known === undefined) return { listedShare: null, salesMonths };
      const listedShare = shareShown(known, terms(p).scale);
      return known.gap === 'none' ? { listedShare, salesMonths, listed: known.listed } : { listedShare, salesMonths, gap: known.gap };
    },
    says({ facts: { listedShare, salesMonths, gap, listed }, filing }, p) {
      const list = name(filing, p);
      if (list === null) return none;
      if (gap !== undefined) return `${list}销售额占比不能确定：${shareGaps[gap as keyof typeof shareGaps]}`; // as stated above
      const { above, monthsMin } = terms(p);
      const what = `${list}销售额占比${String(listedShare ?? '')}`;
      if (listed === true) return `${what}，超过${decimalText(above, 1)}，属于名单内行业纳税人`;
      if (typeof salesMonths === 'number' && salesMonths < monthsMin) return `近12个月经营${String(salesMonths)}个月，不满${String(monthsMin)}个月，不能认定为${list}纳税人`;
      return `${what}，没有超过${decimalText(above, 1)}，不属于${list}纳税人`;
    },
  };
}

export const endingCreditPart: RulePart<unknown> = {
  hides: ['returned', 'exportRefundDue', 'vatArrears'],
  decide: ({ row, ending }) => (row.endingCredit === null || ending === null ? 'needsEvidence' : 'met'),
  states({ row: { endingCredit, exportRefundDue, vatArrears }, ending }) {
    if (endingCredit === null || ending === null || (exportRefundDue <= 0n && vatArrears <= 0n)) return { endingCredit: amountFact(ending) };
    return { endingCredit: yuanText(ending), returned: yuanText(endingCredit), exportRefundDue: yuanText(exportRefundDue), vatArrears: yuanText(vatArrears) };
  },
  says({ outcome, facts: { endingCredit, returned, exportRefundDue, vatArrears } }) {
    if (outcome === 'needsEvidence') return '当期期末留抵税额空白，请按最近一期申报表补齐';
    if (returned === undefined) return `期末留抵税额${groupedFact(endingCredit)}元`;
    const taken = [
      ...(exportRefundDue === '0.00' ? [] : [`未填报的免抵退应退税额${groupedFact(exportRefundDue)}元`]),
      ...(vatArrears === '0.00' ? [] : [`增值税欠税${groupedFact(vatArrears)}元`]),
    ];
    return `期末留抵税额${groupedFact(returned)}元，减去${taken.join('、')}后为${groupedFact(endingCredit)}元`;
  },
};

export const existingCreditPart: RulePart<unknown> = {
  decide: ({ answer }) => (answer.existingCredit === null ? 'needsEvidence' : 'met'),
  states: ({ answer, existingRefunded, base }) => ({ existingCredit: amountFact(answer.existingCredit), baseCredit: amountFact(base), existingRefunded }),
  says({ facts: { existingCredit, baseCredit, existingRefunded } }) {
    if (existingCredit === null) return `存量留抵税额不能确定：${baseCredit === null ? '2019年3月31日期末留抵税额空白' : '适用条款或期末留抵税额待定'}`;
    if (existingRefunded === true) return '此前已取得一次性存量留抵退税，存量留抵税额为0.00元';
    return `存量留抵税额${groupedFact(existingCredit)}元`;
  },
};

/** @param comparedWith what the credit grew over, as the pack says it for the route that answers */
export function incrementalCreditPart(comparedWith: (route: Parameters<RulePart<unknown>['says']>[0]['route'], existingRefunded: boolean) => string): RulePart<unknown> {
  return {
    hides: ['existingRefunded'],
    decide: ({ answer }) => (answer.incrementalCredit === null ? 'needsEvidence' : 'met'),
    states: ({ answer, existingRefunded }) => ({ incrementalCredit: amountFact(answer.incrementalCredit), ...(existingRefunded ? { existingRefunded } : {}) }),
    says({ facts: { incrementalCredit, existingRefunded }, route }) {
      if (incrementalCredit === null) return '增量留抵税额不能确定：期末留抵税额、比较基数或适用条款待定';
      return `增量留抵税额${groupedFact(incrementalCredit)}元（${comparedWith(route, existingRefunded === true)}）`;
    },
  };
}

type RatioOf = (facts: RuleFacts) => CompositionRatio;

/** Reading "Ratio": deductions that start in another month, or blank, are no ratio. */
export function ratioPeriodPart(ratioOf: RatioOf): RulePart<unknown> {
  return {
    hides: ['gap'],
    repeats: true,
    decide: (facts) => (periodGap(ratioOf(facts).gap) === null ? 'met' : 'needsEvidence'),
    states(facts) {
      const { from, gap } = ratioOf(facts);
      const stated = { deductedFrom: facts.row.deductedFrom, ratioFrom: from };
      return periodGap(gap) === null ? stated : { ...stated, gap };
    },
    says({ facts: { deductedFrom, ratioFrom, gap } }) {
      const wanted = monthFact(ratioFrom);
      switch (gap as RatioGap | undefined) { // as stated above
        case 'period':
          return `${deductedFrom === null ? '进项统计起始所属期空白' : `进项统计自${monthFact(deductedFrom)}起`}，须自${wanted}起，请重新统计已抵扣进项`;
        case 'start-blank':
          return `进项统计起始所属期空白，不能确定已抵扣各栏是否自${wanted}起，请补齐`;
        case 'year-blank':
          return `缺自${wanted}起的已抵扣进项，请补“当年已抵扣”两栏`;
        case 'year-contradicts':
          return '当年已抵扣七类凭证税额大于全部进项税额，请核对';
        case 'special-blank':
        case 'no-deductions':
        case 'none':
        case undefined:
          return `已抵扣进项自${wanted}起统计`;
      }
    },
  };
}

/** A gap of the months counted; a gap of the figures themselves is the ratio's own. */
function periodGap(gap: RatioGap): RatioGap | null {
  return gap === 'period' || gap === 'start-blank' || gap === 'year-blank' || gap === 'year-contradicts' ? gap : null;
}

const ratioGaps: Readonly<Record<Exclude<RatioGap, 'none'>, string>> = {
  period: '统计期间与规定不符',
  'start-blank': '统计期间空白，按已抵扣各栏与按当年已抵扣两栏的比例不同或不全',
  'special-blank': '已抵扣增值税专用发票税额空白',
  'no-deductions': '期间没有已抵扣进项税额，比例无从计算，须人工核实',
  'year-blank': '当年已抵扣税额空白',
  'year-contradicts': '当年已抵扣税额前后矛盾',
};

export function ratioPart(ratioOf: RatioOf): RulePart<{ readonly ratioDisplayScale: number; readonly ratioRoundedBeforeUse: boolean }> {
  return {
    hides: ['gap'],
    decide(facts) {
      const { gap, value } = ratioOf(facts);
      return gap !== 'none' || value === null ? 'needsEvidence' : 'met';
    },
    states(facts, { ratioDisplayScale, ratioRoundedBeforeUse }) {
      const { value, gap, numeratorFen, denominatorFen } = ratioOf(facts);
      const stated = { ratio: ratioShown(value, ratioDisplayScale), numerator: amountFact(numeratorFen), denominator: amountFact(denominatorFen), ratioRoundedBeforeUse };
      return gap === 'none' ? stated : { ...stated, gap };
    },
    says({ outcome, facts: { ratio, numerator, denominator, ratioRoundedBeforeUse, gap } }, { ratioDisplayScale }) {
      if (outcome === 'needsEvidence') return `进项构成比例不能确定：${gap === undefined ? '' : ratioGaps[gap as keyof typeof ratioGaps]}`; // as stated above
      const use = ratioRoundedBeforeUse === true ? `先四舍五入到${String(ratioDisplayScale)}位小数再计算` : '按分数全程计算';
      if (numerator === null || denominator === null) return `进项构成比例${String(ratio)}，${use}`;
      return `进项构成比例${String(ratio)} = ${groupedFact(numerator)} ÷ ${groupedFact(denominator)}，${use}`;
    },
  };
}

/** What each kind comes to, rounded once to the fen. */
export const refundPart: RulePart<unknown> = {
  hides: ['existingCredit', 'incrementalCredit', 'existingOnly'],
  decide: ({ answer }) => (answer.refundableExisting === null || answer.refundableIncremental === null ? 'needsEvidence' : 'met'),
  states({ answer }) {
    const { refundableExisting, refundableIncremental, refundRate } = answer;
    const stated = { refundableExisting: amountFact(refundableExisting), refundableIncremental: amountFact(refundableIncremental), refundRate };
    if (refundableExisting === null || refundableIncremental === null) return stated;
    // Article 1 without a window for the incremental part: from 2023-01 it refunds none.
    const existingOnly = answer.route === '2022-14/1' && answer.incrementalOpenFrom === null;
    return { ...stated, existingCredit: amountFact(answer.existingCredit), incrementalCredit: amountFact(answer.incrementalCredit), ...(existingOnly ? { existingOnly } : {}) };
  },
  says: ({ outcome, facts }) => (outcome === 'needsEvidence' ? '应退税额不能确定：留抵税额、比例或适用条款待定' : `应退税额：${refundParts(facts).join('，')}`),
};

/** `存量100.00元×比例＝80.00元`, `增量20.00元×0.6×比例＝9.60元`; the existing part is always refunded in full. */
function refundParts({ existingCredit, incrementalCredit, refundRate, refundableExisting, refundableIncremental, existingOnly }: Parameters<RulePart<unknown>['says']>[0]['facts']): string[] {
  const times = (credit: typeof refundRate, rate: string, refund: typeof refundRate): string => `${groupedFact(credit ?? '0.00')}元${rate}×比例＝${groupedFact(refund)}元`;
  const existing = existingCredit === '0.00' ? [] : [`存量${times(existingCredit, '', refundableExisting)}`];
  if (existingOnly === true) return [...existing, '增量按本条不退'];
  const rate = typeof refundRate === 'string' ? refundRate : '';
  const tiers = rate.includes('/') ? `按${rate}分档` : rate === '1' ? '' : `×${rate}`;
  return [...existing, `增量${times(incrementalCredit, tiers, refundableIncremental)}`];
}

/** Not met only when every kind that has an amount opens later; a window never closes (过期不候不成立). */
export const windowPart: RulePart<unknown> = {
  hides: ['existingMonths', 'incrementalMonths'],
  repeats: true,
  decide: ({ answer }) => (answer.standing === 'not-open' ? 'notMet' : 'met'),
  states({ answer: { existingOpenFrom, incrementalOpenFrom, openings } }) {
    const months = (known: TaxPeriod | null, either: readonly TaxPeriod[] | undefined): string | null => (known === null && either !== undefined && either.length > 0 ? either.join() : null);
    const [existingMonths, incrementalMonths] = [months(existingOpenFrom, openings?.existing), months(incrementalOpenFrom, openings?.incremental)];
    return {
      existingOpenFrom, incrementalOpenFrom,
      ...(existingMonths === null ? {} : { existingMonths }), ...(incrementalMonths === null ? {} : { incrementalMonths }),
    };
  },
  says({ outcome, facts: { existingOpenFrom, incrementalOpenFrom, existingMonths, incrementalMonths }, filing }) {
    // Where a blank leaves the month of a window open, every month that it may be.
    const either = (known: typeof existingMonths, months: typeof existingMonths): string => String(known ?? months ?? '').split(',').filter((month) => month !== '').map(monthFact).join('或');
    const [existing, incremental] = [either(existingOpenFrom, existingMonths), either(incrementalOpenFrom, incrementalMonths)];
    const parts = [...(existing === '' ? [] : [`存量自${existing}申报期起受理`]), ...(incremental === '' ? [] : [`增量自${incremental}申报期起受理`])];
    const from = parts.length === 0 ? '受理期没有起始限制' : parts.join('，');
    return outcome === 'notMet' ? `有应退税额，但${from}，${periodLabel(filing)}申报期尚不受理` : from;
  },
};
