/** The columns 列 of a reconciliation list, and a row of it as a line. @source shared spec reconciliation.md, Lines and Faulty rows */
import type { CivilDate } from '../../shared/kernel/civil-date.ts';
import { groupedYuan, sumFen, type Fen } from '../../shared/kernel/money.ts';
import type { Agency } from '../../shared/kernel/office.ts';
import { reconFault, type ReconFault } from '../../shared/reconciliation/errors.ts';
import { kindRows, lineKinds, type LineKind, type ReconLine } from '../../shared/reconciliation/line.ts';
import { sideNames } from '../../shared/reconciliation/sentences.ts';
import type { PlainColumn, PlainRow } from '../roster/without-ledger.ts';

export type LineKey = keyof ReconLine;

const text = { kind: 'text', longest: 200 } as const;
const digits = { kind: 'number-text', longest: 100 } as const;
const amount = { kind: 'amount', mayBeNegative: false } as const;
const date = { kind: 'date' } as const;

/** In the order of the page. */
export const lineColumns: readonly PlainColumn<LineKey>[] = [
  { key: 'kind', header: '类型', form: { kind: 'words', words: Object.fromEntries(lineKinds.map((kind) => [kind, kind])) }, required: true },
  { key: 'no', header: '单据号', form: digits, required: true },
  { key: 'formerNo', header: '原单据号', form: digits, required: false },
  { key: 'batchNo', header: '批次号', form: digits, required: false },
  { key: 'payee', header: '纳税人识别号', form: digits, required: false },
  { key: 'name', header: '纳税人名称', form: text, required: false },
  { key: 'account', header: '收款账号', form: digits, required: false },
  { key: 'subject', header: '预算科目', form: digits, required: false },
  { key: 'amountFen', header: '金额', form: amount, required: true },
  { key: 'centralFen', header: '中央', form: amount, required: false },
  { key: 'provincialFen', header: '省级', form: amount, required: false },
  { key: 'countyFen', header: '县级', form: amount, required: false },
  { key: 'day', header: '日期', form: date, required: true },
  { key: 'sentOn', header: '送达日期', form: date, required: false },
  { key: 'fundNo', header: '资金文号', form: text, required: false },
  { key: 'note', header: '备注', form: { kind: 'text', longest: 2000 }, required: false },
];

/** A row as a line of one office, with all its faults; null where a cell could not be read. */
export function lineOf(
  { row, cells, texts, faults: cellFaults }: PlainRow<LineKey>, side: Agency
): { readonly line: ReconLine | null; readonly faults: readonly ReconFault[] } {
  const faults: ReconFault[] = cellFaults.map((fault) => ({ side, ...fault }));
  const at = (column: string, value: string): Parameters<typeof reconFault>[0] => ({ side, row, column, value });
  const kind = cells.kind as LineKind | null; // read by the words of the closed table
  if (kind !== null && kindRows[kind].side !== side) {
    const kinds = lineKinds.filter((one) => kindRows[one].side === side).join('、');
    faults.push(reconFault(at('类型', kind), 'LINE_KIND_OF_OTHER_SIDE', { kind, side: sideNames[side], kinds }));
  }
  const amountFen = cells.amountFen as Fen | null; // amounts are fen, or null where blank or faulty
  const shares = [cells.centralFen, cells.provincialFen, cells.countyFen].map((cell) => cell as Fen | null); // likewise
  if (amountFen === 0n) faults.push(reconFault(at('金额', texts.amountFen), 'LINE_AMOUNT_ZERO', {}));
  else if (amountFen !== null) faults.push(...sharesFault(at('', ''), amountFen, shares));
  const day = cells.day as CivilDate | null; // dates are checked by their form
  if (faults.length > 0 || kind === null || amountFen === null || day === null) return { line: null, faults };
  const word = (key: LineKey): string => (typeof cells[key] === 'string' ? cells[key] : '');
  const [centralFen = null, provincialFen = null, countyFen = null] = shares;
  return {
    faults,
    line: {
      kind, no: word('no'), formerNo: word('formerNo'), batchNo: word('batchNo'), payee: word('payee'), name: word('name'),
      account: word('account'), subject: word('subject'),
      amountFen, centralFen, provincialFen, countyFen, day, sentOn: word('sentOn') === '' ? null : (cells.sentOn as CivilDate),
      fundNo: word('fundNo'), note: word('note'),
    },
  };
}

/** Three shares stated must sum to the amount; fewer must not exceed it. */
function sharesFault(at: Parameters<typeof reconFault>[0], amountFen: Fen, shares: readonly (Fen | null)[]): readonly ReconFault[] {
  const stated = shares.filter((share) => share !== null);
  const sum = sumFen(stated);
  const params = { sum: groupedYuan(sum), amount: groupedYuan(amountFen) };
  if (stated.length === 3) return sum === amountFen ? [] : [reconFault({ ...at, column: '中央' }, 'LINE_SHARES_DIFFER', params)];
  return sum > amountFen ? [reconFault({ ...at, column: '中央' }, 'LINE_SHARES_EXCEED', params)] : [];
}
