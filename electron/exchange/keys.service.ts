/**
 * Handlers of keys 密钥: making the office's own, showing fingerprints, enrolling a peer after the paper ceremony, rotating and revoking.
 * There is no "accept" without the fingerprint, and no key is learned from a package that it signed itself.
 * @source shared spec exchange.md 2.3; headless.md `key …`
 */
import type { exchangeContract, CardSummary } from '../../shared/exchange/contract.ts';
import type { KeyCard, KeyCardFile } from '../../shared/exchange/key-card.ts';
import { refuse } from '../../shared/errors.ts';
import { addMonths } from '../../shared/kernel/civil-date.ts';
import { agencies, agencyNames, type Agency } from '../../shared/kernel/office.ts';
import { insertPrivateKey, personName } from '../administration/index.ts';
import { type Context, type HandlersOf, plain, prepared, type PrepareEnv, type SealedKey } from '../journal/index.ts';
import { readFromDrive, writeToDrive } from '../platform/drive.ts';
import { bytesOfHex, hexOf } from '../platform/hash.ts';
import { channelRest, readLastSent, readOutgoing } from './channel.sql.ts';
import { onDrive } from './drive-refusal.ts';
import { cardIssued, cardProposed, cardTrusted } from './entries.ts';
import {
  cardBytesMax, cardFingerprint, cardHash, firstCard, judgeEnrolment, judgeFingerprint, judgeReplacedRoot, keyIdOf, readCardFile, signCard, writeCardFile, type CardReading,
} from './key-card.ts';
import { readAllCards, readOwnCard, readPeerCard, readProposedCard, readStandingCards, type StoredCard } from './key-card.sql.ts';
import { encryptionEntry, epochsOf, lastGood, nextCard, signingEntry, signingKeyMonths } from './new-card.ts';
import { readAcceptedNumbers, type ReceivedNumber } from './package.sql.ts';
import { recipientBytes, recipientOf } from './sealing.ts';
import { publicKeyOf } from './signature.ts';
import { hasBegun, isBeyondRevocation, signingKeyFor, type ChannelPlace } from './trust.ts';

type KeysContract = Pick<typeof exchangeContract, Extract<keyof typeof exchangeContract, `keys.${string}`>>;

/** Ending of key card files. */
export const cardEnding = '.kxc';
const keyBytes = 32;

