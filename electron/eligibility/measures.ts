/**
 * Findings that state a measure rather than a condition: size, share of listed industries, credits, composition ratio, window. They
 * repeat in words what the engine computed; each lacks evidence where the file leaves the measure open.
 * @source 2022-14/4 to /8; readings.md
 */
import { groupedYuan, yuanText, type Fen } from '../../shared/kernel/money.ts';
import { periodLabel, type TaxPeriod } from '../../shared/kernel/tax-period.ts';
import { ratioShown, type CompositionRatio, type RatioGap } from './composition-ratio.ts';
import type { Answer, Decision, RuleFacts } from './pack.ts';
import { decimalText, shareShown, type Share, type ShareGap, type ShareTerms } from './share.ts';
import { sizeMargins, sizeSentence } from './size-basis.ts';

export function decideSize({ row, sizing }: RuleFacts): Decision {
  const margins = sizeMargins(row, sizing);
  return {
    outcome: sizing.size === null ? 'needsEvidence' : 'met',
    facts: { size: sizing.size ?? 'undetermined', candidates: sizing.candidates.join(','), industryCode: row.industryCode },
    text: sizeSentence(sizing, margins),
    ...(sizing.sector === null ? {} : { alsoCites: sizing.sector.cites }),
  };
}

const shareGaps: Readonly<Record<Exclude<ShareGap, 'none'>, string>> = {
  'sales-blank': '近12个月分行业销售额空白，请按业务实际补齐',
  'months-blank': '近12个月经营月数空白，请补齐',
  'code-coarse': '分行业销售额的行业代码过粗，跨越名单内外，请补齐到大类或中类',
};

/** A share is stated, met either way: being listed or not chooses the route, it refuses nothing. */
export function decideShare({ row }: RuleFacts, share: Share, name: string, terms: ShareTerms, scale: number): Decision {
  const shown = shareShown(share, scale);
  const facts = { listedShare: shown, salesMonths: row.salesMonths };
  const what = `${name}销售额占比${shown ?? ''}`;
  if (share.gap !== 'none') return { outcome: 'needsEvidence', facts, text: `${name}销售额占比不能确定：${shareGaps[share.gap]}` };
  if (share.listed === true) return { outcome: 'met', facts, text: `${what}，超过${decimalText(terms.above, 1)}，属于名单内行业纳税人` };
  if (row.salesMonths !== null && row.salesMonths < terms.monthsMin) {
    return { outcome: 'met', facts, text: `近12个月经营${String(row.salesMonths)}个月，不满${String(terms.monthsMin)}个月，不能认定为${name}纳税人` };
  }
  return { outcome: 'met', facts, text: `${what}，没有超过${decimalText(terms.above, 1)}，不属于${name}纳税人` };
}

export function decideEndingCredit({ row, ending }: RuleFacts): Decision {
  const facts = { endingCredit: amountFact(ending) };
  if (row.endingCredit === null || ending === null) return { outcome: 'needsEvidence', facts, text: '当期期末留抵税额空白，请按最近一期申报表补齐' };
  const taken = [
    ...(row.exportRefundDue > 0n ? [`未填报的免抵退应退税额${groupedYuan(row.exportRefundDue)}元`] : []),
    ...(row.vatArrears > 0n ? [`增值税欠税${groupedYuan(row.vatArrears)}元`] : []),
  ];
  if (taken.length === 0) return { outcome: 'met', facts, text: `期末留抵税额${groupedYuan(ending)}元` };
  return { outcome: 'met', facts, text: `期末留抵税额${groupedYuan(row.endingCredit)}元，减去${taken.join('、')}后为${groupedYuan(ending)}元` };
}

export function decideExistingCredit({ answer, existingRefunded, base }: RuleFacts): Decision {
  const facts = { existingCredit: amountFact(answer.existingCredit), baseCredit: amountFact(base), existingRefunded };
  if (answer.existingCredit === null) return { outcome: 'needsEvidence', facts, text: `存量留抵税额不能确定：${base === null ? '2019年3月31日期末留抵税额空白' : '适用条款或期末留抵税额待定'}` };
  if (existingRefunded) return { outcome: 'met', facts, text: '此前已取得一次性存量留抵退税，存量留抵税额为0.00元' };
  return { outcome: 'met', facts, text: `存量留抵税额${groupedYuan(answer.existingCredit)}元` };
}

export function decideIncrementalCredit({ answer }: RuleFacts, comparedWith: string): Decision {
  const facts = { incrementalCredit: amountFact(answer.incrementalCredit) };
  if (answer.incrementalCredit === null) return { outcome: 'needsEvidence', facts, text: '增量留抵税额不能确定：期末留抵税额、比较基数或适用条款待定' };
  return { outcome: 'met', facts, text: `增量留抵税额${groupedYuan(answer.incrementalCredit)}元（${comparedWith}）` };
}

