/** The book of refunds 退税办理: how the case engine reads, names and words them, and the facts that their history keeps. What each act does is *-acts.ts. */
import { errorMessage } from '../../shared/error-table.ts';
import { refusal, refuse } from '../../shared/errors.ts';
import { present } from '../../shared/kernel/assert.ts';
import { field } from '../../shared/kernel/record.ts';
import { refundCases, type RefundAct, type RefundState } from '../../shared/refunds/cases.ts';
import { refundsContract } from '../../shared/refunds/contract.ts';
import { suspensionGrounds, terminationGrounds } from '../../shared/refunds/grounds.ts';
import { refundKeySchema, type LineAmounts } from '../../shared/refunds/model.ts';
import { bankReturnReasons, returnReasons } from '../../shared/treasury/findings.ts';
import type { RefundRole } from '../../shared/administration/duties.ts';
import { actsOf, moveCase, type CaseBook, type Change, type MoveEntry } from '../journal/index.ts';
import type { Database, SqlValue } from '../platform/database.ts';
import { amountInHand, nameOf, type RefundRecord } from './refund-record.ts';
import { findRefund, readRefund } from './refunds.sql.ts';
import type { PayeeAccount } from './voucher.ts';

const bothLines = (of: string, label: string) => ({
  [`${of}Existing`]: field.fen(`${label}存量`), [`${of}Incremental`]: field.fen(`${label}增量`),
});

export const refundBook: CaseBook<RefundState, RefundAct, RefundRole, RefundRecord> = {
  table: refundCases, rows: 'refund', events: 'refund_event', key: 'refund', keySchema: refundKeySchema, keyOf: ({ refund }) => refund,
  read: readRefund, find: findRefund, limits: { period: 'period' },
  amount: {
    of: amountInHand,
    sql: `CASE WHEN approved_existing_fen + approved_incremental_fen > 0 THEN approved_existing_fen + approved_incremental_fen
      WHEN application_no IS NULL THEN determined_existing_fen + determined_incremental_fen ELSE asked_existing_fen + asked_incremental_fen END`,
  },
  dueOn: 'due_on', changedAt: 'changed_at', keepReason: ['refresh', 'confirmReduced'], periodOf: ({ period }) => period,
  facts: {
    channel: field.note('告知方式', 60), applicationNo: field.text('申请编号', 30), appliedOn: field.date('申请日期'), formerApplicationNo: field.text('原申请编号', 30),
    ...bothLines('determined', '应退'), ...bothLines('asked', '申请'), ...bothLines('approved', '核准'), ...bothLines('clawedBack', '追回'),
    account: field.text('收款账号', 40), acceptedOn: field.date('受理日期'), exportApprovedOn: field.date('免抵退核准日期'), dueOn: field.date('办理期限'),
    exportRefundPending: field.flag('待免抵退核准后起算'), opinion: field.note('审核意见', 500), suspensionGround: field.oneOf('暂停情形', suspensionGrounds),
    noticeGround: field.oneOf('暂缓情形', suspensionGrounds), terminationGround: field.oneOf('终止情形', terminationGrounds),
    voucherNo: field.text('收入退还书号', 8), voidedVoucherNo: field.text('作废退还书号', 8), returnedVoucherNo: field.text('退回的退还书号', 8),
    amount: field.fen('金额'), subject: field.text('预算科目', 200), batchNo: field.text('批次', 30), happenedOn: field.date('日期'),
    crossedOffOn: field.date('销号日期'), receiptPackage: field.text('国库回单', 60), receiptLine: field.count('回单行次', 1), formerCrossedOffOn: field.date('原销号日期'),
    reverses: field.count('冲销账本条目', 1), cause: field.oneOf('原因', { 'bank-return': '银行退汇，自动撤销销号' }),
    // A word that this program does not know is kept as it came.
    returnCode: { ...field.text('退回原因', 60), shape: { kind: 'words', words: returnReasons } },
    bankReturnCode: { ...field.text('退汇原因', 60), shape: { kind: 'words', words: bankReturnReasons } },
    reducedOn: field.date('核实冲减日期'), clawbackNo: field.count('追回次序', 1), document: field.text('缴款凭证', 60), undoneClawbackNo: field.count('撤销追回次序', 1),
  },
  requireDate: (ctx, on) => { if (on > ctx.today) refuse('DATE_IN_FUTURE', { date: on }); },
  sentence: ({ code, params }) => errorMessage(code, params),
  refuse: {
    unknown: (refund) => refusal('REFUND_UNKNOWN', { refund }),
    unfit: (record, says) => refusal('REFUND_STATE_UNFIT', { ...nameOf(record), ...says }),
    samePerson: (record, says) => refusal('SAME_PERSON_TWO_DUTIES', { ...nameOf(record), ...says }),
  },
};

/** Writes one act of refunds; its input is that of its operation. */
export const refundAct = actsOf(refundCases, refundBook, refundsContract);

/** Columns of `refund` and facts that an act sets. */
export function moveRefund(db: Database, entry: MoveEntry, act: RefundAct, before: RefundRecord, reason: string | null, change: Change): void {
  moveCase(db, refundBook, entry, act, before, reason, change);
}

export function requireRefund(db: Database, refund: string): RefundRecord {
  return present(readRefund(db, refund), `refund ${refund}`);
}

/** What an answer tells of a refund after an act. */
export function refundTold({ refund, uscc, name, state, applicationNo, voucherNo, batchNo, dueOn }: RefundRecord) {
  return { refund, uscc, name, state, applicationNo, voucherNo, batchNo, dueOn };
}

export const nothing: LineAmounts = { existing: 0n, incremental: 0n };

/** The determination that an approval was kept against; null forgets it. */
export function keptColumns(kept: LineAmounts | null): Readonly<Record<string, SqlValue>> {
  return { kept_existing_fen: kept?.existing ?? null, kept_incremental_fen: kept?.incremental ?? null };
}

/** The columns of both lines: `determined`, `asked`, `approved`, `clawed`. */
export function amountColumns(of: 'determined' | 'asked' | 'approved' | 'clawed', amounts: LineAmounts): Readonly<Record<string, SqlValue>> {
  return { [`${of}_existing_fen`]: amounts.existing, [`${of}_incremental_fen`]: amounts.incremental };
}

export function amountFacts(of: 'determined' | 'asked' | 'approved' | 'clawedBack', amounts: LineAmounts): Readonly<Record<string, unknown>> {
  return { [`${of}Existing`]: amounts.existing, [`${of}Incremental`]: amounts.incremental };
}

export function accountColumns(account: PayeeAccount): Readonly<Record<string, SqlValue>> {
  return { bank: account.bank, bank_account: account.account, account_name: account.accountName, bank_code: account.bankCode };
}

/** The number of the refund's newest voucher. */
export function liveVoucherNo(record: RefundRecord): string {
  return present(record.voucherNo, 'voucher number');
}
