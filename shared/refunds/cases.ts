/**
 * The lifecycle of a refund 退税办理状态 as one case table: every state with its look, its owner and its place in funnel and rule change, every act with
 * duty, role, reason, law, question and operation. Handlers, screens, desk and help are made from it; it decides nothing about amounts. `vouchered` of
 * the product is told in three steps here (issued, checked, batched), because different people take them.
 * @source shared spec product.md, States of a refund; policy-facts 5 and 6.4
 */
import { forbiddenRefundPairs, refundRoleNames } from '../administration/duties.ts';
import { defineCases, movesOf, stateNames, statesOf, type CaseState } from '../kernel/case.ts';
import { field } from '../kernel/record.ts';
import type { RefundPhase } from '../policy/amendment.ts';
import type { RefundPlace, SurveyStage } from '../survey/model.ts';
import { suspensionGrounds, terminationGrounds } from './grounds.ts';

/** What the survey's funnel and a changed rule read from a state. A null stage depends on how far the refund had come before. */
type RefundStateRow = CaseState & {
  readonly place: RefundPlace; readonly stage: SurveyStage | null; readonly phase: RefundPhase;
  /** The treasury's payment is on it. */
  readonly paid?: true;
};

const states = {
  candidate: { name: '待告知', tone: 'plain', next: 'inform', step: '列入', place: 'candidate', stage: 'listed', phase: 'open' },
  informed: { name: '已告知', tone: 'plain', next: 'apply', queue: '待申请', step: '告知', place: 'informed', stage: 'informed', phase: 'open' },
  applied: { name: '已申请', tone: 'active', next: 'accept', queue: '待受理', step: '申请', place: 'applied', stage: 'applied', phase: 'open' },
  accepted: { name: '已受理', tone: 'active', next: 'review', queue: '待审核', step: '受理', place: 'accepted', stage: 'accepted', phase: 'open' },
  reviewed: { name: '已审核', tone: 'active', next: 'approve', queue: '待核准', step: '审核', place: 'reviewed', stage: 'reviewed', phase: 'open' },
  approved: { name: '已核准', tone: 'active', next: 'issueVoucher', queue: '待开具', step: '核准', place: 'approved', stage: 'approved', phase: 'approved' },
  vouchered: { name: '已开退还书', tone: 'active', next: 'checkVoucher', queue: '退还书待复核', step: '开具', place: 'vouchered', stage: 'vouchered', phase: 'approved' },
  'voucher-checked': { name: '退还书已复核', tone: 'active', next: 'formBatch', queue: '待组批', step: '复核', place: 'vouchered', stage: 'vouchered', phase: 'approved' },
  batched: { name: '已组批', tone: 'active', next: 'send', queue: '待送国库', step: '组批', tab: 'under-way', place: 'vouchered', stage: 'vouchered', phase: 'approved' },
  sent: { name: '已送国库', tone: 'active', next: null, step: '送库', tab: 'under-way', place: 'sent', stage: 'sent', phase: 'at-treasury' },
  paid: { name: '已退库', tone: 'good', next: 'crossOff', queue: '待销号', step: '退付', place: 'paid', stage: 'paid', phase: 'paid', paid: true },
  'crossed-off': { name: '已销号', tone: 'good', next: null, step: '销号', tab: 'closed', place: 'crossed-off', stage: 'crossed-off', phase: 'paid', paid: true },
  'returned-for-correction': { name: '退回补正', tone: 'wait', next: 'resubmit', queue: '待补正', tab: 'returned', place: 'correction', stage: 'applied', phase: 'open' },
  suspended: { name: '暂停办理', tone: 'wait', next: 'resume', place: 'suspended', stage: null, phase: 'open' },
  terminated: { name: '终止办理', tone: 'plain', next: null, tab: 'closed', place: 'terminated', stage: null, phase: 'ended' },
  refused: { name: '不予退税', tone: 'plain', next: null, tab: 'closed', place: 'refused', stage: null, phase: 'ended' },
  withdrawn: { name: '已撤回', tone: 'plain', next: null, tab: 'closed', place: 'withdrawn', stage: null, phase: 'ended' },
  'treasury-returned': { name: '国库退回', tone: 'bad', next: 'correctReturned', queue: '国库退回待更正', tab: 'returned', place: 'treasury-returned', stage: 'sent', phase: 'approved' },
  'bank-returned': { name: '银行退汇', tone: 'bad', next: 'correctReturned', queue: '银行退汇待更正', tab: 'returned', place: 'bank-returned', stage: 'sent', phase: 'approved' },
  corrected: { name: '已更正待重开', tone: 'wait', next: 'issueVoucher', queue: '待重开', place: 'corrected', stage: 'approved', phase: 'approved' },
  'clawed-back': { name: '已全额追回', tone: 'plain', next: null, tab: 'closed', place: 'clawed-back', stage: 'crossed-off', phase: 'ended', paid: true },
} as const satisfies Readonly<Record<string, RefundStateRow>>;

