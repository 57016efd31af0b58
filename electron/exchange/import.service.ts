/**
 * Handlers of receiving 导入: the file is copied, examined and judged before the transaction; inside it the place in the channel is asked
 * again and everything is recorded at once, or nothing. A refused file leaves a quarantine copy and an audit entry; a package
 * whose number is used up leaves its bytes, its verdict and the intent of a receipt.
 * @source shared spec exchange.md 2.4, 2.5, 2.6; decisions 5, 18
 */
import type { exchangeContract, ImportResult } from '../../shared/exchange/contract.ts';
import { errorMessage } from '../../shared/error-table.ts';
import { refuse, refuseRecorded, type ErrorKey } from '../../shared/errors.ts';
import { assertNever, present } from '../../shared/kernel/assert.ts';
import { shanghaiDate, type Instant } from '../../shared/kernel/civil-date.ts';
import type { ErrorParams } from '../../shared/kernel/errors.ts';
import { agencyNames, type Agency } from '../../shared/kernel/office.ts';
import { type Context, type HandlersOf, prepared, type PrepareEnv } from '../journal/index.ts';
import { keepAsEvidence, readFromDrive } from '../platform/drive.ts';
import { sha256Hex } from '../platform/hash.ts';
import { readHeldSeqs, readIncoming, readOutgoing } from './channel.sql.ts';
import { onDrive } from './drive-refusal.ts';
import { channelFrozen, packageHeld, packageRefused } from './entries.ts';
import type { SoundPackage } from './import-steps.ts';
import { examine, judged as judgeSound, type Judged } from './import-terms.ts';
import { packageLimits, type PackageHeader } from './package-schema.ts';
import { findAcceptedDocument, readHeld, readReceivedAt } from './package.sql.ts';
import { recordRejected, recordSound } from './record-package.ts';

type ReceiveContract = Pick<typeof exchangeContract, 'exchange.importPackage' | 'exchange.importHeld'>;

type Prepared =
  | { readonly kind: 'unreadable'; readonly code: ErrorKey; readonly params: ErrorParams }
  | {
      readonly kind: 'examined';
      readonly bytes: Uint8Array;
      readonly judged: Judged;
      /** Head of the ledger when the file was examined: where it has not moved, nothing that was asked has changed. */
      readonly head: string;
      /** The held number that the bytes come from; null for a file. */
      readonly held: { readonly peer: Agency; readonly epoch: number; readonly seq: number } | null;
    };

export const importHandlers: HandlersOf<ReceiveContract> = {
  'exchange.importPackage': prepared({
    prepare: async (env, { file }): Promise<Prepared> => {
      const reading = readPackageFile(env, file);
      if (!reading.ok) return { kind: 'unreadable', code: reading.code, params: reading.params };
      return { kind: 'examined', bytes: reading.value, head: env.head.hash, judged: await examine(env, reading.value), held: null };
    },
    apply: (ctx, _input, made) => apply(ctx, made),
  }),
  'exchange.importHeld': prepared({
    prepare: async (env, { from, seq }): Promise<Prepared> => {
      const held = env.read((ctx) => {
        const found = readHeld(ctx.db, from, seq) ?? refuse('PACKAGE_NOT_FOUND');
        return { epoch: found.epoch, bytes: ctx.journal.bytes(found.bytes) };
      });
      return { kind: 'examined', bytes: held.bytes, head: env.head.hash, judged: await examine(env, held.bytes), held: { peer: from, epoch: held.epoch, seq } };
    },
    apply: (ctx, _input, made) => apply(ctx, made),
  }),
};

/** S0: a regular file of at most 64 MiB, by way of the spool. */
export function readPackageFile(env: PrepareEnv, file: string): ReturnType<typeof onDrive<Uint8Array>> {
  return onDrive(packageLimits.packageBytes, () => readFromDrive(env.resolveFile(file), { bytesMax: packageLimits.packageBytes, spool: env.folders.spool }));
}

function apply(ctx: Context, made: Prepared): ImportResult {
  if (made.kind === 'unreadable') return refuse(made.code, made.params);
  const { judged } = made;
  // While an older ledger stands still, it takes opening files and nothing else.
  if (!ctx.writable && !(judged.kind === 'sound' && judged.package.kind === 'EPOCH_OPEN')) return judged.kind === 'refused' ? refuse(judged.code, judged.params) : refuse('EPOCH_FIRST');
  switch (judged.kind) {
    case 'refused':
      // S1 and S2 speak of a file that is no package at all: message only, nothing is kept.
      if (judged.stage === 'S1' || judged.stage === 'S2') return refuse(judged.code, judged.params);
      return quarantined(ctx, made, judged);
    case 'duplicate':
      return refuse('DUPLICATE_PACKAGE', { date: receivedOn(ctx, judged.header) });
    case 'held':
      return hold(ctx, made, judged);
    case 'contradiction':
      return freeze(ctx, made, judged);
    case 'rejected': {
      requireNext(ctx, judged.package.header);
      return result(ctx, judged.package.header, recordRejected(ctx, judged.package, made.bytes));
    }
    case 'sound': {
      const { header } = judged.package;
      if (judged.package.kind === 'EPOCH_OPEN') requireOpening(ctx, header);
      else requireNext(ctx, header);
      if (moved(ctx, made) && outdated(ctx, judged.package)) refuse('STALE_STATE');
      return result(ctx, header, recordSound(ctx, judged.package, made.bytes));
    }
    default:
      return assertNever(judged);
  }
}

