/**
 * What an export would send and under which number 导出计划: read twice, before signing and again inside the transaction, and equal both
 * times or the export is overtaken. It writes nothing.
 * @source shared spec exchange.md 2.3, 2.5; decisions 2, 14, 15
 */
import { refuse } from '../../shared/errors.ts';
import { isExchangeable, maySend, packageKinds, type PackageKind } from '../../shared/exchange/kinds.ts';
import type { KeyCard, SigningKey } from '../../shared/exchange/key-card.ts';
import { assert, present } from '../../shared/kernel/assert.ts';
import { agencyNames, type Agency } from '../../shared/kernel/office.ts';
import { type Context, leafHash, type LedgerHead, readEntries } from '../journal/index.ts';
import { hexOf } from '../platform/hash.ts';
import { isAfter } from '../platform/signed-numbers.ts';
import { encodeDocument, type EncodedDocument, type Recipient } from './build-package.ts';
import { readCanonicalBytes } from './canonical-json.ts';
import { readIncoming, readOutgoing } from './channel.sql.ts';
import { frozenParams } from './import-steps.ts';
import { readOwnCard, readPeerCard } from './key-card.sql.ts';
import type { DocumentDraft, ExportRequest } from './kind.ts';
import { behaviourOf } from './kinds/table.ts';
import { readFrame } from './package-format.ts';
import { headerSchema, packageLimits, type AckProof } from './package-schema.ts';
import { documentIdFor, findSentDocument, readReceivedBytes, type SentPackage } from './package.sql.ts';
import { signingKeyFor } from './trust.ts';

export type ExportPlan =
  /** The very document went to this peer before and was not rejected: its stored bytes are what is sent again. */
  | { readonly kind: 'repeat'; readonly sent: SentPackage }
  | {
      readonly kind: 'new';
      readonly draft: DocumentDraft;
      readonly document: EncodedDocument;
      readonly docId: string;
      /** Manifest hash of the rejected package that this one replaces. */
      readonly supersedes: string | null;
      readonly epoch: number;
      readonly seq: number;
      readonly prevManifestHash: string;
      readonly signer: SigningKey;
      readonly recipients: readonly [Recipient, Recipient];
      readonly ack: { readonly epoch: number; readonly lastSeq: number; readonly lastManifestHash: string; readonly headSeen: LedgerHead; readonly proof: AckProof | null };
      readonly ledgerHead: LedgerHead;
      readonly leavesFrom: LedgerHead;
    };

/** @throws Refusal for every reason not to send */
export function planExport(ctx: Context, kind: PackageKind, request: ExportRequest): ExportPlan {
  const { to } = request;
  const said = { agency: agencyNames[to], kind: packageKinds[kind].title };
  if (!maySend(kind, ctx.office.agency, to)) refuse('KIND_NOT_SENT_HERE', said);
  if (!isExchangeable(kind)) refuse('KIND_NOT_AVAILABLE', said);
  const own = readOwnCard(ctx.db)?.file.card ?? refuse('KEYS_MISSING');
  const peer = readPeerCard(ctx.db, to)?.file.card ?? refuse('PEER_NOT_TRUSTED', said);
  const incoming = readIncoming(ctx.db, to);
  const { frozen } = incoming;
  if (frozen !== null) refuse('CHANNEL_FROZEN', { ...said, ...frozenParams(frozen) });

  const draft = behaviourOf(kind).gather(ctx, request) ?? refuse('NOTHING_TO_EXPORT', said);
  const document = encodeDocument(kind, draft.period, draft.rows);
  const earlier = findSentDocument(ctx.db, to, kind, document.docHash);
  if (earlier !== null && earlier.receiptVerdict !== 'REJECTED') return { kind: 'repeat', sent: earlier };

  const outgoing = readOutgoing(ctx.db, to);
  const seq = outgoing.lastSeq + 1;
  const signed = ctx.signed.highest(to);
  if (signed !== null && !isAfter({ epoch: outgoing.epoch, seq }, signed)) refuse('NUMBER_SIGNED_BEFORE', { agency: agencyNames[to], seq: signed.seq, epoch: signed.epoch });
  return {
    kind: 'new',
    draft,
    document,
    docId: documentIdFor(ctx.db, kind, draft.docId, document.docHash),
    supersedes: earlier === null ? null : earlier.manifestHash,
    epoch: outgoing.epoch,
    seq,
    prevManifestHash: outgoing.lastManifestHash,
    signer: signerOf(own, { to, seq, kind, today: ctx.today }),
    recipients: [lastEncryption(peer), lastEncryption(own)],
    ack: { epoch: incoming.epoch, lastSeq: incoming.lastSeq, lastManifestHash: incoming.lastManifestHash, headSeen: incoming.headSeen, proof: proofOf(ctx, to, incoming) },
    ledgerHead: ctx.journal.head(),
    leavesFrom: outgoing.seenHead,
  };
}

/** The peer's own signed header of the last package recorded from it. */
function proofOf(ctx: Context, peer: Agency, incoming: { readonly epoch: number; readonly lastSeq: number }): AckProof | null {
  const stored = readReceivedBytes(ctx.db, peer, incoming.epoch, incoming.lastSeq);
  if (stored === null) return null;
  const reading = readFrame(ctx.journal.bytes(stored));
  assert(reading.ok, 'a recorded package is a package');
  const gate = readCanonicalBytes(reading.frame.headerBytes, packageLimits.headerBytes);
  assert(gate.ok, 'a recorded header is canonical');
  return { header: headerSchema.parse(gate.value), signature: hexOf(reading.frame.signature) };
}

/** Leaves of this office's entries after a head that the peer has seen, up to the head shown. */
export function leavesAfter(ctx: Context, from: LedgerHead, to: LedgerHead): string[] {
  const leaves: string[] = [];
  for (const entry of readEntries(ctx.db, from.seq)) {
    if (entry.seq > to.seq) break;
    leaves.push(leafHash(entry.body));
  }
  return leaves;
}

/** Whether the second look inside the transaction finds what was signed. */
export function samePlan(a: ExportPlan, b: ExportPlan): boolean {
  if (a.kind === 'repeat' || b.kind === 'repeat') return a.kind === b.kind;
  return a.seq === b.seq && a.epoch === b.epoch && a.prevManifestHash === b.prevManifestHash && a.document.docHash === b.document.docHash && a.docId === b.docId && a.signer.keyId === b.signer.keyId;
}

/** The key that signs this number. Until a new card has gone to the peer, only that card may go. */
function signerOf(own: KeyCard, terms: { readonly to: Agency; readonly seq: number; readonly kind: PackageKind; readonly today: string }): SigningKey {
  const newest = present(own.signing.at(-1), 'signing key of a card');
  if ((newest.validFromSeq[terms.to] ?? 0) > terms.seq && terms.kind !== 'KEYCARD') refuse('KEY_CARD_FIRST', { agency: agencyNames[terms.to] });
  const signer = signingKeyFor(own, terms.to, terms.seq) ?? refuse('KEYS_MISSING');
  return terms.today > signer.expiresOn ? refuse('SIGNING_KEY_EXPIRED', { expiresOn: signer.expiresOn }) : signer;
}

function lastEncryption(card: KeyCard): Recipient {
  return present(card.encryption.at(-1), 'encryption key of a card');
}
