/** POLICY_AMENDMENT, one row an amendment in force in the tax office: the document behind it, its values, its turn and who signed it. */
import { z } from 'zod';
import { amendmentDraftSchema, amendmentNoSchema } from '../policy/amendment.ts';
import { requiredText } from '../kernel/schema.ts';

export const amendmentRow = z.strictObject({
  no: amendmentNoSchema,
  /** Turn in which it took effect, from 1 without a gap. */
  place: z.int().min(1).max(10_000),
  /** The two people of the tax office who confirmed it. */
  signedBy: requiredText(80),
  ...amendmentDraftSchema.shape,
});
export type AmendmentRow = z.output<typeof amendmentRow>;
