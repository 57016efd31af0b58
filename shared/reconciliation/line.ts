/**
 * A line of an office's list for the three-way reconciliation 三方对账: the closed table of kinds, the fields, and the order of lines of one
 * key.
 * Nothing here reads a file or compares two offices.
 * @source shared spec reconciliation.md, Lines
 */
import { codePointOrder } from '../kernel/code-points.ts';
import type { CivilDate } from '../kernel/civil-date.ts';
import { yuanText, type Fen } from '../kernel/money.ts';
import type { Agency } from '../kernel/office.ts';

/** What a line moves: a refund 退税, a clawback 追缴 or a transfer of earmarked funds 拨付. */
export const lineGroups = ['refund', 'clawback', 'transfer'] as const;
export type LineGroup = (typeof lineGroups)[number];

type KindRow = {
  readonly side: Agency;
  readonly group: LineGroup;
  /** The kind whose line it takes back. */
  readonly undoes?: LineKind;
  /** The kind whose resolved year it takes where neither the issuing line nor the treasury's payment tells one. */
  readonly yearFrom?: LineKind;
};

/** Kinds 类型 in the order of the page, which is also their order within a day. */
export const lineKinds = ['开具', '作废', '追缴', '追缴撤销', '收到', '退付', '退回', '退汇', '返纳', '到账', '列支', '冲回', '返纳入账', '拨付', '拨付撤销'] as const;
export type LineKind = (typeof lineKinds)[number];

export const kindRows: Readonly<Record<LineKind, KindRow>> = {
  开具: { side: 'tax', group: 'refund' },
  作废: { side: 'tax', group: 'refund', undoes: '开具' },
  追缴: { side: 'tax', group: 'clawback' },
  追缴撤销: { side: 'tax', group: 'clawback', undoes: '追缴' },
  收到: { side: 'treasury', group: 'refund' },
  退付: { side: 'treasury', group: 'refund' },
  退回: { side: 'treasury', group: 'refund', yearFrom: '收到' },
  退汇: { side: 'treasury', group: 'refund', undoes: '退付', yearFrom: '退付' },
  返纳: { side: 'treasury', group: 'clawback' },
  到账: { side: 'treasury', group: 'transfer' },
  列支: { side: 'finance', group: 'refund' },
  冲回: { side: 'finance', group: 'refund', undoes: '列支', yearFrom: '列支' },
  返纳入账: { side: 'finance', group: 'clawback' },
  拨付: { side: 'finance', group: 'transfer' },
  拨付撤销: { side: 'finance', group: 'transfer', undoes: '拨付' },
};

/** The kind that gives a number its business year. */
export const issuingKinds: Readonly<Record<LineGroup, LineKind>> = { refund: '开具', clawback: '追缴', transfer: '拨付' };
/** Where finance's lines look for their year next: the treasury's line of the same number. */
export const treasuryKinds: Readonly<Record<LineGroup, LineKind | null>> = { refund: '退付', clawback: '返纳', transfer: null };

/** Blank texts are '' and blank shares null: not stated, so not compared. */
export type ReconLine = {
  readonly kind: LineKind;
  /** 单据号 */
  readonly no: string;
  /** 原单据号 */
  readonly formerNo: string;
  /** 批次号 */
  readonly batchNo: string;
  /** 纳税人识别号 */
  readonly payee: string;
  /** 纳税人名称: shown, never compared */
  readonly name: string;
  /** 收款账号 */
  readonly account: string;
  /** 预算科目 */
  readonly subject: string;
  /** 金额, always above 0; the kind gives the direction */
  readonly amountFen: Fen;
  readonly centralFen: Fen | null;
  readonly provincialFen: Fen | null;
  readonly countyFen: Fen | null;
  /** 日期 */
  readonly day: CivilDate;
  /** 送达日期: of a voucher, the day it was sent to the treasury; null where not stated */
  readonly sentOn: CivilDate | null;
  /** 资金文号 */
  readonly fundNo: string;
  /** 备注 */
  readonly note: string;
};

/** A line and the row of its file, for naming faults. */
export type PlacedLine = { readonly line: ReconLine; readonly row: number };

export const sideOf = (line: ReconLine): Agency => kindRows[line.kind].side;
export const groupOf = (line: ReconLine): LineGroup => kindRows[line.kind].group;

/** The order of lines of one key: day, kind, then the fields as text in the order of the columns. Never depends on a file's order. */
export function lineOrder(one: ReconLine, other: ReconLine): number {
  if (one.day !== other.day) return one.day < other.day ? -1 : 1;
  if (one.kind !== other.kind) return lineKinds.indexOf(one.kind) - lineKinds.indexOf(other.kind);
  const [left, right] = [fieldTexts(one), fieldTexts(other)];
  for (const [index, text] of left.entries()) {
    const order = codePointOrder(text, right[index] ?? '');
    if (order !== 0) return order;
  }
  return 0;
}

function fieldTexts(line: ReconLine): readonly string[] {
  const share = (fen: Fen | null): string => (fen === null ? '' : yuanText(fen));
  return [
    line.no, line.formerNo, line.batchNo, line.payee, line.name, line.account, line.subject, yuanText(line.amountFen),
    share(line.centralFen), share(line.provincialFen),
    share(line.countyFen), line.day, line.sentOn ?? '', line.fundNo, line.note,
  ];
}
