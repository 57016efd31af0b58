/**
 * The values of 财政部 税务总局公告2025年第7号; the numbers stand in resources/policy/mof-sta-2025-07/parameters.json.
 */
import { z } from 'zod';
import { industryListValue, monthCount, rateValue, ratioValue, sharedValues, yuanValue } from '../../parameter-values.ts';

export const parametersSchema = z.strictObject({
  ...sharedValues,
  noChangeMonths: monthCount,
  'industryList.four': industryListValue,
  'industryList.realEstate': industryListValue,
  shareAbove: ratioValue,
  shareMonths: monthCount,
  shareMonthsMin: monthCount,
  consecutiveMonths: monthCount,
  consecutiveQuarters: monthCount,
  realEstateIncreaseAtLeast: yuanValue,
  otherIncreaseAtLeast: yuanValue,
  otherRatioFromMonth: z.number().int().min(1).max(12),
  fullRefundRate: rateValue,
  realEstateRefundRate: rateValue,
  otherTierLimit: yuanValue,
  otherRefundRate: rateValue,
  otherRefundRateAbove: rateValue,
});
export type Parameters2025 = z.infer<typeof parametersSchema>;
