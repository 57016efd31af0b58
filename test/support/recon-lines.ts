/** Random lists for the three-way reconciliation, small and crowded enough that every reason of the table comes about. */
import * as fc from 'fast-check';
import { addDays, civilDate } from '../../shared/kernel/civil-date.ts';
import {
  groupOf, kindRows, lineKinds, type LineGroup, type LineKind, type PlacedLine, type ReconLine,
} from '../../shared/reconciliation/line.ts';
import type { LineSource } from '../../shared/reconciliation/walk.ts';

/** A line with what a test says about it; the rest is not stated. */
export function reconLine(kind: LineKind, no: string, day: string, yuan: number, more: Partial<ReconLine> = {}): ReconLine {
  return {
    kind, no, day: civilDate(day), amountFen: BigInt(Math.round(yuan * 100)), formerNo: '', batchNo: '', payee: '', name: '', account: '',
    subject: '', centralFen: null, provincialFen: null,
    countyFen: null, sentOn: null, fundNo: '', note: '', ...more,
  };
}

/** Lines in memory as the engine walks them; rows are numbered as they come. */
export function memoryLines(lines: readonly ReconLine[]): LineSource {
  const placed = lines.map((line, index): PlacedLine => ({ line, row: index + 2 }));
  const numbers = Map.groupBy(placed, ({ line }) => `${groupOf(line)} ${line.no}`);
  return { numbers: () => numbers.values(), linesOf: (group: LineGroup, no: string) => numbers.get(`${group} ${no}`) ?? [] };
}

/** Lists of a few numbers around the end of June 2022; faults between lines are not avoided. */
export const someLines: fc.Arbitrary<readonly ReconLine[]> = fc.array(
  fc.record({
    kind: fc.constantFrom(...lineKinds), number: fc.nat(3), offset: fc.nat(45), amount: fc.constantFrom(100, 100, 100, 60, 40),
    payee: fc.constantFrom('', 'A', 'B'),
    account: fc.constantFrom('', '1', '1', '2'), batchNo: fc.constantFrom('', 'P1', 'P1', 'P2'), subject: fc.constantFrom('', '101'),
    fundNo: fc.constantFrom('', '财1', '财2'), sent: fc.option(fc.nat(6)),
  }).map(({ kind, number, offset, amount, sent, ...more }) => {
    const day = addDays(civilDate('2022-06-01'), offset);
    return reconLine(
      kind, `${kindRows[kind].group}-${String(number)}`, day, amount,
      { ...more, sentOn: kind === '开具' && sent !== null ? addDays(day, sent) : null },
    );
  }),
  { maxLength: 40 },
);
