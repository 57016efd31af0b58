/**
 * Faults between lines 清单之间的错误: what one row cannot show by itself. Any of them refuses the whole reconciliation, for a total over a line
 * that
 * stands twice proves nothing. What a single row can show is asked where it is read.
 * @source shared spec reconciliation.md, Faulty rows
 */
import type { CivilDate } from '../kernel/civil-date.ts';
import { groupedYuan, yuanText } from '../kernel/money.ts';
import { reconFault, type ReconFault, type ReconFindingKey } from './errors.ts';
import { issuingKinds, groupOf, sideOf, type PlacedLine, type ReconLine } from './line.ts';
import { keysOf } from './number-lines.ts';
import { linesUpTo, type LineSource } from './walk.ts';
import type { ErrorParams } from '../kernel/errors.ts';

/** All faults between lines up to the explaining day, by list and row. */
export function faultsBetween(source: LineSource, through: CivilDate): readonly ReconFault[] {
  const faults: ReconFault[] = [];
  const reissues: PlacedLine[] = [];
  for (const placed of source.numbers()) {
    const lines = placed.filter(({ line }) => line.day <= through);
    faults.push(...repeatedNumbers(lines), ...otherAmounts(lines));
    reissues.push(...lines.filter(({ line }) => line.kind === '开具' && line.formerNo !== ''));
  }
  faults.push(...reissues.flatMap((placed) => (isInForce(source, placed.line, through) ? [formerInForce(placed)] : [])));
  return faults.toSorted((one, other) => (one.side === other.side ? one.row - other.row : one.side < other.side ? -1 : 1));
}

function repeatedNumbers(lines: readonly PlacedLine[]): readonly ReconFault[] {
  const first = new Map<string, number>();
  return lines.filter(({ line }) => line.kind === issuingKinds[groupOf(line)]).toSorted((one, other) => one.row - other.row)
    .flatMap((placed) => {
    const year = placed.line.day.slice(0, 4);
    const row = first.get(year);
    if (row !== undefined) return [
      found(placed, '单据号', placed.line.no, 'LINE_NUMBER_REPEATED', { year, no: placed.line.no, kind: placed.line.kind, row }),
    ];
    first.set(year, placed.row);
    return [];
  });
}

function otherAmounts(lines: readonly PlacedLine[]): readonly ReconFault[] {
  const placedOf = new Map(lines.map((placed) => [placed.line, placed]));
  return keysOf([...placedOf.keys()]).flatMap(({ undone }) => undone).flatMap(({ by, line }) => {
    const placed = placedOf.get(by);
    if (placed === undefined || by.amountFen === line.amountFen) return [];
    return [
      found(
        placed, '金额', yuanText(by.amountFen), 'LINE_UNDOES_OTHER_AMOUNT',
        { day: line.day, kind: line.kind, amount: groupedYuan(line.amountFen) },
      ),
    ];
  });
}

/** Whether the voucher that a 开具 names as its former one is in force on its day: the refund would stand twice. */
function isInForce(source: LineSource, { formerNo, day }: ReconLine, through: CivilDate): boolean {
  const issued = keysOf(linesUpTo(source.linesOf('refund', formerNo), through)).flatMap((key) => key.of('开具'))
    .filter(({ line }) => line.day <= day);
  const latest = issued.reduce<(typeof issued)[number]
    | null>((last, one) => (last === null || one.line.day >= last.line.day ? one : last), null);
  return latest !== null && (latest.undoneOn === null || latest.undoneOn > day);
}

function formerInForce(placed: PlacedLine): ReconFault {
  return found(placed, '原单据号', placed.line.formerNo, 'LINE_FORMER_IN_FORCE', { no: placed.line.formerNo, day: placed.line.day });
}

function found({ line, row }: PlacedLine, column: string, value: string, code: ReconFindingKey, params: ErrorParams): ReconFault {
  return reconFault({ side: sideOf(line), row, column, value }, code, params);
}
