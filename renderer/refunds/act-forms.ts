/**
 * What each act on a refund asks for 办理表: one row an act, its operation, its fields, and whether it can be done on many at once. The acts, who
 * may and from which state come from the lifecycle table; which fields are lawful the office decides again.
 */
import type { OperationName } from '../../shared/contract.ts';
import type { Duty } from '../../shared/kernel/office.ts';
import { actFits, refundActs, transitionOf, type RefundAct, type RefundState } from '../../shared/refunds/lifecycle.ts';

/** One field of the dialog; what it becomes in the input is act-input.ts. */
export type ActField =
  | 'on' | 'channel' | 'askedAmounts' | 'account' | 'exportPending' | 'approvedOn' | 'opinion' | 'approvedAmounts' | 'reason' | 'optionalReason'
  | 'suspensionGround' | 'terminationGround' | 'blindTotals' | 'clawbackAmounts' | 'document' | 'clawbackNo';

export type ActForm = {
  readonly operation: Extract<OperationName, `refunds.${string}`>;
  readonly fields: readonly ActField[];
  /** Fields that only a single refund can be given. */
  readonly singly?: readonly ActField[];
  /** Whether the operation takes a selection; otherwise exactly one refund. */
  readonly many: boolean;
  /** What will happen, for the confirmation; `{n}` is the number of refunds. */
  readonly says: string;
};

export const actForms: Partial<Readonly<Record<RefundAct, ActForm>>> = {
  inform: { operation: 'refunds.inform', fields: ['on', 'channel'], many: true, says: '登记已告知纳税人可以申请退税，共 {n} 笔。' },
  apply: { operation: 'refunds.apply', fields: ['on'], singly: ['askedAmounts', 'account'], many: true, says: '登记纳税人的申请，共 {n} 笔。不填金额的按测算应退额登记，账户按名册登记。' },
  accept: { operation: 'refunds.accept', fields: ['on', 'exportPending'], many: true, says: '受理申请，办理期限自受理之日起算，共 {n} 笔。' },
  startClock: { operation: 'refunds.startClock', fields: ['approvedOn'], many: true, says: '登记免抵退核准日，办理期限自核准之日起算，共 {n} 笔。' },
  review: { operation: 'refunds.review', fields: ['opinion'], many: true, says: '审核通过，共 {n} 笔，交审批人核准。' },
  approve: { operation: 'refunds.approve', fields: ['optionalReason'], singly: ['approvedAmounts'], many: true, says: '核准退税，共 {n} 笔。不填金额的按申请额核准。' },
  returnForCorrection: { operation: 'refunds.returnForCorrection', fields: ['reason'], many: true, says: '退回纳税人补正，共 {n} 笔。' },
  resubmit: { operation: 'refunds.resubmit', fields: [], singly: ['askedAmounts', 'account'], many: true, says: '补正后重新提交，共 {n} 笔。不填的项目保持原样。' },
  suspend: { operation: 'refunds.suspend', fields: ['suspensionGround', 'reason'], many: true, says: '暂停办理并停止计时，共 {n} 笔。' },
  resume: { operation: 'refunds.resume', fields: ['on', 'reason'], many: true, says: '疑点已排除，恢复到暂停前的状态继续办理，共 {n} 笔。' },
  noticeSuspension: { operation: 'refunds.noticeSuspension', fields: ['suspensionGround', 'reason'], many: true, says: '向国库发出暂缓退库通知，共 {n} 笔。通知随下一个交换包送出。' },
  liftNotice: { operation: 'refunds.liftNotice', fields: ['reason'], many: true, says: '解除暂缓退库通知，共 {n} 笔。' },
  terminate: { operation: 'refunds.terminate', fields: ['terminationGround', 'reason'], many: true, says: '终止办理，共 {n} 笔。' },
  refuse: { operation: 'refunds.refuse', fields: ['reason'], many: true, says: '不予退税，共 {n} 笔。' },
  withdraw: { operation: 'refunds.withdraw', fields: ['reason'], many: true, says: '登记纳税人撤回申请，共 {n} 笔。' },
  reopen: { operation: 'refunds.reopen', fields: ['reason'], many: true, says: '重新列入应退名单，共 {n} 笔。' },
  issueVoucher: { operation: 'refunds.issueVouchers', fields: [], many: true, says: '开具收入退还书，按号段顺序取号，共 {n} 份。' },
  checkVoucher: { operation: 'refunds.checkVouchers', fields: [], many: true, says: '复核收入退还书，要素与核准结果一致，共 {n} 份。' },
  voidVoucher: { operation: 'refunds.voidVouchers', fields: ['reason'], many: true, says: '作废收入退还书，号码不再使用，可以重新开具，共 {n} 份。' },
  correctReturned: { operation: 'refunds.correctReturned', fields: ['account', 'reason'], many: false, says: '更正被退回的事项，之后重新开具收入退还书。' },
  formBatch: { operation: 'refunds.formBatch', fields: ['blindTotals'], many: true, says: '请照纸质清单填写笔数和总金额。与所选不符的，整批不组成。' },
  crossOff: { operation: 'refunds.crossOff', fields: ['on'], many: true, says: '凭国库退付回单销号，共 {n} 笔。' },
  undoCrossOff: { operation: 'refunds.undoCrossOff', fields: ['reason'], many: true, says: '撤销销号，另记一笔，共 {n} 笔。' },
  clawBackPart: { operation: 'refunds.clawBack', fields: ['clawbackAmounts', 'document', 'on', 'reason'], many: false, says: '登记追回退税款。全部追回的，状态变为“已全额追回”。' },
  undoClawBack: { operation: 'refunds.undoClawBack', fields: ['clawbackNo', 'reason'], many: false, says: '撤销一次追回登记，另记一笔。' },
};

/** Acts a person with these duties may try on refunds that all stand in one state, in the order of the lifecycle. */
export function bulkActs(state: RefundState, held: readonly Duty[]): readonly RefundAct[] {
  return refundActs.filter((act) => actForms[act]?.many === true && actFits(act, state) && transitionOf(act).may.some((duty) => held.includes(duty)));
}

/** Acts that lead off the main way are shown behind the ones that lead on. */
export function isSideAct(act: RefundAct): boolean {
  return transitionOf(act).reason === 'required';
}
