/**
 * Which enrolled key signed a package, and whether it was good for that number 信任. The key id in a header is a hint: every enrolled
 * key is tried, and a package signed by another agency's key is as good as unsigned. No key is ever learned from a package.
 * @source shared spec exchange.md 2.3, 2.4 S3–S4; decisions 18
 */
import { shanghaiDate } from '../../shared/kernel/civil-date.ts';
import type { ErrorParams } from '../../shared/kernel/errors.ts';
import { agencyNames, type Agency } from '../../shared/kernel/office.ts';
import type { ExchangeErrorCode } from '../../shared/exchange/errors.ts';
import type { KeyCard, Revocation, SigningKey } from '../../shared/exchange/key-card.ts';
import { bytesOfHex } from '../platform/hash.ts';
import { isAfter } from '../platform/signed-numbers.ts';
import { canonicalBytes } from './canonical-json.ts';
import type { AckProof, PackageHeader } from './package-schema.ts';
import { verifyPayload } from './signature.ts';

/** The office as the border sees it, and every card it holds. */
export type Trust = {
  readonly own: { readonly agency: Agency; readonly county: string; readonly practice: boolean };
  /** Standing cards, the office's own included. */
  readonly cards: readonly KeyCard[];
  /** Every card of the office's own, of former versions too: what an old key signed stays signed. */
  readonly ownCards: readonly KeyCard[];
};

export type TrustRefusal = { readonly stage: 'S3' | 'S4'; readonly code: ExchangeErrorCode; readonly params: ErrorParams };

/** S3: the signature, by an enrolled key of the sender, good for this number. @returns null when it holds */
export function judgeSignature(header: PackageHeader, headerBytes: Uint8Array, signature: Uint8Array, trust: Trust): TrustRefusal | null {
  const candidates = candidateKeys(trust, header);
  const signer = candidates.find(({ key }) => verifyPayload(bytesOfHex(key.publicKey), 'header', headerBytes, signature));
  const agency = agencyNames[header.from];
  if (signer === undefined) {
    const hinted = candidates.some(({ key }) => key.keyId === header.signer_key_id);
    return { stage: 'S3', code: hinted ? 'SIGNATURE_INVALID' : 'UNKNOWN_KEY', params: { agency } };
  }
  // Another agency's good key says nothing about this sender (faults C13).
  if (signer.card.agency !== header.from) return { stage: 'S3', code: 'SIGNATURE_INVALID', params: { agency } };
  const reason = retirement(signer.card, signer.key, header);
  return reason === null ? null : { stage: 'S3', code: 'KEY_RETIRED', params: { agency, reason } };
}

/** S4: from, to, county, practice and profile. The office's own package fed back is named as such before "wrong recipient". */
export function judgeAddress(header: PackageHeader, trust: Trust): TrustRefusal | null {
  const { own } = trust;
  const refuse = (code: ExchangeErrorCode, params: ErrorParams = {}): TrustRefusal => ({ stage: 'S4', code, params });
  if (header.county !== own.county) return refuse('WRONG_COUNTY', { county: header.county });
  if (header.from === own.agency) return refuse('OWN_PACKAGE');
  if (header.to !== own.agency) return refuse('WRONG_RECIPIENT', { agency: agencyNames[header.to] });
  if (header.practice !== own.practice) return refuse('PRACTICE_MIXED');
  if (header.profile !== 'std-1') return refuse('PROFILE_MISMATCH', { profile: header.profile, agency: agencyNames[header.from] });
  return null;
}

/**
 * The key an office signs its next package with: the newest whose first number for this recipient is reached.
 * @returns null when the card names no key for the recipient
 */
export function signingKeyFor(card: KeyCard, to: Agency, place: ChannelPlace): SigningKey | null {
  return card.signing.findLast((key) => hasBegun(key, to, place)) ?? null;
}

/** A number of a channel: the numbers of a later epoch 期 come after all of an earlier one. */
export type ChannelPlace = { readonly epoch: number; readonly seq: number };

/** Whether a key's first number for a receiver is reached. */
export function hasBegun(key: SigningKey, to: Agency, place: ChannelPlace): boolean {
  const seq = key.validFromSeq[to];
  return seq !== undefined && !isAfter({ epoch: key.validFromEpoch?.[to] ?? 1, seq }, place);
}

/** Whether a number lies beyond the last good one of a revoked key. */
export function isBeyondRevocation(revoked: Revocation, to: Agency, place: ChannelPlace): boolean {
  return isAfter(place, { epoch: revoked.lastGoodEpoch?.[to] ?? 1, seq: revoked.lastGoodSeq[to] ?? 0 });
}

/** Why a key is not good for a package, in Chinese, or null. */
export function retirement(card: KeyCard, key: SigningKey, header: Pick<PackageHeader, 'to' | 'epoch' | 'seq' | 'created_at'>): string | null {
  const { to } = header;
  const revoked = card.revoked.find((revocation) => revocation.keyId === key.keyId);
  if (revoked !== undefined && isBeyondRevocation(revoked, to, header)) return `已撤销：${revoked.reason}`;
  const standing = signingKeyFor(card, to, header);
  if (standing === null || !hasBegun(key, to, header)) return '尚未启用';
  if (standing.keyId !== key.keyId) return '已更换';
  return shanghaiDate(header.created_at) > key.expiresOn ? `有效期至 ${key.expiresOn}` : null;
}

/** Whether a header quoted back by a peer was signed by this office for that peer; a retired key still proves what it signed. */
export function isOwnHeader(proof: AckProof, header: PackageHeader, trust: Trust): boolean {
  if (proof.header.from !== trust.own.agency || proof.header.to !== header.from || proof.header.county !== trust.own.county) return false;
  const body = canonicalBytes(proof.header);
  return trust.ownCards.some((own) => own.signing.some((key) => verifyPayload(bytesOfHex(key.publicKey), 'header', body, bytesOfHex(proof.signature))));
}

type Candidate = { readonly card: KeyCard; readonly key: SigningKey };

/** All enrolled keys; the hinted one first only to save time. */
function candidateKeys(trust: Trust, header: PackageHeader): Candidate[] {
  const all = trust.cards.flatMap((card) => card.signing.map((key) => ({ card, key })));
  return [...all.filter(({ key }) => key.keyId === header.signer_key_id), ...all.filter(({ key }) => key.keyId !== header.signer_key_id)];
}