/** Reading "Ratio": deductions that start in another month, or blank, are no ratio. */
export function decideRatioPeriod({ row }: RuleFacts, ratio: CompositionRatio): Decision {
  const facts = { deductedFrom: row.deductedFrom, ratioFrom: ratio.from };
  const wanted = periodLabel(ratio.from);
  switch (ratio.gap) {
    case 'period': {
      const given = row.deductedFrom === null ? '进项统计起始所属期空白' : `进项统计自${periodLabel(row.deductedFrom)}起`;
      return { outcome: 'needsEvidence', facts, text: `${given}，须自${wanted}起，请重新统计已抵扣进项` };
    }
    case 'start-blank':
      return { outcome: 'needsEvidence', facts, text: `进项统计起始所属期空白，不能确定已抵扣各栏是否自${wanted}起，请补齐` };
    case 'year-blank':
      return { outcome: 'needsEvidence', facts, text: `缺自${wanted}起的已抵扣进项，请补“当年已抵扣”两栏` };
    case 'year-contradicts':
      return { outcome: 'needsEvidence', facts, text: '当年已抵扣七类凭证税额大于全部进项税额，请核对' };
    case 'special-blank':
    case 'no-deductions':
    case 'none':
      return { outcome: 'met', facts, text: `已抵扣进项自${wanted}起统计` };
  }
}

const ratioGaps: Readonly<Record<Exclude<RatioGap, 'none'>, string>> = {
  period: '统计期间与规定不符',
  'start-blank': '统计期间空白，按已抵扣各栏与按当年已抵扣两栏的比例不同或不全',
  'special-blank': '已抵扣增值税专用发票税额空白',
  'no-deductions': '期间没有已抵扣进项税额，比例无从计算，须人工核实',
  'year-blank': '当年已抵扣税额空白',
  'year-contradicts': '当年已抵扣税额前后矛盾',
};

export function decideRatio(ratio: CompositionRatio, settings: { displayScale: number; roundedBeforeUse: boolean }): Decision {
  const { numeratorFen, denominatorFen } = ratio;
  const shown = ratioShown(ratio.value, settings.displayScale);
  const facts = { ratio: shown, numerator: amountFact(numeratorFen), denominator: amountFact(denominatorFen), ratioRoundedBeforeUse: settings.roundedBeforeUse };
  if (ratio.gap !== 'none' || shown === null) {
    return { outcome: 'needsEvidence', facts, text: `进项构成比例不能确定：${ratio.gap === 'none' ? '' : ratioGaps[ratio.gap]}` };
  }
  const use = settings.roundedBeforeUse ? `先四舍五入到${String(settings.displayScale)}位小数再计算` : '按分数全程计算';
  if (numeratorFen === null || denominatorFen === null) return { outcome: 'met', facts, text: `进项构成比例${shown}，${use}` };
  return { outcome: 'met', facts, text: `进项构成比例${shown} = ${groupedYuan(numeratorFen)} ÷ ${groupedYuan(denominatorFen)}，${use}` };
}

/** What each kind comes to, rounded once to the fen. */
export function decideRefund({ answer }: RuleFacts): Decision {
  const { refundableExisting, refundableIncremental, refundRate } = answer;
  const facts = { refundableExisting: amountFact(refundableExisting), refundableIncremental: amountFact(refundableIncremental), refundRate };
  if (refundableExisting === null || refundableIncremental === null) return { outcome: 'needsEvidence', facts, text: '应退税额不能确定：留抵税额、比例或适用条款待定' };
  return { outcome: 'met', facts, text: `应退税额：${refundParts(answer).join('，')}` };
}

/** `存量100.00元×比例＝80.00元`, `增量20.00元×0.6×比例＝9.60元`; the existing part is always refunded in full. */
function refundParts({ existingCredit, incrementalCredit, refundRate, refundableExisting, refundableIncremental, route, incrementalOpenFrom }: Answer): string[] {
  const parts: string[] = [];
  const times = (credit: Fen | null, rate: string, refund: Fen | null): string => `${groupedYuan(credit ?? 0n)}元${rate}×比例＝${groupedYuan(refund ?? 0n)}元`;
  if (existingCredit !== 0n) parts.push(`存量${times(existingCredit, '', refundableExisting)}`);
  // Article 1 without a window for the incremental part: from 2023-01 it refunds none.
  if (route === '2022-14/1' && incrementalOpenFrom === null) return [...parts, '增量按本条不退'];
  const tiers = refundRate?.includes('/') === true ? `按${refundRate}分档` : refundRate === '1' ? '' : `×${refundRate ?? ''}`;
  return [...parts, `增量${times(incrementalCredit, tiers, refundableIncremental)}`];
}

/** Not met only when every kind that has an amount opens later; a window never closes (过期不候不成立). */
export function decideWindow({ answer, filing }: RuleFacts): Decision {
  const { existingOpenFrom, incrementalOpenFrom } = answer;
  const facts = { existingOpenFrom, incrementalOpenFrom };
  const from = openings(answer);
  if (answer.standing === 'not-open') return { outcome: 'notMet', facts, text: `有应退税额，但${from}，${periodLabel(filing)}申报期尚不受理` };
  return { outcome: 'met', facts, text: from };
}

/** Where a blank leaves the month of a window open, every month that it may be. */
function openings({ existingOpenFrom, incrementalOpenFrom, openings: either }: Answer): string {
  const monthsOf = (known: TaxPeriod | null, open: readonly TaxPeriod[]): string => (known === null ? open : [known]).map(periodLabel).join('或');
  const existing = monthsOf(existingOpenFrom, either?.existing ?? []);
  const incremental = monthsOf(incrementalOpenFrom, either?.incremental ?? []);
  const parts = [...(existing === '' ? [] : [`存量自${existing}申报期起受理`]), ...(incremental === '' ? [] : [`增量自${incremental}申报期起受理`])];
  return parts.length === 0 ? '受理期没有起始限制' : parts.join('，');
}

export function amountFact(fen: Fen | null): string | null {
  return fen === null ? null : yuanText(fen);
}
