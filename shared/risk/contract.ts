/** Operations of 风险: judging the roster that stands in the ledger. A hit is a 疑点, never a conclusion. */
import { z } from 'zod';
import { businessDuties } from '../kernel/office.ts';
import { query } from '../kernel/operation.ts';
import { periodSchema } from '../kernel/schema.ts';
import { indicatorIds } from './indicators.ts';
import { riskSettingsSchema, someRiskSettingsSchema } from './settings.ts';

const tally = z.strictObject({ hit: z.number().int(), needsEvidence: z.number().int(), clear: z.number().int() });
/** What a judgement of one filing period comes to. */
export const riskSummaryFields = {
  period: periodSchema,
  firms: z.number().int(),
  rejected: z.number().int(),
  settings: riskSettingsSchema,
  counts: z.record(z.enum(indicatorIds), tally),
};

export const riskContract = {
  'risk.export': query(
    z.strictObject({
      period: periodSchema,
      /** Token of the file to write. */
      file: z.string().min(1).max(4000),
      /** Those left out count as usual. */
      settings: someRiskSettingsSchema.optional(),
    }),
    z.strictObject({
      ...riskSummaryFields,
      file: z.string(),
      /** The filing period twelve months earlier, where the ledger holds its roster. */
      previous: periodSchema.nullable(),
    }),
    { title: '判断风险指标并写出', may: businessDuties, agencies: ['tax'], errors: ['RISK_ROSTER_MISSING', 'RISK_NOT_WRITTEN', 'PERIOD_BEFORE_POLICY'] },
  ),
};
