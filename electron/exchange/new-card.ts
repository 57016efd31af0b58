/**
 * The next version of the office's own card 换发密钥卡 as pure construction: rotation adds keys that begin after the package that carries
 * the card; revocation names the last good numbers and, when the signing key itself is lost, starts a new one at once.
 * @source shared spec exchange.md 2.3
 */
import { addMonths, type CivilDate } from '../../shared/kernel/civil-date.ts';
import { agencies, type Agency } from '../../shared/kernel/office.ts';
import type { EncryptionKey, KeyCard, Revocation, SigningKey } from '../../shared/exchange/key-card.ts';
import { hexOf } from '../platform/hash.ts';
import { cardHash, keyIdOf } from './key-card.ts';
import { recipientBytes, recipientOf } from './sealing.ts';
import { publicKeyOf } from './signature.ts';

/** Keys of each purpose that a card can list. */
export const cardKeysMax = 16;

/** Months for which a signing key is good. */
export const signingKeyMonths = 12;

/** Numbers by peer: the last number sent, 0 where nothing was; or its epoch 期. */
export type LastSent = { readonly [A in Agency]?: number | undefined };

/** A signing key entry. @param firstAfterLast 1 = the very next package, 2 = the package after the one that carries the card */
export function signingEntry(secret: Uint8Array, own: Agency, terms: { readonly lastSent: LastSent; readonly epochs: LastSent; readonly firstAfterLast: 1 | 2; readonly today: CivilDate }): SigningKey {
  const publicKey = publicKeyOf(secret);
  const peers = agencies.filter((agency) => agency !== own);
  return {
    keyId: keyIdOf(publicKey),
    publicKey: hexOf(publicKey),
    validFromSeq: Object.fromEntries(peers.map((peer) => [peer, (terms.lastSent[peer] ?? 0) + terms.firstAfterLast])),
    ...epochsOf('validFromEpoch', peers, terms.epochs),
    expiresOn: addMonths(terms.today, signingKeyMonths),
  };
}

export function encryptionEntry(secret: Uint8Array): EncryptionKey {
  const recipient = recipientOf(secret);
  return { keyId: keyIdOf(recipientBytes(recipient)), recipient };
}

export type CardChange = {
  readonly today: CivilDate;
  readonly rootKey: string;
  readonly signing: readonly SigningKey[];
  readonly encryption: readonly EncryptionKey[];
  readonly revoked: readonly Revocation[];
};

/** The card after the standing one, with what is added to it. */
export function nextCard(standing: KeyCard, change: CardChange): KeyCard {
  return {
    ...standing,
    version: standing.version + 1,
    prevCardHash: cardHash(standing),
    rootKey: change.rootKey,
    signing: newest([...standing.signing, ...change.signing]),
    encryption: newest([...standing.encryption, ...change.encryption]),
    revoked: [...standing.revoked, ...change.revoked].filter(({ keyId }) => newest([...standing.signing, ...change.signing]).some((key) => key.keyId === keyId)),
    issuedOn: change.today,
  };
}

/** A card lists its newest keys; the oldest, long out of use, stay known from the cards before it. */
function newest<T>(entries: readonly T[]): T[] {
  return entries.slice(-cardKeysMax);
}

/** The epochs in which an entry's numbers are counted; the first is not written. */
export function epochsOf<K extends 'validFromEpoch' | 'lastGoodEpoch'>(name: K, peers: readonly Agency[], epochs: LastSent): { [N in K]?: LastSent } {
  const later = peers.filter((peer) => (epochs[peer] ?? 1) > 1);
  return later.length === 0 ? {} : ({ [name]: Object.fromEntries(later.map((peer) => [peer, epochs[peer]])) } as { [N in K]?: LastSent }); // the one name given
}

/** Numbers up to which a revoked key stays good, by recipient. */
export function lastGood(own: Agency, given: LastSent | undefined, lastSent: LastSent): LastSent {
  const peers = agencies.filter((agency) => agency !== own);
  return Object.fromEntries(peers.map((peer) => [peer, given?.[peer] ?? lastSent[peer] ?? 0]));
}
