/**
 * The import pipeline 导入步骤 S1–S10 over the bytes of a spooled file: each step looks only at what the steps before it have proved. It
 * decides and changes nothing; what is recorded, quarantined or held is the work of import.service.ts, which asks again inside
 * the transaction.
 * @source shared spec exchange.md 2.4; decisions 14, 18
 */
import type { z } from 'zod';
import type { ExchangeErrorCode } from '../../shared/exchange/errors.ts';
import { freezeReasons, type FreezeCode } from '../../shared/exchange/freezes.ts';
import { isExchangeable, isPackageKind, leavesSection, maySend, packageKinds, type PackageKind } from '../../shared/exchange/kinds.ts';
import { assertNever } from '../../shared/kernel/assert.ts';
import { shanghaiDate, type Instant } from '../../shared/kernel/civil-date.ts';
import type { ErrorParams } from '../../shared/kernel/errors.ts';
import type { Fen } from '../../shared/kernel/money.ts';
import { agencyNames, type Agency } from '../../shared/kernel/office.ts';
import type { LedgerHead } from '../journal/index.ts';
import { bytesOfHex, sha256Hex } from '../platform/hash.ts';
import { canonicalText } from '../journal/index.ts';
import { jsonFaultNames, readCanonicalBytes } from './canonical-json.ts';
import type { Content, ContentFault, ContentReading } from './content.ts';
import { readFrame, readPlaintext, type Frame, type FrameFault } from './package-format.ts';
import { headerSchema, manifestSchema, packageLimits, repeatedFields, zeroHash, type PackageHeader, type PackageManifest } from './package-schema.ts';
import { SealFault } from './sealing.ts';
import { readLeaves, sectionTitle, splitSections } from './section-split.ts';
import { decideByHeader, decideByManifest, leavesReachHead, peerHistoryHolds, type IncomingChannel, type OutgoingChannel } from './sequence.ts';
import { headNote, verifyPayload } from './signature.ts';
import { isOwnHeader, judgeAddress, judgeSignature, signingKeyFor, type Trust } from './trust.ts';

export type Stage = 'S0' | 'S1' | 'S2' | 'S3' | 'S4' | 'S5' | 'S6' | 'S7' | 'S8' | 'S9' | 'S10';
type Reason = { readonly stage: Stage; readonly code: ExchangeErrorCode; readonly params: ErrorParams };

/** What the steps ask about the office. All answers come from one consistent read. */
export type ImportTerms = {
  readonly trust: Trust;
  incoming(peer: Agency): IncomingChannel;
  outgoing(peer: Agency): OutgoingChannel;
  ownHashAt(seq: number): string | null;
  /** Opens a ciphertext with the office's encryption keys. @throws SealFault */
  open(ciphertext: Uint8Array): Promise<Uint8Array>;
  /** Parses the sections that held at S9, away from database and keys. */
  readContent(kind: PackageKind, manifest: PackageManifest, parts: ReadonlyMap<string, Uint8Array>): Promise<ContentReading>;
  /** Number of the accepted package of this peer with the same document; null when there is none. */
  acceptedDocument(peer: Agency, docId: string, docHash: string): number | null;
  /** Whether a package of this peer stands recorded as rejected. */
  isRejected(peer: Agency, manifestHash: string): boolean;
  /** Hashes under which a policy pack has stood in this office, the present one last; none when it does not know the pack. */
  packHashes(id: string): readonly string[];
};

export type SoundPackage = {
  readonly header: PackageHeader;
  readonly manifest: PackageManifest;
  readonly kind: PackageKind;
  readonly content: Content;
  /** The peer's head, recomputed over its leaves. */
  readonly head: LedgerHead;
  /** Whether the peer's leaves continue the head seen before; only an opening file may be sound without. */
  readonly continues: boolean;
};

export type RejectedPackage = Reason & {
  readonly header: PackageHeader;
  readonly manifest: PackageManifest;
  readonly kind: PackageKind;
  readonly faults: readonly ContentFault[];
  readonly faultsTotal: number;
  readonly rowsSeen: number;
  readonly sumSeenFen: Fen;
  /** Null when the leaves could not be read. */
  readonly head: LedgerHead | null;
};

export type Examined =
  /** Uses no number. From S3 on a copy is kept in quarantine. */
  | ({ readonly kind: 'refused'; readonly header: PackageHeader | null } & Reason)
  | { readonly kind: 'duplicate'; readonly header: PackageHeader }
  | { readonly kind: 'held'; readonly header: PackageHeader; readonly missing: number; readonly already: boolean }
  /** A contradiction with what stands: the channel stops. */
  | ({ readonly kind: 'contradiction'; readonly header: PackageHeader; readonly code: FreezeCode } & Omit<Reason, 'code'>)
  /** Uses its number; nothing of it is posted. */
  | ({ readonly kind: 'rejected' } & { readonly package: RejectedPackage })
  | ({ readonly kind: 'sound' } & { readonly package: SoundPackage });

