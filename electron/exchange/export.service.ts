/**
 * Handlers of sending 导出: a package is planned, signed and sealed, then stored and numbered in one transaction; only stored bytes ever go
 * to a stick, and the same bytes again when asked again. Writing to the stick is an act of its own.
 * @source shared spec exchange.md 2.4 Export; decisions 5; faults A05, B03
 */
import type { exchangeContract } from '../../shared/exchange/contract.ts';
import { refuse } from '../../shared/errors.ts';
import { assert, present } from '../../shared/kernel/assert.ts';
import { agencyNames, type Agency } from '../../shared/kernel/office.ts';
import type { TaxPeriod } from '../../shared/kernel/tax-period.ts';
import { programVersion } from '../../shared/kernel/program-version.ts';
import type { PackageKind, packageKinds } from '../../shared/exchange/kinds.ts';
import { type Context, type HandlersOf, type LedgerHead, plain, prepared, type PrepareEnv } from '../journal/index.ts';
import { writeToDrive } from '../platform/drive.ts';
import { hexOf } from '../platform/hash.ts';
import { buildPackage, type BuiltPackage } from './build-package.ts';
import { onDrive } from './drive-refusal.ts';
import { packageSent, packageWritten, sentKey } from './entries.ts';
import { controlOf } from './control.ts';
import { isEmptyDraft, leavesAfter, planExport, samePlan, type ExportPlan } from './export-plan.ts';
import type { ExportRequest } from './kind.ts';
import { behaviourOf } from './kinds/table.ts';
import { findSent, type SentPackage } from './package.sql.ts';

type SendContract = Pick<typeof exchangeContract, 'exchange.exportPackage' | 'exchange.previewPackage' | 'exchange.writePackage'>;
type NewPlan = Extract<ExportPlan, { readonly kind: 'new' }>;

export const exportHandlers: HandlersOf<SendContract> = {
  'exchange.exportPackage': prepared({
    prepare: (env, { kind, ...input }) => prepareExport(env, kind, requestOf(input)),
    apply: (ctx, { kind }, made) => applyExport(ctx, kind, made),
  }),
  'exchange.previewPackage': plain((ctx, { kind, ...input }) => {
    const plan = planExport(ctx, kind, { ...requestOf(input), allowEmpty: true });
    const draft = present(plan.kind === 'repeat' ? behaviourOf(kind).gather(ctx, requestOf(input)) : plan.draft, 'what a plan was made of');
    const { rows, sum_fen: sum } = controlOf(draft.rows);
    return { again: plan.kind === 'repeat', period: draft.period, rows, sum, empty: plan.kind === 'new' && isEmptyDraft(kind, draft) };
  }),
  'exchange.writePackage': prepared({
    prepare: (env, { packageId, folder }) => {
      const stored = env.read((ctx) => {
        const sent = storedPackage(findSent(ctx.db, packageId));
        return { sent, bytes: ctx.journal.bytes(sent.bytes) };
      });
      const { peer: to, epoch, seq, manifestHash } = stored.sent;
      const before = env.signed.hashAt({ to, epoch, seq });
      if (before !== null && before !== manifestHash) refuse('NUMBER_SIGNED_BEFORE', { agency: agencyNames[to], seq, epoch });
      // Noted on this disk before the bytes leave it: whatever becomes of the ledger, the number is used.
      env.signed.note({ to, epoch, seq, manifestHash });
      const written = onDrive(stored.bytes.length, () => {
        writeToDrive(env.resolveFile(folder), stored.sent.fileName, stored.bytes);
      });
      if (!written.ok) refuse(written.code, written.params);
      return Promise.resolve(null);
    },
    apply: (ctx, { packageId }) => {
      const { peer: to, epoch, seq, fileName, bytes, written } = storedPackage(findSent(ctx.db, packageId));
      const times = written + 1;
      ctx.journal.append(packageWritten, {
        key: `exchange.written/${to}/${String(epoch)}/${String(seq)}/${String(times)}`,
        subject: packageId,
        package: packageId,
        facts: { to, epoch, seq, times },
      });
      return { fileName, bytes: bytes.bytes, written: times, message: `已写入${fileName}并读回核对，可以安全拔出，交${agencyNames[to]}` };
    },
  }),
};

type ExportInput = {
  readonly to: Agency; readonly period?: TaxPeriod | undefined; readonly batchNo?: string | undefined; readonly ofSeq?: number | undefined; readonly ofEpoch?: number | undefined;
  readonly allowEmpty?: boolean | undefined;
};

