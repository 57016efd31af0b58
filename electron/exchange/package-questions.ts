/**
 * What deep verification asks of packages 收发包复核: whether each stored package still bears the signature of a key that was good for its number, as the
 * cards stood then; whether its entry says what its header says; and whether each countersignature is one, over a head that stands in this ledger. Judged with
 * the very functions of the import; what is sealed is not opened, for that needs private keys.
 * @source shared spec ledger.md, Invariants; exchange.md 2.4 S3
 */
import type { z } from 'zod';
import { agencyNames, type Agency } from '../../shared/kernel/office.ts';
import { readOffice } from '../administration/index.ts';
import { emptyHead, readEntryAt, type BlobRef, type EntryKind, type EntryQuestion, type FoldEntry } from '../journal/index.ts';
import type { Database } from '../platform/database.ts';
import { bytesOfHex, sha256Hex } from '../platform/hash.ts';
import { readCanonicalBytes } from './canonical-json.ts';
import { packageReceived, packageSent } from './entries.ts';
import { readAllCards, readStandingCards } from './key-card.sql.ts';
import { readFrame } from './package-format.ts';
import { headerSchema, packageLimits, type PackageHeader } from './package-schema.ts';
import { headNote, verifyPayload } from './signature.ts';
import { headSigned, signatureFault } from './signed-head.ts';
import { judgeSignature, signingKeyFor, type Trust } from './trust.ts';

/** Rows of the table of questions. */
export const packageQuestions = [(): readonly EntryQuestion[] => [askOfSent, askOfReceived, askOfSignedHead]];

const askOfSent: EntryQuestion = (before, entry) => {
  if (!isOf(entry, packageSent)) return null;
  const { facts } = entry;
  const trust = trustOf(before.db);
  return asStored(before.bytes(facts.bytes), { ...facts, from: trust.own.agency }, trust);
};

const askOfReceived: EntryQuestion = (before, entry, log) => {
  if (!isOf(entry, packageReceived)) return null;
  const { facts } = entry;
  const trust = trustOf(before.db);
  return asStored(before.bytes(facts.bytes), { ...facts, to: trust.own.agency }, trust) ?? countersigned(entry.facts, trust, log, entry.seq);
};

const askOfSignedHead: EntryQuestion = (before, entry, log) => (isOf(entry, headSigned) ? signatureFault(log, before.db, trustOf(before.db).own, entry.facts) : null);

/** An entry and its facts go together: both come from its kind. */
function isOf<S extends z.ZodType>(entry: FoldEntry<unknown>, kind: EntryKind<S>): entry is FoldEntry<z.output<S>> {
  return entry.kind === kind.kind;
}

type Stated = { readonly from: Agency; readonly to: Agency; readonly epoch: number; readonly seq: number; readonly packageId: string; readonly manifestHash: string; readonly bytes: BlobRef };

function asStored(bytes: Uint8Array, stated: Stated, trust: Trust): string | null {
  const which = `${agencyNames[stated.from]}发${agencyNames[stated.to]}第 ${String(stated.epoch)} 期第 ${String(stated.seq)} 号包`;
  const reading = readFrame(bytes);
  if (!reading.ok) return `${which}存下的文件不是完整的交换包`;
  const { frame } = reading;
  const header = headerOf(frame.headerBytes);
  if (header === null) return `${which}的文件头不能读取`;
  const refusal = judgeSignature(header, frame.headerBytes, frame.signature, trust);
  if (refusal !== null) return `${which}的签名按当时登记的密钥不成立（${refusal.code}）`;
  if (frame.ciphertext.length !== header.ct_bytes || sha256Hex(frame.ciphertext) !== header.ct_hash) return `${which}的密文与文件头不符`;
  const same = header.from === stated.from && header.to === stated.to && header.epoch === stated.epoch && header.seq === stated.seq
    && header.pkg_id === stated.packageId && header.manifest_hash === stated.manifestHash;
  return same ? null : `${which}的登记与文件头不符`;
}

function headerOf(bytes: Uint8Array): PackageHeader | null {
  const gate = readCanonicalBytes(bytes, packageLimits.headerBytes);
  return gate.ok ? (headerSchema.safeParse(gate.value).data ?? null) : null;
}

type Received = z.output<typeof packageReceived.facts>;

function countersigned({ from, epoch, seq, ack, countersignature }: Received, trust: Trust, log: Database, before: number): string | null {
  const { head } = ack;
  const standing = head.seq === 0 ? emptyHead.hash : readEntryAt(log, head.seq)?.entryHash;
  if (head.seq >= before || standing !== head.hash) return `${agencyNames[from]}看到的账本第 ${String(head.seq)} 条与本账本不符`;
  if (countersignature === null) return null;
  const card = trust.cards.find((candidate) => candidate.agency === from);
  const key = card === undefined ? null : signingKeyFor(card, trust.own.agency, { epoch, seq });
  const holds = key !== null && key.keyId === countersignature.key_id
    && verifyPayload(bytesOfHex(key.publicKey), 'checkpoint', headNote(trust.own, head), bytesOfHex(countersignature.signature));
  return holds ? null : `${agencyNames[from]}对账本第 ${String(head.seq)} 条的会签不成立`;
}

/** Whom the office trusted before the entry. */
function trustOf(db: Database): Trust {
  const office = readOffice(db);
  if (office === null) throw new Error('账本没有单位资料'); // a fold has made it with the first entry
  const { agency, county, practice } = office.identity;
  return {
    own: { agency, county, practice },
    cards: readStandingCards(db).map(({ file }) => file.card),
    ownCards: readAllCards(db).filter(({ own }) => own).map(({ file }) => file.card),
  };
}
