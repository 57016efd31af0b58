/**
 * What an export would send and under which number 导出计划: read twice, before signing and again inside the transaction, and equal both
 * times or the export is overtaken. It writes nothing.
 * @source shared spec exchange.md 2.3, 2.5; decisions 2, 14, 15
 */
import { refuse } from '../../shared/errors.ts';
import { epochStates } from '../../shared/exchange/epoch.ts';
import { isExchangeable, maySend, packageKinds, type PackageKind } from '../../shared/exchange/kinds.ts';
import type { KeyCard, SigningKey } from '../../shared/exchange/key-card.ts';
import { packageRowsMax } from '../../shared/exchange/section.ts';
import { assert, present } from '../../shared/kernel/assert.ts';
import { agencyNames, type Agency } from '../../shared/kernel/office.ts';
import { periodLabel } from '../../shared/kernel/tax-period.ts';
import { type Context, leafHash, type LedgerHead, readEntries, readEntryAt } from '../journal/index.ts';
import { hexOf } from '../platform/hash.ts';
import { isAfter } from '../platform/signed-numbers.ts';
import { encodeDocument, type EncodedDocument, type Recipient } from './build-package.ts';
import { readCanonicalBytes } from './canonical-json.ts';
import { channelRest, readIncoming, readOutgoing } from './channel.sql.ts';
import { nextEpoch, readOpening } from './epoch.sql.ts';
import { frozenParams } from './import-steps.ts';
import { readOwnCard, readPeerCard } from './key-card.sql.ts';
import type { DocumentDraft, ExportRequest } from './kind.ts';
import { behaviourOf } from './kinds/table.ts';
import { readFrame } from './package-format.ts';
import { headerSchema, packageLimits, zeroHash, type AckProof } from './package-schema.ts';
import { documentIdFor, findSentDocument, findSentManifest, readReceivedBytes, type SentPackage } from './package.sql.ts';
import { hasBegun, signingKeyFor, type ChannelPlace } from './trust.ts';

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
  if (kind === 'EPOCH_OPEN') return planOpening(ctx, request, { own, peer, incoming });
  const { frozen } = incoming;
  if (frozen !== null) refuse('CHANNEL_FROZEN', { ...said, ...frozenParams(frozen) });
  if (channelRest(ctx.db, to) !== null) refuse('EPOCH_OPENING', { ...said, state: epochStates[readOpening(ctx.db, to)?.state ?? 'none'] });

  const draft = request.again ?? behaviourOf(kind).gather(ctx, request) ?? refuse('NOTHING_TO_EXPORT', said);
  // What was meant once, and went void with its epoch, is meant again.
  if (request.again === undefined && request.allowEmpty !== true && isEmptyDraft(kind, draft)) refuse('PACKAGE_EMPTY', { ...said, period: draft.period === null ? '' : periodLabel(draft.period) });
  const document = encodeDocument(kind, draft.period, draft.rows);
  const earlier = findSentDocument(ctx.db, to, kind, document.docHash);
  if (earlier !== null && earlier.receiptVerdict !== 'REJECTED') return { kind: 'repeat', sent: earlier };

  const outgoing = readOutgoing(ctx.db, to);
  const place = { epoch: outgoing.epoch, seq: outgoing.lastSeq + 1, prevManifestHash: outgoing.lastManifestHash };
  return newPlan(ctx, request, { kind, own, peer, incoming, draft, document, place, supersedes: earlier === null ? null : earlier.manifestHash });
}

type Parties = { readonly own: KeyCard; readonly peer: KeyCard; readonly incoming: ReturnType<typeof readIncoming> };

