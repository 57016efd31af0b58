/**
 * The lifecycle of a refund 退税办理状态 as one closed table: which act leads from which state to which, whose duty it is, which role
 * it fills, whether a reason must be given, and the rule behind it. Handlers, the SQL triggers, the screens and the help text
 * are all made from this table; it decides nothing about amounts. `vouchered` of the product is told in three steps here
 * (issued, checked, batched), because different people take them.
 * @source shared spec product.md, States of a refund; policy-facts 5 and 6.4
 */
import type { RefundRole } from '../administration/duties.ts';
import { dutyNames, type BusinessDuty } from '../kernel/office.ts';

/** The way from candidate to crossed off, in order. */
export const mainStates = [
  'candidate', 'informed', 'applied', 'accepted', 'reviewed', 'approved', 'vouchered', 'voucher-checked', 'batched', 'sent', 'paid', 'crossed-off',
] as const;
/** Off the way; each has an act that leads back. */
export const sideStates = [
  'returned-for-correction', 'suspended', 'terminated', 'refused', 'withdrawn', 'treasury-returned', 'bank-returned', 'corrected', 'clawed-back',
] as const;
export const refundStates = [...mainStates, ...sideStates] as const;
export type RefundState = (typeof refundStates)[number];

export const refundStateNames: Readonly<Record<RefundState, string>> = {
  candidate: '待告知',
  informed: '已告知',
  applied: '已申请',
  accepted: '已受理',
  reviewed: '已审核',
  approved: '已核准',
  vouchered: '已开退还书',
  'voucher-checked': '退还书已复核',
  batched: '已组批',
  sent: '已送国库',
  paid: '已退库',
  'crossed-off': '已销号',
  'returned-for-correction': '退回补正',
  suspended: '暂停办理',
  terminated: '终止办理',
  refused: '不予退税',
  withdrawn: '已撤回',
  'treasury-returned': '国库退回',
  'bank-returned': '银行退汇',
  corrected: '已更正待重开',
  'clawed-back': '已全额追回',
};

/** Where an act leads: a state, the state it was in, or the state from which it had been suspended. */
export type Target = RefundState | 'same' | 'suspended-from';

/** `person`: a clerk acts; `package`: a signed file from or to the treasury does; `assessment`: a new determination does. */
export type ActSource = 'person' | 'package' | 'assessment';

export type Transition = {
  readonly title: string;
  /** Empty for the act that opens a refund. */
  readonly from: readonly RefundState[];
  readonly to: Target;
  readonly by: ActSource;
  readonly may: readonly BusinessDuty[];
  /** The role the person fills on this refund; kept for the separation of duties. */
  readonly role: RefundRole | null;
  readonly reason: 'required' | 'none';
  /** Rule behind the act; null when none was found (a step of the office itself). */
  readonly basis: string | null;
};

function transition(row: Transition): Transition {
  return row;
}

const unpaidAfterApproval = ['approved', 'corrected', 'vouchered', 'voucher-checked'] as const;
const returned = ['treasury-returned', 'bank-returned'] as const;