type Opened = { readonly header: PackageHeader; readonly manifest: PackageManifest; readonly kind: PackageKind; readonly body: Uint8Array };

/** Runs S1–S10. @param bytes of the spooled copy */
export async function examinePackage(bytes: Uint8Array, terms: ImportTerms): Promise<Examined> {
  const reading = readFrame(bytes);
  if (!reading.ok) return frameRefusal(reading.fault);
  const header = readHeader(reading.frame);
  if (typeof header === 'string') return refused(null, 'S2', 'HEADER_DAMAGED', { reason: header });

  const untrusted = judgeSignature(header, reading.frame.headerBytes, reading.frame.signature, terms.trust) ?? judgeAddress(header, terms.trust);
  if (untrusted !== null) return { kind: 'refused', header, ...untrusted };
  const agency = agencyNames[header.from];
  const { ciphertext } = reading.frame;
  if (ciphertext.length !== header.ct_bytes || sha256Hex(ciphertext) !== header.ct_hash) return refused(header, 'S5', 'CIPHERTEXT_DAMAGED', { agency });

  const incoming = terms.incoming(header.from);
  const outgoing = terms.outgoing(header.from);
  const place = decideByHeader(incoming, header);
  if (place.kind !== 'next' && place.kind !== 'gap' && place.kind !== 'new-epoch') return outOfPlace(place, header);
  // While only one half of an opening stands, nothing but the other half is taken.
  if (place.kind !== 'new-epoch' && incoming.epoch !== outgoing.epoch) return refused(header, 'S6', 'EPOCH_OPENING', { agency, state: '双方尚未都开期' });

  const opened = await openPackage(header, ciphertext, terms);
  if ('stage' in opened) return { kind: 'refused', header, ...opened };
  if (place.kind === 'new-epoch') {
    if (opened.kind !== 'EPOCH_OPEN') return outOfPlace(place, header);
    if (header.epoch < outgoing.epoch) return refused(header, 'S6', 'EPOCH_LOWER', { agency, epoch: header.epoch, current: outgoing.epoch });
    return examineOpening(opened, incoming, terms);
  }
  if (opened.kind === 'EPOCH_OPEN') return refused(header, 'S8', 'EPOCH_DIFFERS', { agency, what: '期号' });
  if (place.kind === 'gap') return { kind: 'held', header, missing: place.missing, already: place.heldAlready };
  return examineNext(opened, incoming, terms);
}

/** S8 to S10 of an opening file: it stands outside the chain, quotes what it acknowledges as content, and uses no number unless it is sound. */
async function examineOpening(opened: Opened, incoming: IncomingChannel, terms: ImportTerms): Promise<Examined> {
  const { header, manifest, kind } = opened;
  const agency = agencyNames[header.from];
  const differs = (what: string): Examined => refused(header, 'S9', 'EPOCH_DIFFERS', { agency, what });
  if (header.seq !== 1 || manifest.prev_manifest_hash !== zeroHash) return differs('包号');
  if (!countersignatureHolds(opened, terms)) return refused(header, 'S8', 'MANIFEST_DIFFERS', { field: 'countersignature', agency });
  const split = splitSections(kind, manifest, opened.body);
  if (!split.ok) return differs('分段');
  const leaves = readLeaves(manifest, split.parts.get(leavesSection) ?? new Uint8Array());
  if (leaves === null) return differs('分段');
  if (!leavesReachHead(manifest, leaves)) return differs(sectionTitle(leavesSection));
  const read = await terms.readContent(kind, manifest, split.parts);
  if (!read.ok) return differs('内容');
  const continues = peerHistoryHolds(manifest, leaves, incoming.headSeen);
  return { kind: 'sound', package: { header, manifest, kind, content: read.content, head: manifest.ledger_head, continues } };
}

