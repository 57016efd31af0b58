/**
 * The sequence rules 序号规则 of a channel (county, from, to) as two pure decisions: what the header says before decryption (S6), and
 * what the manifest says about the chain, acknowledgements and ledger heads (S8). Nothing is read or changed here, and a claimed
 * time never orders anything.
 * @source shared spec exchange.md 2.5; decisions 2, 18; faults C03–C08, C20, C21, F03–F05
 */
import type { FreezeCode } from '../../shared/exchange/freezes.ts';
import { extendHead, type LedgerHead } from '../journal/index.ts';
import { packageLimits, zeroHash, type AckProof, type PackageHeader, type PackageManifest } from './package-schema.ts';

/** What one peer has sent to this office so far. */
export type IncomingChannel = {
  readonly epoch: number;
  /** Last number used up, accepted or rejected; 0 before the first. */
  readonly lastSeq: number;
  /** When and why it was frozen; null while it is open. */
  readonly frozen: { readonly at: string; readonly code: FreezeCode } | null;
  /** Manifest hash recorded under a number; null when none is. */
  recordedAt(seq: number): string | null;
  /** The same under any epoch. */
  recordedIn(place: { readonly epoch: number; readonly seq: number }): string | null;
  /** Manifest hash of the package held under a number beyond the next; null when none is. */
  heldAt(seq: number): string | null;
  readonly heldCount: number;
  /** Head of the peer's ledger that its last package showed. */
  readonly headSeen: LedgerHead;
};

/** What this office has sent to that peer. */
export type OutgoingChannel = {
  readonly epoch: number;
  readonly lastSeq: number;
  /** The peer's acknowledgement so far. */
  readonly ackedSeq: number;
  sentAt(seq: number): string | null;
  /** The same under any epoch. */
  sentIn(place: { readonly epoch: number; readonly seq: number }): string | null;
};

export type HeaderDecision =
  | { readonly kind: 'next' }
  | { readonly kind: 'duplicate' }
  | { readonly kind: 'fork' }
  /** Numbers from `missing` on are not here yet. `heldAlready`: these very bytes of content are waiting. */
  | { readonly kind: 'gap'; readonly missing: number; readonly heldAlready: boolean }
  | { readonly kind: 'held-full'; readonly missing: number }
  /** Of an epoch that the channel has not reached: only its opening file is read. */
  | { readonly kind: 'new-epoch' }
  /** Of an epoch that has ended, and not in its record. */
  | { readonly kind: 'ended-epoch'; readonly current: number }
  | { readonly kind: 'frozen'; readonly frozen: NonNullable<IncomingChannel['frozen']> };

/** S6. @param header verified at S3–S5 */
export function decideByHeader(channel: IncomingChannel, header: Pick<PackageHeader, 'epoch' | 'seq' | 'manifest_hash'>): HeaderDecision {
  const { epoch, seq, manifest_hash: hash } = header;
  if (epoch > channel.epoch) return { kind: 'new-epoch' };
  if (epoch < channel.epoch) return channel.recordedIn({ epoch, seq }) === hash ? { kind: 'duplicate' } : { kind: 'ended-epoch', current: channel.epoch };
  // Known numbers are answered also while frozen: the same file again is harmless, another one is evidence.
  if (seq <= channel.lastSeq) return { kind: channel.recordedAt(seq) === hash ? 'duplicate' : 'fork' };
  if (channel.frozen !== null) return { kind: 'frozen', frozen: channel.frozen };
  const held = channel.heldAt(seq);
  if (held !== null && held !== hash) return { kind: 'fork' };
  const missing = channel.lastSeq + 1;
  if (seq === missing) return { kind: 'next' };
  if (held !== null) return { kind: 'gap', missing, heldAlready: true };
  return channel.heldCount >= packageLimits.held ? { kind: 'held-full', missing } : { kind: 'gap', missing, heldAlready: false };
}

