/** States and queues of refunds on screen 退税状态: tones of the states, and the queues in which clerks find their work. Labels only. */
import { refundStateNames, refundStates, type RefundState } from '../../shared/refunds/lifecycle.ts';
import type { Duty } from '../../shared/kernel/office.ts';
import type { StateWord, Tone } from '../components/table/columns.ts';

const tones: Readonly<Record<RefundState, Tone>> = {
  candidate: 'plain', informed: 'plain', applied: 'active', accepted: 'active', reviewed: 'active', approved: 'active', vouchered: 'active', 'voucher-checked': 'active',
  batched: 'active', sent: 'active', paid: 'good', 'crossed-off': 'good', 'returned-for-correction': 'wait', suspended: 'wait', terminated: 'plain', refused: 'plain',
  withdrawn: 'plain', 'treasury-returned': 'bad', 'bank-returned': 'bad', corrected: 'wait', 'clawed-back': 'plain',
};

export const refundStateWords: Readonly<Record<RefundState, StateWord>> = Object.fromEntries(
  refundStates.map((state) => [state, { label: refundStateNames[state], tone: tones[state] }]),
) as Record<RefundState, StateWord>; // one for every state

/** A queue: refunds that stand in one state, and whose turn it is. Several states share a queue only where no act takes them together. */
export type Queue = { readonly key: string; readonly title: string; readonly states: readonly RefundState[]; readonly turn: Duty | null };

export const queues: readonly Queue[] = [
  { key: 'candidate', title: '待告知', states: ['candidate'], turn: 'handler' },
  { key: 'informed', title: '待申请', states: ['informed'], turn: 'handler' },
  { key: 'applied', title: '待受理', states: ['applied'], turn: 'handler' },
  { key: 'accepted', title: '待审核', states: ['accepted'], turn: 'reviewer' },
  { key: 'reviewed', title: '待核准', states: ['reviewed'], turn: 'approver' },
  { key: 'approved', title: '待开具', states: ['approved'], turn: 'issuer' },
  { key: 'corrected', title: '待重开', states: ['corrected'], turn: 'issuer' },
  { key: 'vouchered', title: '退还书待复核', states: ['vouchered'], turn: 'reviewer' },
  { key: 'voucher-checked', title: '待组批', states: ['voucher-checked'], turn: 'issuer' },
  { key: 'under-way', title: '已组批在途', states: ['batched', 'sent'], turn: null },
  { key: 'paid', title: '待销号', states: ['paid'], turn: 'handler' },
  { key: 'returned', title: '退回待更正', states: ['treasury-returned', 'bank-returned', 'returned-for-correction'], turn: 'handler' },
  { key: 'suspended', title: '暂停', states: ['suspended'], turn: null },
  { key: 'closed', title: '已办结', states: ['crossed-off', 'clawed-back', 'terminated', 'refused', 'withdrawn'], turn: null },
];