/** S8 (chain, acknowledgements) to S10 of the package that is next. */
async function examineNext(opened: Opened, incoming: IncomingChannel, terms: ImportTerms): Promise<Examined> {
  const { header, manifest, kind } = opened;
  const agency = agencyNames[header.from];
  const contradiction = (stage: Stage, code: FreezeCode, params: ErrorParams): Examined => ({ kind: 'contradiction', header, stage, code, params: { agency, seq: header.seq, ...params } });

  const decision = decideByManifest({ manifest, incoming, outgoing: terms.outgoing(header.from), ownHashAt: (seq) => terms.ownHashAt(seq), isOwnHeader: (proof) => isOwnHeader(proof, header, terms.trust) });
  switch (decision.kind) {
    case 'chain-broken':
      return contradiction('S8', 'CHAIN_BROKEN', {});
    case 'own-ledger-older':
      return contradiction('S8', 'OWN_LEDGER_OLDER', {});
    case 'ack-never-sent':
      return contradiction('S8', 'ACK_NEVER_SENT', { seq: decision.seq });
    case 'ack-went-back':
      return contradiction('S8', 'ACK_WENT_BACK', { before: decision.before, after: decision.after });
    case 'sound':
      break;
    default:
      return assertNever(decision);
  }
  if (!countersignatureHolds(opened, terms)) return refused(header, 'S8', 'MANIFEST_DIFFERS', { field: 'countersignature', agency });

  const reject = (stage: Stage, code: ExchangeErrorCode, params: ErrorParams, rest: Partial<RejectedPackage> = {}): Examined => ({
    kind: 'rejected',
    package: { header, manifest, kind, stage, code, params: { agency, ...params }, faults: [], faultsTotal: 0, rowsSeen: 0, sumSeenFen: 0n, head: null, ...rest },
  });
  const split = splitSections(kind, manifest, opened.body);
  if (!split.ok) return reject('S9', 'SECTION_DIFFERS', { section: sectionTitle(split.section) });
  const leaves = readLeaves(manifest, split.parts.get(leavesSection) ?? new Uint8Array());
  if (leaves === null) return reject('S9', 'SECTION_DIFFERS', { section: sectionTitle(leavesSection) });
  if (!peerHistoryHolds(manifest, leaves, incoming.headSeen)) return contradiction('S9', 'PEER_HISTORY_DIFFERS', {});

  const head = manifest.ledger_head;
  const read = await terms.readContent(kind, manifest, split.parts);
  if (!read.ok) return reject('S10', read.code, read.params, { ...read, head });
  const { rows: rowsSeen, sumFen: sumSeenFen } = read.content;
  const document = judgeDocument(manifest, terms);
  if (document !== null) return reject('S10', document.code, document.params, { rowsSeen, sumSeenFen, head });
  return { kind: 'sound', package: { header, manifest, kind, content: read.content, head, continues: true } };
}

/** S2: canonical gate, then schema. @returns the header, or the Chinese reason */
function readHeader(frame: Frame): PackageHeader | string {
  const gate = readCanonicalBytes(frame.headerBytes, packageLimits.headerBytes);
  if (!gate.ok) return jsonFaultNames[gate.fault];
  const parsed = headerSchema.safeParse(gate.value);
  return parsed.success ? parsed.data : `字段 ${fieldOf(parsed.error)}`;
}

/** S7 and the first half of S8: decryption, the manifest gate, equality with the header, the kind and its arrow. */
async function openPackage(header: PackageHeader, ciphertext: Uint8Array, terms: ImportTerms): Promise<Opened | Reason> {
  const agency = agencyNames[header.from];
  const fail = (stage: Stage, code: ExchangeErrorCode, params: ErrorParams = {}): Reason => ({ stage, code, params: { agency, ...params } });
  const plaintext = await openSealed(ciphertext, terms);
  if (plaintext === null) return fail('S7', 'CANNOT_DECRYPT');
  const parts = readPlaintext(plaintext);
  if (parts === null) return fail('S8', 'MANIFEST_DIFFERS', { field: '清单长度' });
  if (sha256Hex(parts.manifestBytes) !== header.manifest_hash) return fail('S8', 'MANIFEST_DIFFERS', { field: 'manifest_hash' });
  const gate = readCanonicalBytes(parts.manifestBytes, packageLimits.manifestBytes);
  if (!gate.ok) return fail('S8', 'MANIFEST_DIFFERS', { field: jsonFaultNames[gate.fault] });
  const parsed = manifestSchema.safeParse(gate.value);
  if (!parsed.success) return fail('S8', 'MANIFEST_DIFFERS', { field: fieldOf(parsed.error) });
  const manifest = parsed.data;
  const different = repeatedFields.find((field) => canonicalText(manifest[field]) !== canonicalText(header[field]));
  if (different !== undefined) return fail('S8', 'MANIFEST_DIFFERS', { field: different });

  const { kind } = manifest;
  if (!isPackageKind(kind)) return fail('S8', 'NEWER_PACKAGE_FORMAT', { version: kind });
  const { title } = packageKinds[kind];
  if (!maySend(kind, header.from, header.to)) return fail('S8', 'SENDER_NOT_ALLOWED', { kind: title });
  if (!isExchangeable(kind)) return fail('S8', 'KIND_NOT_AVAILABLE', { kind: title });
  if (manifest.schema_version !== 1) return fail('S8', 'NEWER_PACKAGE_FORMAT', { version: `${kind} ${String(manifest.schema_version)}` });
  return { header, manifest, kind, body: parts.body };
}

