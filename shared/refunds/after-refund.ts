/**
 * What a refund does to the taxpayer's next returns 退税后的申报: column 22 of 附列资料（二）, and the amount by which surcharges 附加税费 fall. Shown to the
 * desk beside a refund; the taxpayer's return is not the office's to fill, and nothing here changes a determination.
 * @source sta-2022-4/3 (column 22 negative when repaid, graded A; positive when refunded, graded C); 财税〔2018〕80号 and 税务总局公告2021年第26号 (graded A)
 */
import { assert } from '../kernel/assert.ts';
import { minFen, type Fen } from '../kernel/money.ts';
import { applyRatios, type Ratio } from '../kernel/ratio.ts';

/** Column 22 上期留抵税额退税, fen: what was refunded less what was repaid, which stands there as a negative number. */
export function column22({ refunded, repaid }: { readonly refunded: Fen; readonly repaid: Fen }): Fen {
  return refunded - repaid;
}

export type SurchargeMonth = {
  /** VAT by the general method 一般计税, before the refund is taken off. */
  readonly general: Fen;
  /** VAT by the simple method 简易计税: never lowered by a refund. */
  readonly simple: Fen;
  /** Refunds received before this filing period and not yet taken off. */
  readonly deductible: Fen;
};

/** The base of surcharges, and what is carried to the next filing period; the refund lowers the general part only, never below nought. */
export function surchargeBase({ general, simple, deductible }: SurchargeMonth): { readonly base: Fen; readonly carried: Fen } {
  assert(general >= 0n && simple >= 0n && deductible >= 0n, 'tax and refund are not negative');
  const taken = minFen(general, deductible);
  return { base: general - taken + simple, carried: deductible - taken };
}

/** Surcharges of a month, rounded once to the fen. @param rates the rate, and a relief such as one half */
export function surcharges(month: SurchargeMonth, rates: readonly Ratio[]): Fen {
  return applyRatios(surchargeBase(month).base, rates);
}

/** Said beside a paid refund. */
export const surchargeSays = '收到退税款的下一个申报期起，可从附加税费的计税依据中扣除（只扣一般计税部分，扣不完结转）';
