/**
 * Settings 对账参数 of the reconciliation, in working days; none was found in law, so each has a stated default.
 * @source shared spec reconciliation.md, Reasons
 */
import { z } from 'zod';

const days = z.int().min(0).max(366);
/** All five, as a document carries them. */
export const reconSettingsSchema = z.strictObject(
  { waitingDays: days, transitDays: days, unsentDays: days, postingDays: days, transferDays: days },
);
export type ReconSettings = Readonly<z.infer<typeof reconSettingsSchema>>;
/** What a settings file may say, any of them, nothing else. */
export const someSettingsSchema = reconSettingsSchema.partial();

export const usualSettings: ReconSettings = { waitingDays: 10, transitDays: 3, unsentDays: 3, postingDays: 5, transferDays: 3 };
