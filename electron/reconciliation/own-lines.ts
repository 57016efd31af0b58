/**
 * The lines an office answers for 本单位明细, from its ledger, in an order that no insertion order changes. Each office tells its own side and no other's.
 * @source shared spec reconciliation.md, Lines
 */
import { codePointOrder } from '../../shared/kernel/code-points.ts';
import type { CivilDate } from '../../shared/kernel/civil-date.ts';
import type { Agency } from '../../shared/kernel/office.ts';
import { groupOf, lineGroups, lineOrder, type ReconLine } from '../../shared/reconciliation/line.ts';
import type { Context } from '../journal/index.ts';
import type { Database } from '../platform/database.ts';
import { taxReconLines } from '../refunds/index.ts';
import { treasuryReconLines } from '../treasury/index.ts';

type LinesOf = (db: Database) => readonly ReconLine[];
const sources: Readonly<Record<Agency, readonly LinesOf[]>> = { tax: [taxReconLines], treasury: [treasuryReconLines], finance: [] };

/** Lines of this office of a day up to `through`, by what they move, number, day and kind. */
export function ownLines(ctx: Context, through: CivilDate): readonly ReconLine[] {
  return sources[ctx.office.agency].flatMap((lines) => lines(ctx.db)).filter(({ day }) => day <= through).toSorted(listOrder);
}

function listOrder(one: ReconLine, other: ReconLine): number {
  return lineGroups.indexOf(groupOf(one)) - lineGroups.indexOf(groupOf(other)) || codePointOrder(one.no, other.no) || lineOrder(one, other);
}
