/**
 * Recording a package whose number is used up 登记收包: its bytes, its verdict, what it acknowledged and showed, and the faults for the
 * receipt; an accepted one is then posted by its kind. Runs inside the import's transaction.
 * @source shared spec exchange.md 2.4 S12, 2.6; decisions 2, 3
 */
import { z } from 'zod';
import { errorMessage, errorTable, type ErrorKey } from '../../shared/error-table.ts';
import { refuse } from '../../shared/errors.ts';
import { receipt, type FaultRow } from '../../shared/exchange/kinds/receipt.ts';
import { packageKinds, sectionNames, type PackageKind, type SectionName } from '../../shared/exchange/kinds.ts';
import { Refusal } from '../../shared/kernel/errors.ts';
import { agencyNames } from '../../shared/kernel/office.ts';
import { canonicalText, type BlobRef, type Context, type LedgerHead } from '../journal/index.ts';
import { isDiskFailure } from '../platform/database.ts';
import type { PackedSections } from './content.ts';
import { ownHashAt, readOutgoing } from './channel.sql.ts';
import { packageReceived, receivedKey } from './entries.ts';
import type { SoundPackage } from './import-steps.ts';
import { documentOf, rejectedAtEnd, type Rejected } from './import-terms.ts';
import type { Recorded } from './import.service.ts';
import type { ReceivedDocument } from './kind.ts';
import { behaviourOf } from './kinds/table.ts';
import { readSent } from './package.sql.ts';
import type { PackageHeader, PackageManifest } from './package-schema.ts';

/**
 * Records and posts a sound package, or what of it cannot be posted as rejected: content of another office is never a fault that stops this one. What
 * nobody foresaw is kept in the program's log under the number that the rejection names; of a post half done nothing stays.
 */
export function recordSound(ctx: Context, sound: SoundPackage, bytes: Uint8Array): Recorded {
  try {
    return ctx.journal.attempt(() => recordAccepted(ctx, sound, bytes));
  } catch (error) {
    if (isDiskFailure(error)) throw error;
    const agency = agencyNames[sound.header.from];
    const found = error instanceof Refusal && isErrorKey(error.code)
      ? { code: error.code, params: { agency, ...error.params } }
      : { code: 'CONTENT_NOT_TAKEN' as const, params: { agency, reference: ctx.logFault(error) } };
    // An opening file that cannot be entered uses no number, as one that does not fit.
    if (sound.kind === 'EPOCH_OPEN') return refuse(found.code, found.params);
    return recordRejected(ctx, rejectedAtEnd(sound, { ...found, faults: [], faultsTotal: 0 }), bytes);
  }
}

function recordAccepted(ctx: Context, sound: SoundPackage, bytes: Uint8Array): Recorded {
  const { header, manifest, kind, content, head } = sound;
  record(ctx, { header, manifest, bytes, head, rows: content.rows, sumFen: content.sumFen, verdict: null, packed: content.packed });
  const said = behaviourOf(kind).post(ctx, documentOf(sound));
  const back = kind === 'RECEIPT' ? takenBack(ctx, documentOf(sound)) : null;
  const summary = back === null ? said : `${said}；${back}`;
  return { outcome: 'accepted', kind, rows: content.rows, sum: content.sumFen, summary, refusal: null, receiptDue: packageKinds[kind].receipted };
}

/** What a rejection moves back, if its receipt stands and is not disputed. */
export function takenBack(ctx: Context, { from, rows }: Pick<ReceivedDocument, 'from' | 'rows'>): string | null {
  const told = rows.receipt?.[0];
  const sent = told === undefined ? null : readSent(ctx.db, from, told.ofEpoch, told.ofSeq);
  if (sent === null || sent.receiptVerdict !== 'REJECTED') return null;
  return behaviourOf(sent.kind as PackageKind).rejected?.(ctx, { packageId: sent.packageId, to: from }) ?? null; // written from the table of kinds
}