type Examined = Extract<Prepared, { readonly kind: 'examined' }>;

/** A copy in quarantine, one audit entry, and the refusal; there is no "import anyway". */
function quarantined(ctx: Context, made: Examined, refusal: { readonly stage: string; readonly code: ErrorKey; readonly params: ErrorParams }): ImportResult {
  const fileHash = keepCopy(ctx, made.bytes);
  ctx.journal.append(packageRefused, {
    key: `exchange.refused/${String(ctx.journal.head().seq + 1)}`,
    subject: fileHash,
    facts: { fileHash, stage: refusal.stage, code: refusal.code, held: made.held },
  });
  return refuseRecorded(refusal.code, refusal.params, { stage: refusal.stage, fileHash });
}

function hold(ctx: Context, made: Examined, { header, missing, already }: Extract<Judged, { readonly kind: 'held' }>): ImportResult {
  const params = { agency: agencyNames[header.from], missing, seq: header.seq };
  const channel = readIncoming(ctx.db, header.from);
  if (channel.lastSeq + 1 !== missing || channel.frozen !== null) refuse('STALE_STATE');
  if (already || channel.heldAt(header.seq) !== null) return refuse('PACKAGE_GAP', params);
  ctx.journal.append(packageHeld, {
    key: `exchange.held/${header.from}/${String(header.epoch)}/${String(header.seq)}/${String(ctx.journal.head().seq + 1)}`,
    subject: header.pkg_id,
    origin: header.from,
    package: header.pkg_id,
    facts: { from: header.from, epoch: header.epoch, seq: header.seq, manifestHash: header.manifest_hash, bytes: ctx.journal.putBytes(made.bytes) },
  });
  return refuseRecorded('PACKAGE_GAP', params, { missing: missingBefore(ctx, header) });
}

/** The channel stops; the file that shows why is kept. On a channel that stands frozen the file is only refused once more. */
function freeze(ctx: Context, made: Examined, found: Extract<Judged, { readonly kind: 'contradiction' }>): ImportResult {
  const { header, code, params } = found;
  if (moved(ctx, made)) return refuse('STALE_STATE');
  if (readIncoming(ctx.db, header.from).frozen !== null) return quarantined(ctx, made, found);
  keepCopy(ctx, made.bytes);
  ctx.journal.append(channelFrozen, {
    key: `exchange.frozen/${header.from}/${String(header.epoch)}`,
    subject: header.from,
    origin: header.from,
    package: header.pkg_id,
    facts: { peer: header.from, epoch: header.epoch, seq: header.seq, code, evidence: ctx.journal.putBytes(made.bytes) },
  });
  return result(ctx, header, {
    outcome: 'frozen', kind: null, rows: 0, sum: 0n, summary: '通道已冻结，未入账', receiptDue: false,
    refusal: { code, message: errorMessage(code, params), faults: [], faultsTotal: 0 },
  });
}

/** Whether anything was entered between the examination and this transaction. */
function moved(ctx: Context, made: Examined): boolean {
  return ctx.journal.head().hash !== made.head;
}

/** Whether the document, sound when it was examined, no longer is. */
function outdated(ctx: Context, sound: SoundPackage): boolean {
  const { header, manifest } = sound;
  if (findAcceptedDocument(ctx.db, header.from, manifest.doc_id, manifest.doc_hash) !== null) return true;
  return judgeSound(ctx, sound) !== null;
}

/** The channel is where prepare found it. @throws Refusal STALE_STATE */
function requireNext(ctx: Context, header: PackageHeader): void {
  const channel = readIncoming(ctx.db, header.from);
  if (channel.frozen !== null || channel.epoch !== header.epoch || channel.lastSeq + 1 !== header.seq) refuse('STALE_STATE');
}

/** The opening file still begins a later epoch. @throws Refusal STALE_STATE */
function requireOpening(ctx: Context, header: PackageHeader): void {
  if (header.epoch <= readIncoming(ctx.db, header.from).epoch || header.epoch < readOutgoing(ctx.db, header.from).epoch) refuse('STALE_STATE');
}

export type Recorded = Pick<ImportResult, 'outcome' | 'kind' | 'rows' | 'sum' | 'summary' | 'refusal' | 'receiptDue'>;

function result(ctx: Context, header: PackageHeader, recorded: Recorded): ImportResult {
  const next = header.seq + 1;
  return {
    ...recorded,
    packageId: header.pkg_id,
    from: header.from,
    epoch: header.epoch,
    seq: header.seq,
    heldNext: recorded.outcome !== 'frozen' && readHeldSeqs(ctx.db, header.from).includes(next) ? next : null,
  };
}

function missingBefore(ctx: Context, header: PackageHeader): number[] {
  const held = new Set(readHeldSeqs(ctx.db, header.from));
  const first = readIncoming(ctx.db, header.from).lastSeq + 1;
  return Array.from({ length: header.seq - first }, (_, index) => first + index).filter((seq) => !held.has(seq));
}

function receivedOn(ctx: Context, header: PackageHeader): string {
  const at = present(readReceivedAt(ctx.db, header.from, header.epoch, header.seq), 'time of a recorded package');
  return shanghaiDate(at as Instant); // written from a checked instant
}

function keepCopy(ctx: Context, bytes: Uint8Array): string {
  const fileHash = sha256Hex(bytes);
  keepAsEvidence(ctx.folders.quarantine, `${fileHash}.kxp`, bytes);
  return fileHash;
}
