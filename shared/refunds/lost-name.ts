/**
 * What a voucher's 备注 says where a name may have lost a character 疑似丢失的字: that the licence was seen, and by which office, or that nobody wrote so yet. The
 * mark follows the money to the treasury, which pays only against the first.
 * @source shared reviews faults.md B4
 */
import { lostCharacter } from '../kernel/lost-character.ts';

type Named = { readonly name: string; readonly accountName: string };

const seen = '税务机关审核时已对照营业执照';

/** The character of a name or payee that may stand for a lost one, or null. */
export function lostInName({ name, accountName }: Named): string | null {
  return lostCharacter(name) ?? lostCharacter(accountName);
}

/** The note of a voucher, or null where its names are whole. @param licenceSeen whether the reviewer has written so */
export function nameNote(of: Named, licenceSeen: boolean): string | null {
  const lost = lostInName(of);
  return lost === null ? null : `名称或户名含有“${lost}”，可能是丢失的字；${licenceSeen ? seen : '审核意见没有写明看过执照'}`;
}

/** Whether a note says that the licence was seen. */
export function saysLicenceSeen(note: string | null): boolean {
  return note?.includes(seen) === true;
}