/** Account to which the treasury pays 收款账户. */
export const accountFields = {
  bank: field.text('开户银行', 100),
  account: field.coded('银行账号', /^[0-9A-Za-z-]{4,40}$/, '银行账号应为4至40位数字、字母或短横'),
  accountName: field.text('户名', 200),
  bankCode: field.optional(field.coded('行号', /^[0-9]{12}$/, '行号应为12位数字')),
};
const on = { on: field.optional(field.date('日期')) };
const account = { account: accountFields };
const asked = { existing: field.optional(field.fen('申请存量额')), incremental: field.optional(field.fen('申请增量额')) };
const held = ['EXISTING_ALREADY_PAID', 'KIND_UNDER_WAY'] as const;
/** Asked again at every step after approval: the newest determination, and what the ledger has paid. */
const standing = ['DETERMINATION_FALLEN', ...held] as const;
const accountErrors = ['ACCOUNT_UNKNOWN', 'ACCOUNT_INVALID', 'ACCOUNT_NAME_DIFFERS'] as const;
const askedErrors = ['ASKED_NOTHING', 'ASKED_EXCEEDS_DETERMINED', 'ASKED_ONLY_SINGLY', ...held, ...accountErrors] as const;
const unpaidAfterApproval = ['approved', 'corrected', 'vouchered', 'voucher-checked'] as const;
const returned = ['treasury-returned', 'bank-returned'] as const;
const unapproved = ['candidate', 'informed', 'applied', 'accepted', 'reviewed', 'returned-for-correction', 'suspended'] as const;

