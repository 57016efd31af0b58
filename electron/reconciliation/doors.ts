/** What exchange calls for 对账单: the statement to send, what is wrong with one that came, and taking it. Each runs inside the caller's transaction. */
import type { RecordOf } from '../../shared/kernel/record.ts';
import type { Agency } from '../../shared/kernel/office.ts';
import type { TaxPeriod } from '../../shared/kernel/tax-period.ts';
import { onlyFields } from '../../shared/kernel/record.ts';
import { packedLine, statementFields } from '../../shared/reconciliation/line-fields.ts';
import type { ReconFault } from '../../shared/reconciliation/errors.ts';
import type { ReconLine } from '../../shared/reconciliation/line.ts';
import { canonicalText, type Context } from '../journal/index.ts';
import { faultsWithin } from './office-run.ts';
import { statementReceived } from './statement-entries.ts';
import { newestStatement, standingStatements, statementLines } from './statements.sql.ts';

export type StatementHead = RecordOf<typeof statementFields>;
type Stated = { readonly head: StatementHead; readonly lines: readonly ReconLine[] };

/** This office's newest statement of a month; of the latest month it has stated where none is named. */
export function statementToSend(ctx: Context, period: TaxPeriod | null): Stated | null {
  const own = standingStatements(ctx.db, period).find(({ office }) => office === ctx.office.agency);
  return own === undefined ? null : { head: onlyFields(statementFields, own), lines: [...statementLines(ctx, own)] };
}

/** What stands between its lines, and whether it comes after what is here. */
export function statementFaults(ctx: Context, from: Agency, { head, lines }: Stated): { readonly lines: readonly ReconFault[]; readonly newest: number } {
  return { lines: faultsWithin(lines, head.through), newest: newestStatement(ctx.db, from, head.period)?.version ?? 0 };
}

export function receiveStatement(ctx: Context, received: Stated & { readonly packageId: string; readonly from: Agency }): void {
  const { packageId, from, head, lines } = received;
  ctx.journal.append(statementReceived, {
    key: `reconciliation.receiveStatement/${packageId}`, subject: packageId, period: head.period, origin: from, package: packageId,
    facts: { office: from, head: onlyFields(statementFields, head), content: ctx.journal.putLines(lines.map((line) => canonicalText(packedLine(line)))) },
  });
}