export const keyHandlers: HandlersOf<KeysContract> = {
  'keys.create': prepared({
    prepare: async (env) => {
      if (env.read((ctx) => readOwnCard(ctx.db)) !== null) refuse('KEYS_EXIST');
      const [root, signing, encryption] = [env.random(keyBytes), env.random(keyBytes), env.random(keyBytes)];
      const { agency, county, name, practice } = env.office;
      const file = firstCard({
        agency, county, name, practice,
        issuedOn: env.today,
        expiresOn: addMonths(env.today, signingKeyMonths),
        rootSecret: root,
        signingSecret: signing,
        recipient: recipientOf(encryption),
      });
      return { file, keys: [await sealSigning(env, 'root', root), await sealSigning(env, 'signing', signing), await sealEncryption(env, encryption)] };
    },
    apply: (ctx, _input, { file, keys }) => {
      if (readOwnCard(ctx.db) !== null) refuse('KEYS_EXIST');
      return issue(ctx, file, keys);
    },
  }),
  'keys.show': plain((ctx) => {
    const cards = readStandingCards(ctx.db);
    const own = cards.find((card) => card.own);
    return {
      own: own === undefined ? null : summary(own),
      peers: cards.filter((card) => !card.own).map(summary),
      proposed: agencies.flatMap((agency) => {
        const proposal = readProposedCard(ctx.db, agency);
        return proposal === null ? [] : [{ agency, proposedBy: personName(ctx.db, proposal.proposedBy) }];
      }),
    };
  }),
  'keys.writeCard': prepared({
    prepare: (env, { folder }) => {
      const { file } = ownCard(env);
      const bytes = writeCardFile(file);
      const fileName = `密钥卡-${file.card.county}-${file.card.agency}-v${String(file.card.version)}-${cardFingerprint(file.card).slice(0, 4)}${cardEnding}`;
      const written = onDrive(bytes.length, () => {
        writeToDrive(env.resolveFile(folder), fileName, bytes);
      });
      if (!written.ok) refuse(written.code, written.params);
      return Promise.resolve({ fileName, fingerprint: cardFingerprint(file.card) });
    },
    apply: (_ctx, _input, written) => written,
  }),
  'keys.trust': prepared({
    prepare: (env, { card }) => Promise.resolve(readCard(env, card)),
    apply: (ctx, { fingerprint }, reading) => {
      const file = comparedCard(reading, fingerprint);
      const standing = readPeerCard(ctx.db, file.card.agency);
      if (standing !== null && cardHash(standing.file.card) === cardHash(file.card)) return { changed: false, card: summary(standing), review: [] };
      const refusal = judgeEnrolment(file, enrolmentOf(ctx, file), true);
      if (refusal !== null) refuse(refusal.code, refusal.params);
      return { changed: true, card: trust(ctx, file, true), review: packagesToReview(ctx, file.card) };
    },
  }),
  'keys.proposeRoot': prepared({
    prepare: (env, { card }) => Promise.resolve(readCard(env, card)),
    apply: (ctx, { fingerprint }, reading) => {
      const file = comparedCard(reading, fingerprint);
      const refusal = judgeReplacedRoot(file, enrolmentOf(ctx, file));
      if (refusal !== null) refuse(refusal.code, refusal.params);
      const { agency } = file.card;
      ctx.journal.append(cardProposed, { key: `keys.root-proposed/${agency}/${String(ctx.journal.head().seq + 1)}`, subject: agency, origin: agency, facts: { file } });
      return { agency, fingerprint: cardFingerprint(file.card) };
    },
  }),
  'keys.confirmRoot': plain((ctx, { agency, fingerprint }) => {
    const proposed = readProposedCard(ctx.db, agency) ?? refuse('ROOT_NOT_PROPOSED', { agency: agencyNames[agency] });
    if (proposed.proposedBy === ctx.actor.username) refuse('ROOT_SAME_PERSON', { person: ctx.actor.name });
    const { file } = proposed;
    const refusal = judgeFingerprint(file.card, fingerprint) ?? judgeReplacedRoot(file, enrolmentOf(ctx, file));
    if (refusal !== null) refuse(refusal.code, refusal.params);
    const key = `keys.card-trusted/${agency}/${String(file.card.version)}/${cardHash(file.card).slice(0, 16)}`;
    ctx.journal.append(cardTrusted, { key, subject: agency, origin: agency, facts: { file, ceremony: true, rootReplaced: true } });
    return summary(readPeerCard(ctx.db, agency) ?? refuse('PEER_NOT_TRUSTED', { agency: agencyNames[agency] }));
  }),
  'keys.rotate': prepared({
    prepare: async (env, { root: newRoot }) => {
      const { file } = ownCard(env);
      const [signing, encryption] = [env.random(keyBytes), env.random(keyBytes)];
      const root = newRoot ? env.random(keyBytes) : null;
      const keys = [await sealSigning(env, 'signing', signing), await sealEncryption(env, encryption)];
      if (root !== null) keys.push(await sealSigning(env, 'root', root));
      return { standing: cardHash(file.card), signing, encryption, root, keys };
    },
    apply: (ctx, _input, made) => {
      const { card } = standingCard(ctx, made.standing);
      const { lastSent, epochs } = readLastSent(ctx.db);
      // A card that can still travel as a package goes first. One that cannot (its carrying key expired, the channel stands) never will: the next key starts at once.
      const carriers = agencies.filter((peer) => carriesCard(ctx, card, peer));
      const pending = carriers.find((peer) => !isInUse(card, peer, { epoch: epochs[peer] ?? 1, seq: (lastSent[peer] ?? 0) + 1 }));
      if (pending !== undefined) refuse('KEY_CARD_FIRST', { agency: agencyNames[pending] });
      const byHand = carriers.length === 0;
      const oldRoot = ctx.keys.secret(rootKeyId(card.rootKey));
      const next = nextCard(card, {
        today: ctx.today,
        rootKey: made.root === null ? card.rootKey : hexOf(publicKeyOf(made.root)),
        signing: [signingEntry(made.signing, card.agency, { lastSent, epochs, firstAfterLast: byHand ? 1 : 2, today: ctx.today })],
        encryption: [encryptionEntry(made.encryption)],
        revoked: [],
      });
      return issue(ctx, made.root === null ? signCard(next, oldRoot, null) : signCard(next, made.root, oldRoot), made.keys);
    },
  }),
  'keys.revoke': prepared({
    prepare: async (env) => {
      const { file } = ownCard(env);
      const signing = env.random(keyBytes);
      return { standing: cardHash(file.card), signing, key: await sealSigning(env, 'signing', signing) };
    },
    apply: (ctx, { keyId, reason, lastGoodSeq }, made) => {
      const { card } = standingCard(ctx, made.standing);
      const known = card.signing.some((key) => key.keyId === keyId) && !card.revoked.some((entry) => entry.keyId === keyId);
      if (!known) refuse('KEY_NOT_FOUND', { keyId });
      const { lastSent, epochs } = readLastSent(ctx.db);
      // A lost signing key cannot introduce its successor: the new one starts at once and the card goes by hand.
      const lost = card.signing.at(-1)?.keyId === keyId;
      const next = nextCard(card, {
        today: ctx.today,
        rootKey: card.rootKey,
        signing: lost ? [signingEntry(made.signing, card.agency, { lastSent, epochs, firstAfterLast: 1, today: ctx.today })] : [],
        encryption: [],
        revoked: [{ keyId, lastGoodSeq: lastGood(card.agency, lastGoodSeq, lastSent), ...epochsOf('lastGoodEpoch', agencies.filter((peer) => peer !== card.agency), epochs), reason }],
      });
      return issue(ctx, signCard(next, ctx.keys.secret(rootKeyId(card.rootKey)), null), lost ? [made.key] : []);
    },
  }),
};

