/** Settings 预测参数 of the forecast; none was found in law, so each has a stated default. @source shared spec funds.md, Forecast */
import { z } from 'zod';
import { shareParts } from '../administration/model.ts';
import { parseRatio } from '../kernel/ratio.ts';

const decimal = z.string().refine((text) => isAboveZero(text), '须为大于 0 的小数文字，至多 20 位小数');
const whole = z.int().min(1).max(3660);

export const forecastSettingsSchema = z.strictObject({
  horizonDays: whole, lagDays: whole, lagFewest: whole,
  lagUniform: z.tuple([z.int().min(0).max(3660), z.int().min(0).max(3660)]).refine(([from, to]) => from <= to, '下限不得大于上限'),
  lowerBound: decimal,
  shares: z.strictObject({ central: decimal, province: decimal, county: decimal })
    .refine(
      (shares) => !shareParts.every((level) => isAboveZero(shares[level])) || sumsToOne(shareParts.map((level) => shares[level])),
      '三级分担之和须为 1',
    ),
  shareRemainderTo: z.enum(shareParts),
});
export type ForecastSettings = Readonly<z.infer<typeof forecastSettingsSchema>>;
export const someForecastSettingsSchema = forecastSettingsSchema.partial();

export const usualForecastSettings: ForecastSettings = {
  horizonDays: 90, lagDays: 90, lagFewest: 30, lagUniform: [5, 20], lowerBound: '0.3',
  shares: { central: '0.5', province: '0.35', county: '0.15' }, shareRemainderTo: 'central',
};

function isAboveZero(text: string): boolean {
  const ratio = parseRatio(text);
  return ratio !== null && ratio.numerator > 0n;
}

function sumsToOne(texts: readonly string[]): boolean {
  const unit = 10n ** 20n;
  return texts.reduce((sum, text) => {
    const ratio = parseRatio(text) ?? { numerator: 0n, denominator: 1n };
    return sum + (ratio.numerator * unit) / ratio.denominator; // exact: at most 20 decimals
  }, 0n) === unit;
}