/** Number 1 of the new epoch, outside the chain; made by the second person and afterwards only sent again. */
function planOpening(ctx: Context, request: ExportRequest, parties: Parties): ExportPlan {
  const { to } = request;
  if (request.confirming !== true) {
    const opening = readOpening(ctx.db, to);
    const sent = opening === null || opening.ownManifest === null ? null : findSentManifest(ctx.db, opening.ownManifest);
    return sent === null ? refuse('EPOCH_NOT_PROPOSED', { agency: agencyNames[to] }) : { kind: 'repeat', sent };
  }
  const draft = present(behaviourOf('EPOCH_OPEN').gather(ctx, request), 'an opening file is always made');
  const place = { epoch: nextEpoch(ctx.db, to), seq: 1, prevManifestHash: zeroHash };
  return newPlan(ctx, request, { ...parties, kind: 'EPOCH_OPEN', draft, document: encodeDocument('EPOCH_OPEN', null, draft.rows), place, supersedes: null });
}

type Making = Parties & {
  readonly kind: PackageKind; readonly draft: DocumentDraft; readonly document: EncodedDocument; readonly supersedes: string | null;
  readonly place: { readonly epoch: number; readonly seq: number; readonly prevManifestHash: string };
};

function newPlan(ctx: Context, { to }: ExportRequest, making: Making): ExportPlan {
  const { kind, own, peer, incoming, draft, document, place } = making;
  const outgoing = readOutgoing(ctx.db, to);
  const signed = ctx.signed.highest(to);
  if (signed !== null && !isAfter(place, signed)) refuse('NUMBER_SIGNED_BEFORE', { agency: agencyNames[to], seq: signed.seq, epoch: signed.epoch });
  const bytes = document.sections.reduce((sum, section) => sum + section.bytes.length, 0);
  const rows = document.sections.reduce((sum, section) => sum + section.rows, 0);
  if (bytes > packageLimits.documentBytes || rows > packageRowsMax) {
    refuse('DOCUMENT_TOO_LARGE', { kind: packageKinds[kind].title, rows, megabytes: Math.ceil(bytes / 1_048_576), rowsMax: packageRowsMax, megabytesMax: packageLimits.documentBytes / 1_048_576 });
  }
  return {
    kind: 'new',
    draft,
    document,
    docId: documentIdFor(ctx.db, kind, draft.docId, document.docHash),
    supersedes: making.supersedes,
    ...place,
    signer: signerOf(own, { to, place, kind, today: ctx.today }),
    recipients: [lastEncryption(peer), lastEncryption(own)],
    ack: { epoch: incoming.epoch, lastSeq: incoming.lastSeq, lastManifestHash: incoming.lastManifestHash, headSeen: incoming.headSeen, proof: proofOf(ctx, to, incoming) },
    ledgerHead: shownHead(ctx, outgoing.seenHead),
    leavesFrom: outgoing.seenHead,
  };
}

/** The newest head that the leaves of one package reach from a head the peer has seen. The rest follows once the peer has acknowledged it: what was shown never shrinks. */
function shownHead(ctx: Context, seen: LedgerHead): LedgerHead {
  const newest = ctx.journal.head();
  const reached = seen.seq + packageLimits.leaves;
  return newest.seq <= reached ? newest : { seq: reached, hash: present(readEntryAt(ctx.db, reached), 'an entry below the head').entryHash };
}

/** A document of which its reader learns nothing: usually the wrong month. */
export function isEmptyDraft(kind: PackageKind, { rows }: Pick<DocumentDraft, 'rows'>): boolean {
  const own = behaviourOf(kind).isEmpty;
  return own === undefined ? Object.values(rows).every((lines) => lines.length === 0) : own(rows);
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
function signerOf(own: KeyCard, terms: { readonly to: Agency; readonly place: ChannelPlace; readonly kind: PackageKind; readonly today: string }): SigningKey {
  const newest = present(own.signing.at(-1), 'signing key of a card');
  if (!hasBegun(newest, terms.to, terms.place) && terms.kind !== 'KEYCARD') refuse('KEY_CARD_FIRST', { agency: agencyNames[terms.to] });
  const signer = signingKeyFor(own, terms.to, terms.place) ?? refuse('KEYS_MISSING');
  return terms.today > signer.expiresOn ? refuse('SIGNING_KEY_EXPIRED', { expiresOn: signer.expiresOn }) : signer;
}

function lastEncryption(card: KeyCard): Recipient {
  return present(card.encryption.at(-1), 'encryption key of a card');
}
