/**
 * The values of 财政部 税务总局公告2022年第14号 as amended by No. 17, 19 and 21; the numbers, windows and industries stand in
 * resources/policy/mof-sta-2022-14/parameters.json. The list of No. 21 is absent when a day before its issue is asked for.
 */
import { z } from 'zod';
import { civilDateSchema, periodSchema } from '../../../../shared/kernel/schema.ts';
import { industryListValue, monthCount, rateValue, ratioValue, sharedValues } from '../../parameter-values.ts';

export const parametersSchema = z.strictObject({
  ...sharedValues,
  repaidNotLaterThan: civilDateSchema,
  'industryList.six': industryListValue,
  'industryList.seven': industryListValue.optional(),
  shareAbove: ratioValue,
  shareMonths: monthCount,
  shareMonthsMin: monthCount,
  smallIncrementalUntil: periodSchema,
  'window.incremental.smallAndMicro': periodSchema,
  'window.existing.micro': periodSchema,
  'window.existing.small': periodSchema,
  'window.incremental.six': periodSchema,
  'window.existing.six.medium': periodSchema,
  'window.existing.six.large': periodSchema,
  'window.incremental.seven': periodSchema.optional(),
  'window.existing.seven.medium': periodSchema.optional(),
  'window.existing.seven.large': periodSchema.optional(),
  // Work targets 集中退还: shown on the schedule, read by no rule, so that none can ever refuse.
  'target.existing.micro': civilDateSchema,
  'target.existing.small': civilDateSchema,
  'target.existing.six.medium': civilDateSchema,
  'target.existing.six.large': civilDateSchema,
  'applicationExtended.from': periodSchema,
  'applicationExtended.until': periodSchema,
  refundRate: rateValue,
});
export type Parameters2022 = z.infer<typeof parametersSchema>;