/** Records a rejected package; nothing of it is posted. */
export function recordRejected(ctx: Context, rejected: Rejected, bytes: Uint8Array): Recorded {
  const { header, manifest, kind, code, params, faultsTotal } = rejected;
  const faults = rejected.faults.map(plainFault);
  record(ctx, { header, manifest, bytes, head: rejected.head, rows: rejected.rowsSeen, sumFen: rejected.sumSeenFen, verdict: { stage: rejected.stage, code, faults, faultsTotal }, packed: {} });
  return {
    outcome: 'rejected',
    kind,
    rows: rejected.rowsSeen,
    sum: rejected.sumSeenFen,
    summary: '整包未入账，已登记为拒收',
    refusal: { code, message: errorMessage(code, params), faults, faultsTotal },
    receiptDue: packageKinds[kind].receipted,
  };
}

type Record = {
  readonly header: PackageHeader;
  readonly manifest: PackageManifest;
  readonly bytes: Uint8Array;
  readonly head: LedgerHead | null;
  readonly rows: number;
  readonly sumFen: bigint;
  /** Null = accepted. */
  readonly verdict: { readonly stage: string; readonly code: string; readonly faults: readonly FaultRow[]; readonly faultsTotal: number } | null;
  readonly packed: PackedSections;
};

function record(ctx: Context, { header, manifest, bytes, head, rows, sumFen, verdict, packed }: Record): void {
  const { from, epoch, seq, pkg_id: packageId, manifest_hash: manifestHash, created_at: claimedAt } = header;
  const faultLines = verdict === null || verdict.faults.length === 0 ? null : ctx.journal.putLines(verdict.faults.map((fault) => canonicalText(z.encode(receipt.sections.faults.schema, fault))));
  ctx.journal.append(packageReceived, {
    key: receivedKey(from, epoch, seq),
    subject: packageId,
    origin: from,
    package: packageId,
    ...(manifest.period === null ? {} : { period: manifest.period }),
    facts: {
      from, epoch, seq, packageId, manifestHash, claimedAt, rows, sumFen, head, faultLines,
      kind: manifest.kind,
      docId: manifest.doc_id,
      docHash: manifest.doc_hash,
      verdict: verdict === null ? 'ACCEPTED' : 'REJECTED',
      stage: verdict?.stage ?? null,
      code: verdict?.code ?? null,
      faults: verdict?.faultsTotal ?? 0,
      bytes: ctx.journal.putBytes(bytes),
      sections: storedSections(ctx, packed),
      receipted: packageKinds[manifest.kind as keyof typeof packageKinds].receipted, // S8 has checked the kind
      ...acknowledged(ctx, header, manifest),
    },
  });
}

/** What a package acknowledges. An opening file may quote what does not stand here: then what stood before stays. */
function acknowledged(ctx: Context, header: PackageHeader, { kind, ack, countersignature }: PackageManifest): { ack: { seq: number; head: LedgerHead }; countersignature: PackageManifest['countersignature'] } {
  if (kind !== 'EPOCH_OPEN') return { ack: { seq: ack.last_seq, head: ack.head_seen }, countersignature };
  const outgoing = readOutgoing(ctx.db, header.from);
  const heard = ack.peer_epoch === outgoing.epoch && ack.last_seq >= outgoing.ackedSeq && ack.last_seq <= outgoing.lastSeq;
  const stands = ownHashAt(ctx.db, ack.head_seen.seq) === ack.head_seen.hash;
  return { ack: { seq: heard ? ack.last_seq : outgoing.ackedSeq, head: stands ? ack.head_seen : outgoing.seenHead }, countersignature: stands ? countersignature : null };
}

/** The lines as they stood in the package. */
function storedSections(ctx: Context, content: PackedSections): { name: SectionName; lines: BlobRef }[] {
  return sectionNames.flatMap((name) => {
    const packed = content[name];
    return packed === undefined ? [] : [{ name, lines: ctx.journal.putPacked(packed) }];
  });
}

function isErrorKey(code: string): code is ErrorKey {
  return Object.hasOwn(errorTable, code);
}

/** Within the bounds of a receipt's row, whatever the message repeats of foreign content. */
function plainFault({ section, line, field, code, message, seen }: FaultRow): FaultRow {
  const plain = (text: string, longest: number): string => text.replace(/[\p{Cc}\p{Cf}]/gu, '\ufffd').slice(0, longest).toWellFormed();
  return { section, line, field: plain(field, 60), code, message: plain(message, 300), seen };
}
