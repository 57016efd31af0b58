/**
 * Settings 对账参数 of the reconciliation, in working days; none was found in law, so each has a stated default.
 * @source shared spec reconciliation.md, Reasons
 */
import { z } from 'zod';

export const reconSettingNames = {
  waitingDays: { zh: '国库收到后办理', days: 10 },
  transitDays: { zh: '税务送出后在途', days: 3 },
  unsentDays: { zh: '开具后未送', days: 3 },
  postingDays: { zh: '退付后列支', days: 5 },
  transferDays: { zh: '拨付后到账', days: 3 },
} as const;

type SettingName = keyof typeof reconSettingNames;
export type ReconSettings = Readonly<Record<SettingName, number>>;

const days = z.int().min(0).max(366);
/** All five, as a document carries them. */
export const reconSettingsSchema = z.strictObject(
  { waitingDays: days, transitDays: days, unsentDays: days, postingDays: days, transferDays: days },
);
/** What a settings file may say, any of them, nothing else. */
export const someSettingsSchema = reconSettingsSchema.partial();

export const usualSettings: ReconSettings = {
  waitingDays: reconSettingNames.waitingDays.days,
  transitDays: reconSettingNames.transitDays.days,
  unsentDays: reconSettingNames.unsentDays.days,
  postingDays: reconSettingNames.postingDays.days,
  transferDays: reconSettingNames.transferDays.days,
};