/** Enrols a judged card and opens its channels. Also called for cards that came in a KEYCARD package. */
export function trust(ctx: Context, file: KeyCardFile, ceremony: boolean): CardSummary {
  const { agency, version } = file.card;
  ctx.journal.append(cardTrusted, { key: `keys.card-trusted/${agency}/${String(version)}`, subject: agency, origin: agency, facts: { file, ceremony } });
  return summary(readPeerCard(ctx.db, agency) ?? refuse('PEER_NOT_TRUSTED', { agency: agencyNames[agency] }));
}

/** Packages accepted from an agency under a key that its new card revokes for them: people look at them again. */
export function packagesToReview(ctx: Context, card: KeyCard): ReceivedNumber[] {
  return readAcceptedNumbers(ctx.db, card.agency).filter((place) => {
    const key = signingKeyFor(card, ctx.office.agency, place);
    const revoked = card.revoked.find((entry) => entry.keyId === key?.keyId);
    return revoked !== undefined && isBeyondRevocation(revoked, ctx.office.agency, place);
  }).map(({ seq, kind, receivedAt }) => ({ seq, kind, receivedAt }));
}

/** What judging an enrolment needs to know. */
export function enrolmentOf(ctx: Context, file: KeyCardFile): Parameters<typeof judgeEnrolment>[1] {
  return { own: ctx.office, known: readAllCards(ctx.db).map((card) => card.file.card), standing: readPeerCard(ctx.db, file.card.agency)?.file.card ?? null };
}

function readCard(env: PrepareEnv, card: string): CardReading {
  const reading = onDrive(cardBytesMax, () => readFromDrive(env.resolveFile(card), { bytesMax: cardBytesMax, spool: env.folders.spool }));
  return reading.ok ? readCardFile(reading.value) : reading;
}

/** A card that is sound in itself and bears the typed fingerprint. @throws Refusal */
function comparedCard(reading: CardReading, fingerprint: string): KeyCardFile {
  if (!reading.ok) return refuse(reading.code, reading.params);
  const typed = judgeFingerprint(reading.file.card, fingerprint);
  return typed === null ? reading.file : refuse(typed.code, typed.params);
}

function issue(ctx: Context, file: KeyCardFile, keys: readonly SealedKey[]): CardSummary {
  for (const key of keys) insertPrivateKey(ctx.db, key);
  const { agency, version } = file.card;
  ctx.journal.append(cardIssued, { key: `keys.card-issued/${String(version)}`, subject: agency, facts: { file } });
  return summary(readOwnCard(ctx.db) ?? refuse('KEYS_MISSING'));
}

function ownCard(env: PrepareEnv): StoredCard {
  return env.read((ctx) => readOwnCard(ctx.db)) ?? refuse('KEYS_MISSING');
}

function standingCard(ctx: Context, expected: string): KeyCardFile {
  const own = readOwnCard(ctx.db) ?? refuse('KEYS_MISSING');
  return cardHash(own.file.card) === expected ? own.file : refuse('STALE_STATE');
}

/** Whether a new card can go to a peer as a package: the key that would sign it is good today, and the channel is open. */
function carriesCard(ctx: Context, card: KeyCard, peer: Agency): boolean {
  if (peer === card.agency || readPeerCard(ctx.db, peer) === null || channelRest(ctx.db, peer) !== null) return false;
  const { epoch, lastSeq } = readOutgoing(ctx.db, peer);
  const signer = signingKeyFor(card, peer, { epoch, seq: lastSeq + 1 });
  return signer !== null && signer.expiresOn >= ctx.today && !card.revoked.some(({ keyId }) => keyId === signer.keyId);
}

/** Whether the newest key of a card signs the next number to a peer. */
function isInUse(card: KeyCard, peer: Agency, next: ChannelPlace): boolean {
  const newest = card.signing.at(-1);
  return newest !== undefined && hasBegun(newest, peer, next);
}

function rootKeyId(rootKey: string): string {
  return keyIdOf(bytesOfHex(rootKey));
}

function sealSigning(env: PrepareEnv, purpose: 'root' | 'signing', secret: Uint8Array): Promise<SealedKey> {
  return env.sealKey(purpose, keyIdOf(publicKeyOf(secret)), secret);
}

function sealEncryption(env: PrepareEnv, secret: Uint8Array): Promise<SealedKey> {
  return env.sealKey('encryption', keyIdOf(recipientBytes(recipientOf(secret))), secret);
}

function summary(stored: StoredCard): CardSummary {
  const { card } = stored.file;
  const signing = card.signing.at(-1);
  return {
    agency: card.agency,
    name: card.name,
    version: card.version,
    fingerprint: cardFingerprint(card),
    practice: card.practice,
    signingKeyId: signing?.keyId ?? '',
    signingExpiresOn: signing?.expiresOn ?? '',
    encryptionKeyId: card.encryption.at(-1)?.keyId ?? '',
    revokedKeyIds: card.revoked.map((entry) => entry.keyId),
    trustedAt: stored.trustedAt,
  };
}