export type ManifestDecision =
  | { readonly kind: 'sound' }
  | { readonly kind: 'chain-broken' }
  | { readonly kind: 'own-ledger-older' }
  | { readonly kind: 'ack-never-sent'; readonly seq: number }
  | { readonly kind: 'ack-went-back'; readonly before: number; readonly after: number };

export type ManifestQuestion = {
  readonly manifest: Pick<PackageManifest, 'seq' | 'prev_manifest_hash' | 'ack'>;
  readonly incoming: IncomingChannel;
  readonly outgoing: OutgoingChannel;
  /** Hash of this office's own entry `seq`; null beyond its head. Number 0 answers zeros. */
  ownHashAt(seq: number): string | null;
  /** Whether the proof is a header that this office has signed for that peer. */
  isOwnHeader(proof: AckProof): boolean;
};

/**
 * S8, for the package that is next. First what it says about the chain, then about this office's own ledger (a ledger restored
 * from an old copy is seen here: the peer has verified a head that no longer stands, or quotes a header signed by this office that
 * it does not have), then about what this office sent.
 */
export function decideByManifest(question: ManifestQuestion): ManifestDecision {
  const { manifest, incoming, outgoing } = question;
  const previous = manifest.seq === 1 ? zeroHash : incoming.recordedAt(manifest.seq - 1);
  if (manifest.prev_manifest_hash !== previous) return { kind: 'chain-broken' };

  const { ack } = manifest;
  if (question.ownHashAt(ack.head_seen.seq) !== ack.head_seen.hash) return { kind: 'own-ledger-older' };
  const beyond = ack.peer_epoch !== outgoing.epoch || ack.last_seq > outgoing.lastSeq;
  const standing = ack.last_seq === 0 ? zeroHash : outgoing.sentAt(ack.last_seq);
  if (beyond || ack.last_manifest_hash !== standing) {
    // Signed by this office and not in its ledger: an old copy of it is at work here.
    if (provesOurs(question)) return { kind: 'own-ledger-older' };
    return beyond ? { kind: 'ack-never-sent', seq: ack.last_seq } : { kind: 'ack-went-back', before: outgoing.ackedSeq, after: ack.last_seq };
  }
  return ack.last_seq < outgoing.ackedSeq ? { kind: 'ack-went-back', before: outgoing.ackedSeq, after: ack.last_seq } : { kind: 'sound' };
}

function provesOurs(question: ManifestQuestion): boolean {
  const { ack } = question.manifest;
  const { proof } = ack;
  if (proof === null || proof.header.seq !== ack.last_seq || proof.header.manifest_hash !== ack.last_manifest_hash) return false;
  return question.isOwnHeader(proof);
}

type ShownLedger = Pick<PackageManifest, 'ledger_head' | 'leaves_from'>;

/**
 * S9: whether the leaves lead from `leaves_from`, zeros at number 0, to exactly the head that the package shows.
 * @param leaves hex, from entry `leaves_from.seq + 1` to entry `ledger_head.seq`
 */
export function leavesReachHead({ leaves_from: from, ledger_head: head }: ShownLedger, leaves: readonly string[]): boolean {
  if (from.seq === 0 && from.hash !== zeroHash) return false;
  const reached = extendHead(from, leaves);
  return reached.seq === head.seq && reached.hash === head.hash;
}

/** S9: whether the peer's ledger only grew. Leaves that reach the head must also start at or before the head seen last and pass through it; otherwise history was rewritten. */
export function peerHistoryHolds(shown: ShownLedger, leaves: readonly string[], headSeen: LedgerHead): boolean {
  const { leaves_from: from, ledger_head: head } = shown;
  if (from.seq > headSeen.seq || headSeen.seq > head.seq) return false;
  return extendHead(from, leaves.slice(0, headSeen.seq - from.seq)).hash === headSeen.hash && leavesReachHead(shown, leaves);
}
