/**
 * Rows of an import whose credit has not fallen by what the ledger has paid 留抵未见冲减: said at the import, before anybody judges. Who was paid is asked of the
 * capability that pays; nothing is refused here.
 * @source shared spec readings.md (What this ledger has paid)
 */
import type { Fen } from '../../shared/kernel/money.ts';
import { groupedYuan, yuanText } from '../../shared/kernel/money.ts';
import type { TaxPeriod } from '../../shared/kernel/tax-period.ts';
import { columnOf } from '../../shared/roster/columns.ts';
import { rosterFinding } from '../../shared/roster/errors.ts';
import type { CellFault, RosterRow } from '../../shared/roster/model.ts';
import type { Database } from '../platform/database.ts';
import { rosterRow, type NormalRow } from './normal-form.ts';

/** What was paid a taxpayer before, and whether the credit of a row still holds it. */
export type Watched = { readonly paidOn: string; readonly voucherNo: string; readonly amount: Fen; readonly endingThen: Fen; readonly notFallen: (row: RosterRow) => boolean };
/** Taxpayers with a standing payment that bears on the filing period, by code. */
export type PaidWatch = (db: Database, period: TaxPeriod) => ReadonlyMap<string, Watched>;

export function unfallenCredits(rows: Iterable<NormalRow>, watched: ReadonlyMap<string, Watched>): CellFault[] {
  if (watched.size === 0) return [];
  const found: CellFault[] = [];
  for (const { row: number, uscc, taxpayer } of rows) {
    const paid = watched.get(uscc);
    if (paid === undefined) continue;
    const row = rosterRow(number, JSON.parse(taxpayer));
    if (row.endingCredit === null || !paid.notFallen(row)) continue;
    const { paidOn, voucherNo, amount, endingThen } = paid;
    found.push(rosterFinding({ row: number, column: columnOf('endingCredit').header, value: yuanText(row.endingCredit) }, 'WARN_CREDIT_NOT_FALLEN', {
      paidOn, voucher: voucherNo, amount: groupedYuan(amount), then: groupedYuan(endingThen),
    }));
  }
  return found;
}
