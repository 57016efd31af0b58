/**
 * Handlers of locking a month 锁定、解锁: an office signs the document it computes itself, nothing else; months are locked in turn and unlocked backwards.
 * After its signature an office makes no other statement of the month while that document is still the one it would compute, so that a document which two
 * offices signed can always be signed by the third.
 * @source shared spec reconciliation.md, From statement to agreement 4
 */
import { refuse } from '../../shared/errors.ts';
import { agencies } from '../../shared/kernel/office.ts';
import { addPeriods, type TaxPeriod } from '../../shared/kernel/tax-period.ts';
import { shortGroups } from '../../shared/kernel/short-groups.ts';
import type { reconciliationContract } from '../../shared/reconciliation/contract.ts';
import type { MonthRow } from '../../shared/reconciliation/model.ts';
import { purposeOfRound, signingPurposes, type MonthLock, type SigningPurpose } from '../../shared/reconciliation/month-lock.ts';
import { canonicalText, plain, type BlobRef, type Context, type HandlersOf } from '../journal/index.ts';
import { bytesOfHex } from '../platform/hash.ts';
import { monthSigned } from './lock-entries.ts';
import { laterStands, monthLock, signaturesOf, signedMonths } from './locks.sql.ts';
import { officeRun } from './office-run.ts';
import { officesMissing, standingStatements, statementRow } from './statements.sql.ts';

export const lockHandlers: HandlersOf<Pick<typeof reconciliationContract, `reconciliation.${'months' | 'sign'}`>> = {
  'reconciliation.months': plain((ctx) => ({
    months: [...new Set([...standingStatements(ctx.db, null).map(({ period }) => period), ...signedMonths(ctx.db)])].toSorted().reverse().map((period) => monthRow(ctx, period)),
  })),
  'reconciliation.sign': plain((ctx, { period, purpose, hash, reason }) => sign(ctx, { period, purpose, hash, reason: reason ?? null })),
};

export function monthRow(ctx: Context, period: TaxPeriod): MonthRow {
  const { state, hash, round, signatures } = monthLock(ctx.db, period);
  return {
    period, state, hash, round, statements: standingStatements(ctx.db, period).map(statementRow), missing: [...officesMissing(ctx.db, period)],
    signatures: signatures.map(({ office, purpose, hash: over, signedOn, signedBy, reason }) => ({ office, purpose, hash: over, signedOn, signedBy, reason })),
  };
}

type Signing = { readonly period: TaxPeriod; readonly purpose: SigningPurpose; readonly hash: string; readonly reason: string | null };

function sign(ctx: Context, { period, purpose, hash, reason }: Signing) {
  const { agency: office } = ctx.office;
  const lock = monthLock(ctx.db, period);
  if (purposeOfRound(lock.round) !== purpose) refuse('RECON_PURPOSE_UNFIT', { period, purpose: signingPurposes[purpose], state: lock.state === 'locked' ? '已经锁定' : '没有锁定' });
  const own = lock.signatures.find((one) => one.office === office);
  if (own?.hash === hash) return { changed: false, entry: null, month: monthRow(ctx, period) };
  const document = purpose === 'lock' ? lockingDocument(ctx, period, hash) : unlocking(ctx, period, { lock, hash, reason });
  const no = 1 + signaturesOf(ctx.db, period).filter((one) => one.office === office && one.round === lock.round).length;
  const entry = ctx.journal.append(monthSigned, {
    key: `reconciliation.sign/${period}/${String(lock.round)}/${String(no)}`, subject: period, period,
    facts: { office, document, signature: { period, round: lock.round, no, purpose, hash, signedOn: ctx.today, signedBy: ctx.actor.name, reason } },
  });
  return { changed: true, entry, month: monthRow(ctx, period) };
}

/** The document as this office computes it now; the month before stands locked, where it was ever stated. */
function lockingDocument(ctx: Context, period: TaxPeriod, hash: string): BlobRef {
  const run = officeRun(ctx, period);
  if (run.hash !== hash) refuse('RECON_HASH_DIFFERS', { period, found: shortGroups(bytesOfHex(run.hash)) });
  if (!run.document.holds) refuse('RECON_NOT_HOLDING', { period });
  const before = addPeriods(period, -1);
  if (officesMissing(ctx.db, before).length < agencies.length && monthLock(ctx.db, before).state !== 'locked') refuse('RECON_EARLIER_OPEN', { period, before });
  return ctx.journal.putLines([canonicalText(run.document)]);
}

function unlocking(ctx: Context, period: TaxPeriod, of: { readonly lock: MonthLock; readonly hash: string; readonly reason: string | null }): null {
  if (of.lock.hash !== of.hash) refuse('RECON_HASH_DIFFERS', { period, found: of.lock.hash === null ? '没有锁定' : shortGroups(bytesOfHex(of.lock.hash)) });
  if (of.reason === null) refuse('RECON_UNLOCK_NEEDS_REASON', { period });
  const later = laterStands(ctx.db, period, ctx.office.agency);
  if (later !== null) refuse('RECON_LATER_STANDS', { period, later });
  return null;
}

/** @throws Refusal RECON_MONTH_LOCKED, RECON_SIGNED_STANDS */
export function refuseWhileSigned(ctx: Context, period: TaxPeriod): void {
  const { state, signatures } = monthLock(ctx.db, period);
  if (state === 'locked') refuse('RECON_MONTH_LOCKED', { period });
  const own = signatures.find((one) => one.office === ctx.office.agency);
  if (own !== undefined && officesMissing(ctx.db, period).length === 0 && officeRun(ctx, period).hash === own.hash) refuse('RECON_SIGNED_STANDS', { period });
}
