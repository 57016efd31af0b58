/**
 * When a signing key is to be changed 密钥到期提醒: reminded 60, 30 and 7 days before its last day, and what to do once it has passed. Dates in, a sentence out.
 * @source reviews/faults.md C3; shared spec exchange.md 2.3 (signing ≤ 12 months)
 */
import { daysBetween, type CivilDate } from '../../shared/kernel/civil-date.ts';

/** Days before the last one from which it is said, each time more urgently. */
export const reminderDays = [60, 30, 7] as const;

export type KeyExpiry = { readonly daysLeft: number; /** Null once expired. */ readonly reminder: (typeof reminderDays)[number] | null };

/** Null while there is no need to speak of it. */
export function keyExpiryOf(expiresOn: CivilDate, today: CivilDate): KeyExpiry | null {
  const daysLeft = daysBetween(today, expiresOn);
  if (daysLeft < 0) return { daysLeft, reminder: null };
  const reminder = reminderDays.findLast((days) => daysLeft <= days);
  return reminder === undefined ? null : { daysLeft, reminder };
}

const urging: Readonly<Record<(typeof reminderDays)[number], string>> = { 60: '请安排更换', 30: '请尽快更换', 7: '请立即更换' };

/** @param whose `本单位` or the name of a peer */
export function keyExpirySentence(whose: string, expiresOn: CivilDate, { daysLeft, reminder }: KeyExpiry): string {
  if (whose !== '本单位') {
    return reminder === null ? `${whose}的签名密钥已于 ${expiresOn} 到期，请其更换并当面交来新密钥卡` : `${whose}的签名密钥 ${expiresOn} 到期，还有 ${String(daysLeft)} 天，请提醒其更换`;
  }
  if (reminder === null) return `本单位签名密钥已于 ${expiresOn} 到期，不能签发；请由安全管理员更换密钥，把新密钥卡和盖章的指纹核对单当面交另外两家登记`;
  return `本单位签名密钥 ${expiresOn} 到期，还有 ${String(daysLeft)} 天，${urging[reminder]}：由安全管理员更换密钥，再向另外两家各发一个密钥卡包`;
}
