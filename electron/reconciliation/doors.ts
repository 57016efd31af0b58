/** What exchange calls for 对账单 and 签字: what to send, what is wrong with one that came, and taking it. Each runs inside the caller's transaction. */
import type { RecordOf } from '../../shared/kernel/record.ts';
import type { Agency } from '../../shared/kernel/office.ts';
import type { TaxPeriod } from '../../shared/kernel/tax-period.ts';
import { onlyFields } from '../../shared/kernel/record.ts';
import { packedLine, statementFields } from '../../shared/reconciliation/line-fields.ts';
import type { ReconFault } from '../../shared/reconciliation/errors.ts';
import type { ReconLine } from '../../shared/reconciliation/line.ts';
import { signatureFields, type MonthLock, type SignatureFacts } from '../../shared/reconciliation/month-lock.ts';
import { canonicalText, type Context } from '../journal/index.ts';
import { faultsWithin } from './office-run.ts';
import { signatureReceived } from './lock-entries.ts';
import { monthLock, signaturesOf } from './locks.sql.ts';
import { statementReceived } from './statement-entries.ts';
import { reconSignatures } from './reconciliation.tables.ts';
import { newestStatement, standingStatements, statementLines } from './statements.sql.ts';

export type StatementHead = RecordOf<typeof statementFields>;
type Stated = { readonly head: StatementHead; readonly lines: readonly ReconLine[] };

/** This office's newest statement of a month; of the latest month it has stated where none is named. */
export function statementToSend(ctx: Context, period: TaxPeriod | null): Stated | null {
  const own = standingStatements(ctx.db, period).find(({ office }) => office === ctx.office.agency);
  return own === undefined ? null : { head: onlyFields(statementFields, own), lines: [...statementLines(ctx, own)] };
}

/** What stands between its lines, and whether it comes after what is here. */
export function statementFaults(ctx: Context, from: Agency, { head, lines }: Stated): { readonly lines: readonly ReconFault[]; readonly newest: number; readonly locked: boolean } {
  return { lines: faultsWithin(lines, head.through), newest: newestStatement(ctx.db, from, head.period)?.version ?? 0, locked: monthLock(ctx.db, head.period).state === 'locked' };
}

export function receiveStatement(ctx: Context, received: Stated & { readonly packageId: string; readonly from: Agency }): void {
  const { packageId, from, head, lines } = received;
  ctx.journal.append(statementReceived, {
    key: `reconciliation.receiveStatement/${packageId}`, subject: packageId, period: head.period, origin: from, package: packageId,
    facts: { office: from, head: onlyFields(statementFields, head), content: ctx.journal.putLines(lines.map((line) => canonicalText(packedLine(line)))) },
  });
}

/** This office's newest signature over a month; over the month it signed last where none is named. */
export function signatureToSend(ctx: Context, period: TaxPeriod | null): SignatureFacts | null {
  const own = reconSignatures.all(
    ctx.db, 'WHERE office = @office AND (@period IS NULL OR period = @period) ORDER BY period DESC, round DESC, no DESC LIMIT 1', { office: ctx.office.agency, period },
  )[0];
  return own === undefined ? null : onlyFields(signatureFields, own);
}

/** Whether this signature, or one like it, stands here already. */
export function signatureStands(ctx: Context, from: Agency, { period, round, no }: SignatureFacts): boolean {
  return signaturesOf(ctx.db, period).some((one) => one.office === from && one.round === round && one.no >= no);
}

/** @returns what the month is with it */
export function receiveSignature(ctx: Context, received: { readonly packageId: string; readonly from: Agency; readonly signature: SignatureFacts }): MonthLock {
  const { packageId, from, signature } = received;
  ctx.journal.append(signatureReceived, {
    key: `reconciliation.receiveSignature/${packageId}`, subject: packageId, period: signature.period, origin: from, package: packageId,
    facts: { office: from, signature: onlyFields(signatureFields, signature) },
  });
  return monthLock(ctx.db, signature.period);
}
