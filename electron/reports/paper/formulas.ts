/**
 * The calculation of a refund with its numbers, as a sentence a taxpayer can follow with a pocket calculator. A formula is printed only
 * when it gives exactly the amount determined; otherwise the engine's own words stand.
 */
import type { z } from 'zod';
import type { determinationView } from '../../../shared/eligibility/contract.ts';
import { fenOfYuan, groupedYuan, type Fen } from '../../../shared/kernel/money.ts';
import { applyRatios, parseRatio, percentOf, ratioOf, type Ratio } from '../../../shared/kernel/ratio.ts';

/** A determination as `eligibility.explain` answers it: amounts in fen. */
export type Determined = z.output<typeof determinationView>;

/** An amount is 应退 only where every condition is met; otherwise it was calculated for information 试算 and nothing is due now. */
export function amountWord(found: Determined): '应退' | '试算' {
  return found.verdict === 'refundable' || found.verdict === 'not-open' || found.verdict === 'nothing-due' ? '应退' : '试算';
}

/** One sentence for each kind of credit that has an amount; [] when nothing is determined. */
export function amountFormulas(found: Determined): readonly string[] {
  const own = found.findings.find((finding) => finding.rule === 'refund');
  const terms = termsOf(found);
  const lines = ([['存量', found.existingCredit, found.refundableExisting], ['增量', found.incrementalCredit, found.refundableIncremental]] as const)
    .flatMap(([title, credit, refundable]) => (credit === null || refundable === null || credit <= 0n ? [] : [{ title, credit, refundable }]));
  if (lines.length === 0) return own === undefined ? [] : [`${own.text}。`];
  if (terms === null || lines.some((line) => applyRatios(line.credit, [terms.ratio, terms.rate]) !== line.refundable)) return own === undefined ? [] : [`${own.text}。`];
  const { shown, rateShown } = terms;
  return lines.map(({ title, credit, refundable }) => `${amountWord(found)}${title}＝${groupedYuan(credit)} × （${shown}） × ${rateShown} ＝ ${groupedYuan(refundable)} 元（四舍五入到分）。`);
}

function termsOf(found: Determined): { readonly ratio: Ratio; readonly rate: Ratio; readonly shown: string; readonly rateShown: string } | null {
  const facts = found.findings.find((finding) => finding.rule === 'ratio')?.facts ?? {};
  const [numerator, denominator] = [statedFen(facts['numerator']), statedFen(facts['denominator'])];
  const rate = found.refundRate === null ? null : parseRatio(found.refundRate);
  if (numerator === null || denominator === null || denominator <= 0n || rate === null || found.refundRate === null) return null;
  return { ratio: ratioOf(numerator, denominator), rate, shown: `${groupedYuan(numerator)} ÷ ${groupedYuan(denominator)}`, rateShown: percentOf(found.refundRate) };
}

/** The amount of a stated fact; null where it was not known. @throws AssertionFault for what is no amount */
function statedFen(value: unknown): Fen | null {
  return typeof value === 'string' ? fenOfYuan(value) : null;
}
