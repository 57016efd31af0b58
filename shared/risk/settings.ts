/**
 * Settings 风险参数 of the indicators: no official threshold was found, so each has a stated default that is kept with every hit. @source
 * shared spec risk.md
 */
import { z } from 'zod';
import { parseYuan, type Fen } from '../kernel/money.ts';
import { parseRatio, type Ratio } from '../kernel/ratio.ts';
import { assert } from '../kernel/assert.ts';

const yuan = z.string().refine((text) => (parseYuan(text) ?? 0n) > 0n, '须为大于 0 的金额文字');
const decimal = z.string().refine((text) => (parseRatio(text)?.numerator ?? 0n) > 0n, '须为大于 0 的小数文字，至多 20 位小数');
const drop = decimal.refine((text) => {
  const ratio = parseRatio(text);
  return ratio === null || ratio.numerator < ratio.denominator;
}, '须小于 1');
const whole = (least: number) => z.int().min(least).max(100_000);

/** In the order of the table. */
export const riskSettingsSchema = z.strictObject({
  largeAmount: yuan, customsShare: decimal, tollShare: decimal, otherShare: decimal, jumpFactor: decimal, jumpRise: yuan, salesDrop: drop,
  refundToSales: decimal,
  refundToAssets: decimal, newFirmMonths: whole(1), sharedAccountFirms: whole(2), sharedPhoneFirms: whole(2), transferredOutShare: decimal,
});
export type RiskSettings = Readonly<z.infer<typeof riskSettingsSchema>>;
export const someRiskSettingsSchema = riskSettingsSchema.partial();

export const usualRiskSettings: RiskSettings = {
  largeAmount: '1000000.00', customsShare: '0.5', tollShare: '0.3', otherShare: '0.6', jumpFactor: '2', jumpRise: '100000.00',
  salesDrop: '0.3', refundToSales: '0.3',
  refundToAssets: '0.5', newFirmMonths: 12, sharedAccountFirms: 2, sharedPhoneFirms: 3, transferredOutShare: '0.2',
};

/** @param text checked by the schema above */
export function settingFen(text: string): Fen {
  const fen = parseYuan(text);
  assert(fen !== null, 'a setting is an amount');
  return fen;
}

/** @param text checked by the schema above */
export function settingRatio(text: string): Ratio {
  const ratio = parseRatio(text);
  assert(ratio !== null, 'a setting is a plain decimal');
  return ratio;
}