function requestOf({ to, period, batchNo, ofSeq, ofEpoch, allowEmpty = false }: ExportInput): ExportRequest {
  return { to, period: period ?? null, batchNo: batchNo ?? null, ofSeq: ofSeq ?? null, allowEmpty, ...(ofEpoch === undefined ? {} : { ofEpoch }) };
}

export type PreparedExport = { readonly request: ExportRequest; readonly plan: ExportPlan; readonly head: LedgerHead; readonly packageId: string; readonly built: BuiltPackage | null };

/** Plans, signs and seals, before the transaction. */
export async function prepareExport(env: PrepareEnv, kind: PackageKind, request: ExportRequest): Promise<PreparedExport> {
  const { plan, head } = env.read((ctx) => ({ plan: planExport(ctx, kind, request), head: ctx.journal.head() }));
  if (plan.kind === 'repeat') return { request, plan, head, packageId: plan.sent.packageId, built: null };
  const packageId = hexOf(env.random(16));
  return { request, plan, head, packageId, built: await build(env, plan, { to: request.to, packageId }) };
}

/** Stores and numbers what was signed, if nothing has moved since. */
export function applyExport(ctx: Context, kind: PackageKind, { request, plan, head, packageId, built }: PreparedExport): ReturnType<typeof sentView> {
  const { to } = request;
  // The head stands for everything a plan reads: where it has not moved, nothing has.
  if (ctx.journal.head().hash !== head.hash && !samePlan(plan, planExport(ctx, kind, request))) refuse('STALE_STATE');
  if (plan.kind === 'repeat') return sentView(plan.sent, false);
  assert(built !== null, 'a new package was built');
  const { epoch, seq, document, docId, draft } = plan;
  ctx.signed.begin({ to, epoch, seq, manifestHash: built.manifestHash });
  ctx.journal.append(packageSent, {
    key: sentKey(to, epoch, seq),
    subject: packageId,
    package: packageId,
    ...(draft.period === null ? {} : { period: draft.period }),
    facts: {
      to, epoch, seq, packageId, kind, docId,
      manifestHash: built.manifestHash,
      docHash: document.docHash,
      rows: document.sections.reduce((sum, section) => sum + section.rows, 0),
      sumFen: built.sumFen,
      fileName: `${ctx.office.county}-${ctx.office.agency}-${to}-e${String(epoch)}-${String(seq).padStart(6, '0')}.kxp`,
      bytes: ctx.journal.putBytes(built.bytes),
      receiptOf: draft.receiptOf,
    },
  });
  // A document sent again has changed the state of its cases when it was sent first.
  if (request.again === undefined) behaviourOf(kind).sent(ctx, { packageId, to, draft, again: plan.supersedes !== null });
  return sentView(storedPackage(findSent(ctx.db, packageId)), true);
}

async function build(env: PrepareEnv, plan: NewPlan, { to, packageId }: { readonly to: Agency; readonly packageId: string }): Promise<BuiltPackage> {
  return buildPackage({
    office: env.office,
    to,
    epoch: plan.epoch,
    seq: plan.seq,
    prevManifestHash: plan.prevManifestHash,
    packageId,
    salt: hexOf(env.random(16)),
    createdAt: env.now,
    signer: { keyId: plan.signer.keyId, secret: env.keys.secret(plan.signer.keyId) },
    recipients: plan.recipients,
    document: plan.document,
    docId: plan.docId,
    supersedes: plan.supersedes,
    policyPack: plan.draft.policyPack,
    appVersion: programVersion,
    people: { prepared: plan.draft.preparedBy ?? env.actor.name, reviewed: plan.draft.reviewedBy, approved: plan.draft.approvedBy },
    ack: plan.ack,
    ledgerHead: plan.ledgerHead,
    leavesFrom: plan.leavesFrom,
    leaves: env.read((ctx) => leavesAfter(ctx, plan.leavesFrom, plan.ledgerHead)),
  });
}

function storedPackage(sent: SentPackage | null): SentPackage {
  return sent ?? refuse('PACKAGE_NOT_FOUND');
}

function sentView(sent: SentPackage, changed: boolean) {
  const kind = sent.kind as keyof typeof packageKinds; // written from the table
  return {
    changed, kind,
    packageId: sent.packageId, to: sent.peer, epoch: sent.epoch, seq: sent.seq, fileName: sent.fileName, bytes: sent.bytes.bytes, rows: sent.rows, sum: sent.sumFen,
    manifestHash: sent.manifestHash,
  };
}