export const transitions = {
  open: transition({ title: '列入应退名单', from: [], to: 'candidate', by: 'assessment', may: ['handler'], role: null, reason: 'none', basis: null }),
  refresh: transition({
    title: '按最近一期更新应退额', from: ['candidate', 'informed', 'applied', 'accepted', 'reviewed', 'returned-for-correction', 'suspended'],
    to: 'same', by: 'assessment', may: ['handler'], role: null, reason: 'none', basis: '国家税务总局公告2019年第20号第九条',
  }),
  lapse: transition({ title: '移出应退名单', from: ['candidate', 'informed'], to: 'withdrawn', by: 'assessment', may: ['handler'], role: null, reason: 'required', basis: null }),
  inform: transition({ title: '告知', from: ['candidate'], to: 'informed', by: 'person', may: ['handler'], role: null, reason: 'none', basis: null }),
  apply: transition({
    title: '登记申请', from: ['candidate', 'informed'], to: 'applied', by: 'person', may: ['handler'], role: 'handler', reason: 'none',
    basis: '财政部 税务总局公告2022年第14号第十一条',
  }),
  accept: transition({
    title: '受理', from: ['applied'], to: 'accepted', by: 'person', may: ['handler'], role: 'handler', reason: 'none', basis: '国家税务总局公告2019年第20号第七条',
  }),
  startClock: transition({
    title: '免抵退已核准', from: ['accepted'], to: 'same', by: 'person', may: ['handler'], role: 'handler', reason: 'none', basis: '国家税务总局公告2019年第20号第八条',
  }),
  review: transition({
    title: '审核', from: ['accepted'], to: 'reviewed', by: 'person', may: ['reviewer'], role: 'reviewer', reason: 'none', basis: '国家税务总局公告2019年第20号第八条',
  }),
  approve: transition({
    title: '核准', from: ['reviewed'], to: 'approved', by: 'person', may: ['approver'], role: 'approver', reason: 'none', basis: '国家税务总局公告2019年第20号第十一条',
  }),
  issueVoucher: transition({
    title: '开具收入退还书', from: ['approved', 'corrected'], to: 'vouchered', by: 'person', may: ['issuer'], role: 'issuer', reason: 'none',
    basis: '国家税务总局令第31号',
  }),
  checkVoucher: transition({
    title: '复核收入退还书', from: ['vouchered'], to: 'voucher-checked', by: 'person', may: ['reviewer'], role: 'voucherChecker', reason: 'none',
    basis: '《关于严格执行税款退库办理制度的通知》（电子退库开具岗与复核岗分开）',
  }),
  voidVoucher: transition({
    title: '作废收入退还书', from: ['vouchered', 'voucher-checked'], to: 'corrected', by: 'person', may: ['issuer', 'reviewer'], role: null, reason: 'required', basis: null,
  }),
  formBatch: transition({ title: '组成退库批次', from: ['voucher-checked'], to: 'batched', by: 'person', may: ['issuer'], role: null, reason: 'none', basis: null }),
  cancelBatch: transition({ title: '撤销退库批次', from: ['batched'], to: 'voucher-checked', by: 'person', may: ['issuer'], role: null, reason: 'required', basis: null }),
  send: transition({ title: '送达国库', from: ['batched'], to: 'sent', by: 'package', may: ['issuer'], role: null, reason: 'none', basis: null }),
  receivePaid: transition({ title: '国库已退付', from: ['sent'], to: 'paid', by: 'package', may: ['handler'], role: null, reason: 'none', basis: null }),
  receiveReturn: transition({ title: '国库退回', from: ['sent'], to: 'treasury-returned', by: 'package', may: ['handler'], role: null, reason: 'required', basis: null }),
  receiveBankReturn: transition({ title: '银行退汇', from: ['paid'], to: 'bank-returned', by: 'package', may: ['handler'], role: null, reason: 'required', basis: null }),
  crossOff: transition({ title: '销号', from: ['paid'], to: 'crossed-off', by: 'person', may: ['handler'], role: null, reason: 'none', basis: '工作方案二（五）' }),
  undoCrossOff: transition({ title: '撤销销号', from: ['crossed-off'], to: 'paid', by: 'person', may: ['approver'], role: null, reason: 'required', basis: null }),
  returnForCorrection: transition({
    title: '退回补正', from: ['applied', 'accepted', 'reviewed', 'approved', 'corrected', ...returned], to: 'returned-for-correction', by: 'person',
    may: ['handler', 'reviewer', 'approver'], role: null, reason: 'required', basis: null,
  }),
  resubmit: transition({ title: '补正后重新提交', from: ['returned-for-correction'], to: 'applied', by: 'person', may: ['handler'], role: 'handler', reason: 'none', basis: null }),
  suspend: transition({
    title: '暂停办理', from: ['accepted', 'reviewed', ...unpaidAfterApproval, ...returned], to: 'suspended', by: 'person', may: ['reviewer', 'approver'],
    role: null, reason: 'required', basis: '国家税务总局公告2019年第20号第十二条；2025年第20号第七条',
  }),
  resume: transition({
    title: '恢复办理', from: ['suspended'], to: 'suspended-from', by: 'person', may: ['reviewer', 'approver'], role: null, reason: 'required',
    basis: '国家税务总局公告2019年第20号第十三条；2025年第20号第八条',
  }),
  noticeSuspension: transition({
    title: '向国库发出暂缓通知', from: ['sent'], to: 'same', by: 'person', may: ['reviewer', 'approver'], role: null, reason: 'required', basis: null,
  }),
  liftNotice: transition({ title: '解除暂缓通知', from: ['sent', 'treasury-returned'], to: 'same', by: 'person', may: ['reviewer', 'approver'], role: null, reason: 'required', basis: null }),
  terminate: transition({
    title: '终止办理', from: ['accepted', 'reviewed', 'suspended', ...unpaidAfterApproval, ...returned], to: 'terminated', by: 'person', may: ['approver'],
    role: 'approver', reason: 'required', basis: '国家税务总局公告2019年第20号第十四条；2025年第20号第九条',
  }),
  refuse: transition({
    title: '不予退税', from: ['accepted', 'reviewed'], to: 'refused', by: 'person', may: ['approver'], role: 'approver', reason: 'required',
    basis: '国家税务总局公告2019年第20号第十一条',
  }),
  withdraw: transition({
    title: '纳税人撤回申请', from: ['applied', 'accepted', 'reviewed', 'approved', 'corrected', 'returned-for-correction'], to: 'withdrawn', by: 'person',
    may: ['handler'], role: null, reason: 'required', basis: '财政部 税务总局公告2022年第14号第十一条（可选择结转抵扣）',
  }),
  reopen: transition({
    title: '重新列入应退名单', from: ['withdrawn', 'refused', 'terminated'], to: 'candidate', by: 'person', may: ['handler'], role: null, reason: 'required',
    basis: '国家税务总局公告2025年第20号第九条（处理完毕仍符合条件的可重新申请）',
  }),
  correctReturned: transition({ title: '更正退回事项', from: returned, to: 'corrected', by: 'person', may: ['handler'], role: 'handler', reason: 'required', basis: null }),
  clawBackPart: transition({ title: '追回部分退税款', from: ['crossed-off'], to: 'same', by: 'person', may: ['approver'], role: null, reason: 'required', basis: '财政部 税务总局公告2022年第14号第十二条' }),
  clawBackWhole: transition({ title: '追回全部退税款', from: ['crossed-off'], to: 'clawed-back', by: 'person', may: ['approver'], role: null, reason: 'required', basis: '财政部 税务总局公告2022年第14号第十二条' }),
  undoClawBack: transition({ title: '撤销追回', from: ['crossed-off', 'clawed-back'], to: 'crossed-off', by: 'person', may: ['approver'], role: null, reason: 'required', basis: null }),
} as const satisfies Readonly<Record<string, Transition>>;