export const refundCases = defineCases({
  name: 'refunds', title: '退税办理', counter: '笔', cases: 'refunds', case: 'refund',
  roleNames: refundRoleNames, // names more roles than this table has
  forbidden: forbiddenRefundPairs,
  tabs: { 'under-way': '已组批在途', returned: '退回待更正', closed: '已办结' },
  states,
  acts: {
    open: { title: '列入应退名单', from: [], to: 'candidate', by: 'assessment', may: ['handler'], role: null, reason: 'none', basis: null },
    refresh: {
      title: '按最近一期更新应退额', from: unapproved, to: 'same', by: 'assessment', may: ['handler'], role: null, reason: 'none', basis: '国家税务总局公告2019年第20号第九条',
    },
    lapse: { title: '移出应退名单', from: ['candidate', 'informed'], to: 'withdrawn', by: 'assessment', may: ['handler'], role: null, reason: 'required', basis: null },
    inform: {
      title: '告知', from: ['candidate'], to: 'informed', by: 'person', may: ['handler'], role: null, reason: 'none', basis: null,
      operation: 'inform', says: '登记已告知纳税人可以申请退税。', input: { channel: field.optional(field.note('告知方式', 60)), ...on },
    },
    apply: {
      title: '登记申请', from: ['candidate', 'informed'], to: 'applied', by: 'person', may: ['handler'], role: 'handler', reason: 'none',
      basis: '财政部 税务总局公告2022年第14号第十一条', operation: 'apply', says: '登记纳税人的申请。金额、账户没有改动的，按测算应退额和名册登记。',
      input: { ...asked, ...on }, groups: account, singly: ['existing', 'incremental', 'account'], errors: [...askedErrors, 'DATE_TOO_EARLY'],
    },
    accept: {
      title: '受理', from: ['applied'], to: 'accepted', by: 'person', may: ['handler'], role: 'handler', reason: 'none', basis: '国家税务总局公告2019年第20号第七条',
      operation: 'accept', says: '受理申请，办理期限自受理之日起算。', input: { ...on, exportRefundPending: field.flag('免抵退应退税额尚未核准，期限自核准之日起算') }, errors: ['DATE_TOO_EARLY'],
    },
    startClock: {
      title: '免抵退已核准', from: ['accepted'], to: 'same', by: 'person', may: ['handler'], role: 'handler', reason: 'none', basis: '国家税务总局公告2019年第20号第八条',
      operation: 'startClock', says: '登记免抵退核准日，办理期限自核准之日起算。', input: { approvedOn: field.date('免抵退核准日') }, errors: ['CLOCK_NOT_WAITING'],
    },
    review: {
      title: '审核', from: ['accepted'], to: 'reviewed', by: 'person', may: ['reviewer'], role: 'reviewer', reason: 'none', basis: '国家税务总局公告2019年第20号第八条',
      operation: 'review', says: '审核通过，交审批人核准。', input: { opinion: field.optional(field.note('审核意见', 500)) }, errors: ['EXPORT_NOT_APPROVED', 'NAME_UNPROVEN'],
    },
    approve: {
      title: '核准', from: ['reviewed'], to: 'approved', by: 'person', may: ['approver'], role: 'approver', reason: 'none', basis: '国家税务总局公告2019年第20号第十一条',
      operation: 'approve', says: '核准退税。金额没有改动的按申请额核准；少于申请额的须写明原因。',
      input: { existing: field.optional(field.fen('核准存量额')), incremental: field.optional(field.fen('核准增量额')), reason: field.optional(field.text('原因', 500)) },
      singly: ['existing', 'incremental'],
      errors: ['APPROVED_EXCEEDS_ASKED', 'APPROVED_EXCEEDS_DETERMINED', 'APPROVED_NOTHING', 'APPROVED_LESS_NEEDS_REASON', 'APPROVED_ONLY_SINGLY', ...held],
    },
    issueVoucher: {
      title: '开具收入退还书', from: ['approved', 'corrected'], to: 'vouchered', by: 'person', may: ['issuer'], role: 'issuer', reason: 'none', basis: '国家税务总局令第31号',
      operation: 'issueVouchers', says: '开具收入退还书，按号段顺序取号。', errors: ['SUBJECT_UNKNOWN', ...standing, ...accountErrors, 'VOUCHER_RANGE_EXHAUSTED'],
    },
    checkVoucher: {
      title: '复核收入退还书', from: ['vouchered'], to: 'voucher-checked', by: 'person', may: ['reviewer'], role: 'voucherChecker', reason: 'none',
      basis: '《关于严格执行税款退库办理制度的通知》（电子退库开具岗与复核岗分开）', operation: 'checkVouchers', says: '复核收入退还书，要素与核准结果一致。', errors: standing,
    },
    voidVoucher: {
      title: '作废收入退还书', from: ['vouchered', 'voucher-checked'], to: 'corrected', by: 'person', may: ['issuer', 'reviewer'], role: null, reason: 'required', basis: null,
      operation: 'voidVouchers', says: '作废收入退还书，号码不再使用，可以重新开具。',
    },
    formBatch: {
      title: '组成退库批次', from: ['voucher-checked'], to: 'batched', by: 'person', may: ['issuer'], role: null, reason: 'none', basis: null,
      operation: 'formBatch', says: '请照纸质清单填写笔数和总金额。与所选不符的，整批不组成。', groups: { expected: { count: field.count('笔数'), total: field.total('总金额') } },
      errors: ['BATCH_TOTAL_DIFFERS', 'BATCH_TOO_LARGE', ...standing],
    },
    cancelBatch: { title: '撤销退库批次', from: ['batched'], to: 'voucher-checked', by: 'person', may: ['issuer'], role: null, reason: 'required', basis: null },
    send: { title: '送达国库', from: ['batched'], to: 'sent', by: 'package', may: ['issuer'], role: null, reason: 'none', basis: null },
    receiveRejection: { title: '国库拒收批次', from: ['sent'], to: 'batched', by: 'package', may: ['issuer'], role: null, reason: 'none', basis: null },
    receivePaid: { title: '国库已退付', from: ['sent'], to: 'paid', by: 'package', may: ['handler'], role: null, reason: 'none', basis: null },
    receiveReturn: { title: '国库退回', from: ['sent'], to: 'treasury-returned', by: 'package', may: ['handler'], role: null, reason: 'required', basis: null },
    receiveBankReturn: { title: '银行退汇', from: ['paid'], to: 'bank-returned', by: 'package', may: ['handler'], role: null, reason: 'required', basis: null },
    crossOff: {
      title: '销号', from: ['paid'], to: 'crossed-off', by: 'person', may: ['handler'], role: null, reason: 'none', basis: '工作方案二（五）',
      operation: 'crossOff', says: '凭国库退付回单销号。', input: on, errors: ['RECEIPT_LINE_MISSING', 'DATE_TOO_EARLY'],
    },
    undoCrossOff: {
      title: '撤销销号', from: ['crossed-off'], to: 'paid', by: 'person', may: ['approver'], role: null, reason: 'required', basis: null,
      operation: 'undoCrossOff', says: '撤销销号，另记一笔。',
    },
    returnForCorrection: {
      title: '退回补正', from: ['applied', 'accepted', 'reviewed', 'approved', 'corrected', ...returned], to: 'returned-for-correction', by: 'person',
      may: ['handler', 'reviewer', 'approver'], role: null, reason: 'required', basis: null, operation: 'returnForCorrection', says: '退回纳税人补正。',
    },
    resubmit: {
      title: '补正后重新提交', from: ['returned-for-correction'], to: 'applied', by: 'person', may: ['handler'], role: 'handler', reason: 'none', basis: null,
      operation: 'resubmit', says: '补正后重新提交。没有改动的项目保持原样。', input: asked, groups: account, singly: ['existing', 'incremental', 'account'], errors: askedErrors,
    },
    suspend: {
      title: '暂停办理', from: ['accepted', 'reviewed', ...unpaidAfterApproval, ...returned], to: 'suspended', by: 'person', may: ['reviewer', 'approver'], role: null,
      reason: 'required', basis: '国家税务总局公告2019年第20号第十二条；2025年第20号第七条', operation: 'suspend', says: '暂停办理并停止计时。',
      input: { ground: field.oneOf('法定情形', suspensionGrounds) },
    },
    resume: {
      title: '恢复办理', from: ['suspended'], to: 'resume', by: 'person', may: ['reviewer', 'approver'], role: null, reason: 'required',
      basis: '国家税务总局公告2019年第20号第十三条；2025年第20号第八条', operation: 'resume', says: '疑点已排除，恢复到暂停前的状态继续办理。', input: on,
    },
    noticeSuspension: {
      title: '向国库发出暂缓通知', from: ['sent'], to: 'same', by: 'person', may: ['reviewer', 'approver'], role: null, reason: 'required', basis: null,
      operation: 'noticeSuspension', says: '向国库发出暂缓退库通知，随下一个交换包送出。', input: { ground: field.oneOf('法定情形', suspensionGrounds) }, errors: ['NOTICE_STANDS'],
    },
    liftNotice: {
      title: '解除暂缓通知', from: ['sent', 'treasury-returned'], to: 'same', by: 'person', may: ['reviewer', 'approver'], role: null, reason: 'required', basis: null,
      operation: 'liftNotice', says: '解除暂缓退库通知。', errors: ['NO_SUCH_NOTICE'],
    },
    terminate: {
      title: '终止办理', from: ['accepted', 'reviewed', 'suspended', ...unpaidAfterApproval, ...returned], to: 'terminated', by: 'person', may: ['approver'], role: 'approver',
      reason: 'required', basis: '国家税务总局公告2019年第20号第十四条；2025年第20号第九条', operation: 'terminate', says: '终止办理。',
      input: { ground: field.oneOf('法定情形', terminationGrounds) },
    },
    refuse: {
      title: '不予退税', from: ['accepted', 'reviewed'], to: 'refused', by: 'person', may: ['approver'], role: 'approver', reason: 'required',
      basis: '国家税务总局公告2019年第20号第十一条', operation: 'refuse', says: '不予退税。',
    },
    withdraw: {
      title: '纳税人撤回申请', from: ['applied', 'accepted', 'reviewed', 'approved', 'corrected', 'returned-for-correction'], to: 'withdrawn', by: 'person', may: ['handler'],
      role: null, reason: 'required', basis: '财政部 税务总局公告2022年第14号第十一条（可选择结转抵扣）', operation: 'withdraw', says: '登记纳税人撤回申请。',
    },
    reopen: {
      title: '重新列入应退名单', from: ['withdrawn', 'refused', 'terminated'], to: 'candidate', by: 'person', may: ['handler'], role: null, reason: 'required',
      basis: '国家税务总局公告2025年第20号第九条（处理完毕仍符合条件的可重新申请）', operation: 'reopen', says: '重新列入应退名单。',
    },
    correctReturned: {
      title: '更正退回事项', from: returned, to: 'corrected', by: 'person', may: ['handler'], role: 'handler', reason: 'required', basis: null,
      operation: 'correctReturned', one: true, says: '更正被退回的事项，之后重新开具收入退还书。', groups: account, errors: accountErrors,
    },
    keepApproval: {
      title: '维持核准', from: [...unpaidAfterApproval, 'batched', ...returned], to: 'same', by: 'person', may: ['approver'], role: 'approver', reason: 'required',
      basis: '国家税务总局公告2019年第20号第九条', operation: 'keepApproval',
      says: '核准后重新测算的应退额低于核准额，仍按原核准办理。理由记入经办经过；再有新的测算结果时须重新决定。', errors: ['NOTHING_TO_KEEP'],
    },
    confirmReduced: {
      title: '核实留抵已冲减', from: ['paid', 'crossed-off'], to: 'same', by: 'person', may: ['reviewer'], role: null, reason: 'required',
      basis: '财政部 税务总局公告2022年第14号第十二条', operation: 'confirmReduced', says: '已在申报表中核实期末留抵税额按本次退税冲减。以后各期测算不再因本次退付列为资料不足。',
      errors: ['REDUCTION_CONFIRMED'],
    },
    clawBackPart: {
      title: '追回部分退税款', from: ['crossed-off'], to: 'same', by: 'person', may: ['approver'], role: null, reason: 'required',
      basis: '财政部 税务总局公告2022年第14号第十二条', operation: 'clawBack', one: true, says: '登记追回退税款。全部追回的，状态变为“已全额追回”。',
      input: { existing: field.fen('追回存量额'), incremental: field.fen('追回增量额'), document: field.text('缴款书号', 60), ...on }, errors: ['CLAWBACK_EXCEEDS_PAID', 'CLAWBACK_NOTHING'],
    },
    clawBackWhole: {
      title: '追回全部退税款', from: ['crossed-off'], to: 'clawed-back', by: 'person', may: ['approver'], role: null, reason: 'required', basis: '财政部 税务总局公告2022年第14号第十二条',
    },
    undoClawBack: {
      title: '撤销追回', from: ['crossed-off', 'clawed-back'], to: 'crossed-off', by: 'person', may: ['approver'], role: null, reason: 'required', basis: null,
      operation: 'undoClawBack', one: true, says: '撤销一次追回登记，另记一笔。', input: { no: field.count('第几次追回', 1) }, errors: ['NO_SUCH_CLAWBACK'],
    },
  },
});

export type RefundState = keyof typeof states;
export type RefundAct = keyof (typeof refundCases)['acts'];
export const refundStates = statesOf(refundCases) as readonly [RefundState, ...RefundState[]]; // the table has rows
export const refundActs = Object.keys(refundCases.acts) as [RefundAct, ...RefundAct[]]; // the keys of a closed table
export const refundStateNames = stateNames<RefundState>(refundCases);
/** From one state to another by some act. */
export const refundMoves = movesOf(refundCases);
/** States from which a refund can be suspended, and so those to which it can return. */
export const suspendableStates: readonly RefundState[] = refundCases.acts.suspend.from;
/** What the survey's funnel and a changed rule read from each state. */
export const refundStateRows: Readonly<Record<RefundState, RefundStateRow>> = states;