async function openSealed(ciphertext: Uint8Array, terms: ImportTerms): Promise<Uint8Array | null> {
  try {
    return await terms.open(ciphertext);
  } catch (error) {
    if (error instanceof SealFault) return null;
    throw error;
  }
}

/** The sender's mark on the head of this office's ledger; it stands exactly when a head has been seen. */
function countersignatureHolds({ header, manifest }: Opened, terms: ImportTerms): boolean {
  const { countersignature, ack } = manifest;
  if (countersignature === null) return ack.head_seen.seq === 0;
  const card = terms.trust.cards.find((candidate) => candidate.agency === header.from);
  const key = card === undefined ? null : signingKeyFor(card, header.to, header);
  if (key === null || key.keyId !== countersignature.key_id || ack.head_seen.seq === 0) return false;
  const note = headNote({ agency: header.to, county: header.county, practice: header.practice }, ack.head_seen);
  return verifyPayload(bytesOfHex(key.publicKey), 'checkpoint', note, bytesOfHex(countersignature.signature));
}

/** Business duplicate, correction of something else, another policy pack. */
function judgeDocument(manifest: PackageManifest, terms: ImportTerms): Omit<Reason, 'stage'> | null {
  const earlier = terms.acceptedDocument(manifest.from, manifest.doc_id, manifest.doc_hash);
  if (earlier !== null) return { code: 'DUPLICATE_DOCUMENT', params: { seq: earlier } };
  if (manifest.supersedes !== null && !terms.isRejected(manifest.from, manifest.supersedes)) return { code: 'SUPERSEDES_REFUSED', params: {} };
  const pack = manifest.policy_pack;
  if (pack === null) return null;
  const ours = terms.packHashes(pack.id);
  return ours.includes(pack.hash) ? null : { code: 'POLICY_PACK_DIFFERS', params: { theirs: `${pack.id} ${pack.hash.slice(0, 8)}`, ours: ours.at(-1)?.slice(0, 8) ?? '无' } };
}

type OutOfPlace = Exclude<ReturnType<typeof decideByHeader>, { readonly kind: 'next' | 'gap' }>;

function outOfPlace(place: OutOfPlace, header: PackageHeader): Examined {
  const agency = agencyNames[header.from];
  switch (place.kind) {
    case 'duplicate':
      return { kind: 'duplicate', header };
    case 'fork':
      return { kind: 'contradiction', header, stage: 'S6', code: 'PACKAGE_FORK', params: { agency, seq: header.seq } };
    case 'held-full':
      return refused(header, 'S6', 'HELD_FULL', { agency, limit: packageLimits.held, missing: place.missing });
    case 'new-epoch':
      return refused(header, 'S6', 'NEW_EPOCH', { agency, epoch: header.epoch });
    case 'ended-epoch':
      return refused(header, 'S6', 'EPOCH_ENDED', { agency, epoch: header.epoch, current: place.current });
    case 'frozen':
      return refused(header, 'S6', 'CHANNEL_FROZEN', { agency, ...frozenParams(place.frozen) });
    default:
      return assertNever(place);
  }
}

/** Day and reason for the sentence about a frozen channel. */
export function frozenParams(frozen: { readonly at: string; readonly code: FreezeCode }): { readonly date: string; readonly reason: string } {
  return { date: shanghaiDate(frozen.at as Instant), reason: freezeReasons[frozen.code] }; // written from a checked instant
}

function frameRefusal(fault: FrameFault): Examined {
  switch (fault.code) {
    case 'NOT_A_PACKAGE':
      return refused(null, 'S1', fault.code, {});
    case 'HEADER_DAMAGED':
      return refused(null, 'S1', fault.code, { reason: fault.reason });
    case 'NEWER_PACKAGE_FORMAT':
      return refused(null, 'S1', fault.code, { version: fault.version });
    case 'PACKAGE_TOO_LARGE':
      return refused(null, 'S1', fault.code, { limit: packageLimits.packageBytes / 1_048_576 });
    case 'PROFILE_MISMATCH':
      return refused(null, 'S1', fault.code, { profile: fault.profile, agency: '发件单位' });
    default:
      return assertNever(fault);
  }
}

function refused(header: PackageHeader | null, stage: Stage, code: ExchangeErrorCode, params: ErrorParams): Examined {
  return { kind: 'refused', header, stage, code, params };
}

function fieldOf(error: z.ZodError): string {
  const issue = error.issues[0];
  if (issue === undefined) return '';
  return issue.code === 'unrecognized_keys' ? issue.keys.join('、') : issue.path.join('.');
}