export type RefundAct = keyof typeof transitions;
export const refundActs = Object.keys(transitions) as readonly RefundAct[];

/** The row of an act, without its literal types. */
export function transitionOf(act: RefundAct): Transition {
  return transitions[act];
}

/** Whether the table lets this act happen in this state; `null` is a refund that does not exist yet. */
export function actFits(act: RefundAct, state: RefundState | null): boolean {
  const { from } = transitionOf(act);
  return state === null ? from.length === 0 : from.includes(state);
}

/**
 * The state after an act. @param suspendedFrom where a suspended refund returns to
 * @returns null when the act does not fit the state
 */
export function stateAfter(act: RefundAct, state: RefundState | null, suspendedFrom: RefundState | null): RefundState | null {
  if (!actFits(act, state)) return null;
  const { to } = transitionOf(act);
  if (to === 'same') return state;
  return to === 'suspended-from' ? suspendedFrom : to;
}

/** The acts that fit a state, in the order of the table. */
export function actsFrom(state: RefundState): readonly RefundAct[] {
  return refundActs.filter((act) => actFits(act, state));
}

/** Every change of state that some act makes: what the SQL trigger lets through. */
export function allowedMoves(): readonly (readonly [RefundState, RefundState])[] {
  const moves = new Map<string, readonly [RefundState, RefundState]>();
  for (const act of refundActs) {
    for (const from of transitionOf(act).from) {
      for (const to of targetsOf(act)) if (to !== from) moves.set(`${from}>${to}`, [from, to]);
    }
  }
  return [...moves.values()];
}

/** States from which a refund can be suspended, and so those to which it can return. */
export const suspendableStates: readonly RefundState[] = transitions.suspend.from;

/** States in which no further step is due unless someone opens the matter again. */
export const closedStates: readonly RefundState[] = ['crossed-off', 'terminated', 'refused', 'withdrawn', 'clawed-back'];

function targetsOf(act: RefundAct): readonly RefundState[] {
  const { to } = transitionOf(act);
  if (to === 'same') return [];
  return to === 'suspended-from' ? suspendableStates : [to];
}

/** The whole machine in Chinese, one line an act, for the help page 帮助 and the printed matrix. */
export function lifecycleLines(): readonly string[] {
  return refundStates.flatMap((state) => {
    const exits = actsFrom(state).map((act) => {
      const row = transitionOf(act);
      const target = row.to === 'same' ? '状态不变' : row.to === 'suspended-from' ? '回到暂停前状态' : refundStateNames[row.to];
      const who = row.by === 'package' ? '交换包' : row.may.map((duty) => dutyNames[duty]).join('或');
      return `· ${row.title} → ${target}（${who}${row.reason === 'required' ? '，须写明原因' : ''}${row.basis === null ? '' : `；${row.basis}`}）`;
    });
    return [refundStateNames[state], ...exits];
  });
}

/** Statutory grounds of a suspension 暂停办理情形. @source 2019年20号第十二条, 2025年20号第七条 (policy-facts 5.3; the order is background knowledge) */
export const suspensionGrounds = {
  'risk-doubt': '存在增值税涉税风险疑点',
  'under-inspection': '被税务稽查立案且未结案',
  'filing-mismatch': '增值税申报比对异常未处理',
  'abnormal-vouchers': '取得增值税异常扣税凭证未处理',
  other: '国家税务总局规定的其他情形',
} as const;
export type SuspensionGround = keyof typeof suspensionGrounds;

/** Statutory grounds of a termination 终止办理情形. @source policy-facts 5.4 */
export const terminationGrounds = {
  'grave-violation': '排查中发现涉嫌骗取出口退税、虚开增值税专用发票等增值税重大税收违法行为',
  other: '国家税务总局规定的其他情形',
} as const;
export type TerminationGround = keyof typeof terminationGrounds;
