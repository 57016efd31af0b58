/**
 * The values of 财政部 税务总局 海关总署公告2019年第39号 that the reasoning uses; the numbers stand in
 * resources/policy/mof-sta-gac-2019-39/parameters.json.
 */
import { z } from 'zod';
import { periodSchema } from '../../../../shared/kernel/schema.ts';
import { monthCount, rateValue, sharedValues, yuanValue } from '../../parameter-values.ts';

export const generalParametersSchema = z.strictObject({
  ...sharedValues,
  firstCountedMonth: periodSchema,
  consecutiveMonths: monthCount,
  consecutiveQuarters: monthCount,
  increaseAtLeast: yuanValue,
  refundRate: rateValue,
  'unmodelledFrom.2019-84': periodSchema.optional(),
  'unmodelledFrom.2021-15': periodSchema.optional(),
});
export type GeneralParameters = z.infer<typeof generalParametersSchema>;
