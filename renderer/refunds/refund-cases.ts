/**
 * The lifecycle of a refund as a case table 退税办理表: how each state looks and who owns its next act, and what each act asks of a person. States, acts,
 * duties and law are those of the lifecycle.
 */
import { forbiddenRefundPairs, refundRoleNames, type RefundRole } from '../../shared/administration/duties.ts';
import { defineCases, type CaseAct, type CaseState } from '../../shared/kernel/case.ts';
import { field } from '../../shared/kernel/record.ts';
import { refundActs, refundStateNames, refundStates, suspensionGrounds, terminationGrounds, transitionOf, type RefundAct, type RefundState } from '../../shared/refunds/lifecycle.ts';

const states: Readonly<Record<RefundState, Omit<CaseState<RefundAct>, 'name'>>> = {
  candidate: { tone: 'plain', next: 'inform', queue: '待告知', step: '列入' },
  informed: { tone: 'plain', next: 'apply', queue: '待申请', step: '告知' },
  applied: { tone: 'active', next: 'accept', queue: '待受理', step: '申请' },
  accepted: { tone: 'active', next: 'review', queue: '待审核', step: '受理' },
  reviewed: { tone: 'active', next: 'approve', queue: '待核准', step: '审核' },
  approved: { tone: 'active', next: 'issueVoucher', queue: '待开具', step: '核准' },
  vouchered: { tone: 'active', next: 'checkVoucher', queue: '退还书待复核', step: '开具' },
  'voucher-checked': { tone: 'active', next: 'formBatch', queue: '待组批', step: '复核' },
  batched: { tone: 'active', next: 'send', queue: '待送国库', step: '组批', tab: 'under-way' },
  sent: { tone: 'active', next: null, step: '送库', tab: 'under-way' },
  paid: { tone: 'good', next: 'crossOff', queue: '待销号', step: '退付' },
  'crossed-off': { tone: 'good', next: null, step: '销号', tab: 'closed' },
  'returned-for-correction': { tone: 'wait', next: 'resubmit', tab: 'returned' },
  suspended: { tone: 'wait', next: 'resume' },
  terminated: { tone: 'plain', next: null, tab: 'closed' },
  refused: { tone: 'plain', next: null, tab: 'closed' },
  withdrawn: { tone: 'plain', next: null, tab: 'closed' },
  'treasury-returned': { tone: 'bad', next: 'correctReturned', tab: 'returned' },
  'bank-returned': { tone: 'bad', next: 'correctReturned', tab: 'returned' },
  corrected: { tone: 'wait', next: 'issueVoucher', queue: '待重开' },
  'clawed-back': { tone: 'plain', next: null, tab: 'closed' },
};

const on = { on: field.optional(field.date('日期')) };
const account = {
  bank: field.text('开户银行', 100),
  account: field.coded('银行账号', /^[0-9A-Za-z-]{4,40}$/, '银行账号应为4至40位数字、字母或短横'),
  accountName: field.text('户名', 200),
  bankCode: field.optional(field.coded('行号', /^[0-9]{12}$/, '行号应为12位数字')),
};
const asked = { existing: field.optional(field.fen('申请存量额')), incremental: field.optional(field.fen('申请增量额')) };

type Asks = Pick<CaseAct, 'says' | 'input' | 'groups' | 'singly' | 'operation' | 'one'>;
const asks: Partial<Readonly<Record<RefundAct, Asks>>> = {
  inform: { says: '登记已告知纳税人可以申请退税。', input: { channel: field.note('告知方式', 60), ...on } },
  apply: { says: '登记纳税人的申请。金额、账户没有改动的，按测算应退额和名册登记。', input: { ...asked, ...on }, groups: { account }, singly: [...Object.keys(asked), 'account'] },
  accept: { says: '受理申请，办理期限自受理之日起算。', input: { ...on, exportRefundPending: field.flag('免抵退应退税额尚未核准，期限自核准之日起算') } },
  startClock: { says: '登记免抵退核准日，办理期限自核准之日起算。', input: { approvedOn: field.date('免抵退核准日') } },
  review: { says: '审核通过，交审批人核准。', input: { opinion: field.note('审核意见', 500) } },
  approve: {
    says: '核准退税。金额没有改动的按申请额核准；少于申请额的须写明原因。',
    input: { existing: field.optional(field.fen('核准存量额')), incremental: field.optional(field.fen('核准增量额')), reason: field.optional(field.note('原因', 500)) },
    singly: ['existing', 'incremental'],
  },
  returnForCorrection: { says: '退回纳税人补正。' },
  resubmit: { says: '补正后重新提交。没有改动的项目保持原样。', input: asked, groups: { account }, singly: [...Object.keys(asked), 'account'] },
  suspend: { says: '暂停办理并停止计时。', input: { ground: field.oneOf('法定情形', suspensionGrounds) } },
  resume: { says: '疑点已排除，恢复到暂停前的状态继续办理。', input: on },
  noticeSuspension: { says: '向国库发出暂缓退库通知，随下一个交换包送出。', input: { ground: field.oneOf('法定情形', suspensionGrounds) } },
  liftNotice: { says: '解除暂缓退库通知。' },
  terminate: { says: '终止办理。', input: { ground: field.oneOf('法定情形', terminationGrounds) } },
  refuse: { says: '不予退税。' },
  withdraw: { says: '登记纳税人撤回申请。' },
  reopen: { says: '重新列入应退名单。' },
  issueVoucher: { says: '开具收入退还书，按号段顺序取号。', operation: 'issueVouchers' },
  checkVoucher: { says: '复核收入退还书，要素与核准结果一致。', operation: 'checkVouchers' },
  voidVoucher: { says: '作废收入退还书，号码不再使用，可以重新开具。', operation: 'voidVouchers' },
  correctReturned: { says: '更正被退回的事项，之后重新开具收入退还书。', groups: { account }, one: true },
  formBatch: { says: '请照纸质清单填写笔数和总金额。与所选不符的，整批不组成。', groups: { expected: { count: field.count('笔数'), total: field.fen('总金额') } } },
  crossOff: { says: '凭国库退付回单销号。', input: on },
  undoCrossOff: { says: '撤销销号，另记一笔。' },
  clawBackPart: {
    says: '登记追回退税款。全部追回的，状态变为“已全额追回”。',
    input: { existing: field.fen('追回存量额'), incremental: field.fen('追回增量额'), document: field.text('缴款书号', 60), ...on },
    operation: 'clawBack', one: true,
  },
  undoClawBack: { says: '撤销一次追回登记，另记一笔。', input: { no: field.count('第几次追回', 1) }, one: true },
};

function caseAct(act: RefundAct): CaseAct<RefundState, RefundRole> {
  const { to, ...row } = transitionOf(act);
  const asked = asks[act];
  return { ...row, to: to === 'suspended-from' ? 'resume' : to, ...(asked === undefined ? {} : { operation: act, ...asked }) };
}

export const refundCases = defineCases({
  name: 'refunds', title: '退税办理', counter: '笔', cases: 'refunds', case: 'refund', tabs: { 'under-way': '已组批在途', returned: '退回待更正', closed: '已办结' },
  states: Object.fromEntries(refundStates.map((state) => [state, { name: refundStateNames[state], ...states[state] }])) as Record<RefundState, CaseState<RefundAct>>, // one for every state
  acts: Object.fromEntries(refundActs.map((act) => [act, caseAct(act)])) as Record<RefundAct, ReturnType<typeof caseAct>>, // one for every act
  roleNames: refundRoleNames as Readonly<Record<RefundRole, string>>, // names more roles than this table has
  forbidden: forbiddenRefundPairs,
});
