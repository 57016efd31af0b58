/**
 * What a line of the treasury's receipt 国库回单 means for the tax office. A line never makes a package fail: what cannot be posted is held
 * until its voucher is known, or kept as a conflict for reconciliation, with the reason.
 * @source shared spec exchange.md 2.5 (channels are independent), 2.6
 */
import type { CivilDate } from '../../shared/kernel/civil-date.ts';
import type { Fen } from '../../shared/kernel/money.ts';
import { fits } from '../../shared/kernel/case.ts';
import { refundCases, type RefundAct, type RefundState } from '../../shared/refunds/cases.ts';
import type { VoucherRecord } from './refunds.tables.ts';

/** A line of REFUND_RECEIPT. `amount` in fen. */
export type IncomingOutcome = {
  readonly voucherNo: string;
  readonly batchNo: string;
  readonly uscc: string;
  readonly outcome: 'paid' | 'returned' | 'bank-returned';
  readonly amountFen: Fen;
  readonly on: CivilDate;
  readonly reasonCode: string | null;
  readonly reason: string | null;
};

/** Why a line is not posted. */
export const receiptFaults = {
  'voucher-unknown': '本局没有该号码的收入退还书',
  'voucher-not-sent': '该收入退还书尚未登记为已送国库',
  'batch-differs': '批次与本局不一致',
  'taxpayer-differs': '统一社会信用代码与本局不一致',
  'amount-differs': '金额与收入退还书不一致',
  'already-paid': '该收入退还书已登记退付',
  'already-returned': '该收入退还书已登记退回',
  'not-paid': '该收入退还书没有退付记录，不能退汇',
  'date-before-issue': '日期早于开具日期',
  'earlier-line-first': '同一回单中该号码另有一行，待其登记后核对',
  'refund-moved-on': '该户当前状态不能登记此回单',
} as const;
export type ReceiptFault = keyof typeof receiptFaults;

export type ReceiptVerdict =
  | { readonly kind: 'posted'; readonly refund: string; readonly undoCrossOff: boolean }
  | { readonly kind: 'held'; readonly why: ReceiptFault }
  | { readonly kind: 'conflict'; readonly why: ReceiptFault };

/** The voucher a line speaks of, with the state of its refund. */
export type VoucherInLedger = {
  readonly refund: string;
  readonly state: VoucherRecord['state'];
  readonly uscc: string;
  readonly batchNo: string | null;
  readonly amount: Fen;
  readonly issuedOn: CivilDate;
  readonly refundState: RefundState;
};

const actOf: Readonly<Record<IncomingOutcome['outcome'], RefundAct>> = { paid: 'receivePaid', returned: 'receiveReturn', 'bank-returned': 'receiveBankReturn' };

/** Judges one line against the ledger, first the facts that must agree, then the state. */
export function judgeOutcome(line: IncomingOutcome, voucher: VoucherInLedger | null): ReceiptVerdict {
  if (voucher === null) return { kind: 'held', why: 'voucher-unknown' };
  if (voucher.uscc !== line.uscc) return { kind: 'conflict', why: 'taxpayer-differs' };
  if (voucher.amount !== line.amountFen) return { kind: 'conflict', why: 'amount-differs' };
  if (voucher.state === 'issued' || voucher.state === 'checked') return { kind: 'held', why: 'voucher-not-sent' };
  if (voucher.batchNo !== line.batchNo) return { kind: 'conflict', why: 'batch-differs' };
  if (line.on < voucher.issuedOn) return { kind: 'conflict', why: 'date-before-issue' };
  const fault = stateFault(line, voucher.state);
  if (fault !== null) return fault;
  // A refund already crossed off takes a bank return after its cross-off is undone by a reversing entry.
  const undoCrossOff = line.outcome === 'bank-returned' && voucher.refundState === 'crossed-off';
  if (!fits(refundCases, actOf[line.outcome], undoCrossOff ? 'paid' : voucher.refundState)) return { kind: 'conflict', why: 'refund-moved-on' };
  return { kind: 'posted', refund: voucher.refund, undoCrossOff };
}

function stateFault(line: IncomingOutcome, state: VoucherRecord['state']): ReceiptVerdict | null {
  if (line.outcome === 'bank-returned') {
    if (state === 'paid') return null;
    // The payment itself may still be on the road in an earlier package.
    return state === 'sent' ? { kind: 'held', why: 'not-paid' } : { kind: 'conflict', why: state === 'bank-returned' ? 'already-returned' : 'not-paid' };
  }
  if (state === 'sent') return null;
  return { kind: 'conflict', why: state === 'paid' || state === 'bank-returned' ? 'already-paid' : 'already-returned' };
}
