/**
 * An amount split by the shares of a county profile 分担, and what of another office's voucher does not agree with it. Judges no profile.
 * @source 财预〔2019〕205号, policy-facts 6.2: the three parts always sum to the refund; who takes the remaining fen is a setting
 */
import { present } from '../kernel/assert.ts';
import { groupedYuan, type Fen } from '../kernel/money.ts';
import { parseRatio, splitByShares } from '../kernel/ratio.ts';
import { shareParts, type CountyProfile } from './model.ts';
import { sharesFault } from './profile-rules.ts';

/** The three parts of an amount; they always sum to it. */
export function sharesOf(amount: Fen, profile: CountyProfile): { readonly central: Fen; readonly province: Fen; readonly county: Fen } {
  const ratios = shareParts.map((part) => present(parseRatio(profile.shares[part]), `share of ${part}`));
  const parts = splitByShares(amount, ratios, shareParts.indexOf(profile.shareRemainderTo));
  const [central, province, county] = parts;
  return { central: present(central, 'central part'), province: present(province, 'provincial part'), county: present(county, 'county part') };
}

/**
 * How a voucher of another office is split otherwise than this office's profile has it, or null.
 * @returns a Chinese phrase with the parts that the profile gives
 */
export function splitDifference(
  voucher: { readonly amountFen: Fen; readonly centralFen: Fen; readonly provinceFen: Fen; readonly countyFen: Fen },
  profile: CountyProfile,
): string | null {
  const fault = sharesFault(profile);
  if (fault !== null) return `本单位县区参数的${fault}`;
  const due = sharesOf(voucher.amountFen, profile);
  if (due.central === voucher.centralFen && due.province === voucher.provinceFen && due.county === voucher.countyFen) return null;
  return `应为 ${[due.central, due.province, due.county].map(groupedYuan).join(' / ')} 元`;
}

/** Whether the budget subject is one that the profile knows. */
export function knowsSubject(profile: CountyProfile, code: string): boolean {
  return [...profile.subjectCodes, profile.subjectCodeBefore].some((row) => row.code === code);
}
