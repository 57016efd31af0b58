/**
 * Plants differences 差异 of known reason into clean counties, by seed, for the three-way reconciliation. Written from reconciliation.md alone, without reading the
 * engine: every plant states the items that the page gives it. It says nothing of numbers, ages and candidates, which the second engine compares.
 */
import { addDays, isWorked, yuan, type Lists, type Row, type Side } from './reconcile.ts';

export type Expected = { readonly link: string; readonly line: string; readonly key: string; readonly end: 'left' | 'right'; readonly ordinal: number; readonly reason: string;
  readonly also: readonly string[]; readonly left: string | null; readonly right: string | null };
export type Chance = { readonly below: (n: number) => number };
export type County = { readonly lists: Lists; readonly expected: readonly Expected[]; readonly planted: readonly string[] };

export const period = '2022-06';
export const cutoff = '2022-06-30';
export const through = '2022-07-08';

/** A small generator of numbers by seed (mulberry32). */
export function chanceOf(seed: number): Chance {
  let state = seed | 0;
  return { below: (n) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % n;
  } };
}
/** The latest day with that many working days after it, up to the cut-off. */
export const workedBack = (count: number): string => {
  let day = cutoff;
  for (let left = count; left > 0; day = addDays(day, -1)) if (isWorked(day, new Set())) left -= 1;
  return day;
};

class Case {
  readonly rows: [Side, Row][] = [];
  readonly expected: Expected[] = [];
  readonly chance: Chance;
  private readonly seq: { n: number };
  constructor(chance: Chance, seq: { n: number }) { this.chance = chance; this.seq = seq; }
  add(side: Side, 类型: string, 日期: string, facts: Row, more: Row = {}): void { this.rows.push([side, { ...facts, ...more, 类型, 日期 }]); }
  fresh(): Row {
    this.seq.n += 1;
    const n = this.seq.n;
    const fen = BigInt(1_000 + this.chance.below(90_000_000));
    const [central, province] = [fen / 2n, (fen * 35n) / 100n];
    return { 单据号: String(n).padStart(8, '0'), 批次号: `PC-2022-${String(1 + (n % 7)).padStart(4, '0')}`, 纳税人识别号: `9121138${String(n).padStart(11, '0')}`,
      纳税人名称: `第${n}公司`, 收款账号: `6222${n}`, 预算科目: '101010301', 金额: yuan(fen), 中央: yuan(central), 省级: yuan(province), 县级: yuan(fen - central - province) };
  }
  item(link: string, line: string, facts: Row, reasons: string | readonly string[], left: string | null, right: string | null, ordinal = 1): void {
    const [reason = '', ...also] = typeof reasons === 'string' ? [reasons] : reasons;
    this.expected.push({ link, line, key: facts.单据号 ?? '', end: left !== null ? 'left' : 'right', ordinal, reason, also, left, right });
  }
  issue(facts: Row, day = '2022-06-06', sent: string | null = '2022-06-07'): void { this.add('tax', '开具', day, facts, sent === null ? {} : { 送达日期: sent }); }
  receive(facts: Row, day = '2022-06-08'): void { this.add('treasury', '收到', day, { 单据号: facts.单据号 ?? '', 金额: facts.金额 ?? '' }); }
  pay(facts: Row, day = '2022-06-10'): void { this.add('treasury', '退付', day, facts); }
  charge(facts: Row, day = '2022-06-13'): void { this.add('finance', '列支', day, facts); }
  voucher(): Row { const facts = this.fresh(); this.issue(facts); this.receive(facts); return facts; }
  either<T>(...ways: readonly T[]): T { const way = ways[this.chance.below(ways.length)]; if (way === undefined) throw new Error('no way'); return way; }
}
const tt = 'tax-treasury';
const tf = 'treasury-finance';
const ft = 'finance-treasury';
const whole = (facts: Row): string => facts.金额 ?? '';
const fen = (facts: Row): bigint => BigInt(whole(facts).replace('.', ''));
const minus = (amount: bigint): string => yuan(-amount);
/** Clawback and transfer lines need not state what a refund states. */
const order = (facts: Row, amount: bigint): Row => ({ 单据号: facts.单据号 ?? '', 纳税人识别号: facts.纳税人识别号 ?? '', 收款账号: facts.收款账号 ?? '', 金额: yuan(amount) });
const transfer = (facts: Row, amount: bigint): Row => ({ 单据号: facts.单据号 ?? '', 资金文号: '辽财预〔2022〕1号', 金额: yuan(amount) });

const fields: readonly (readonly [string, (facts: Row) => Row])[] = [
  ['amount-differs', (facts) => ({ ...facts, 中央: '', 省级: '', 县级: '', 金额: yuan(fen(facts) + 1n) })],
  ['payee-differs', (facts) => ({ ...facts, 收款账号: `${facts.收款账号 ?? ''}0` })],
  ['subject-differs', (facts) => ({ ...facts, 预算科目: '101010302' })],
  ['batch-differs', (facts) => ({ ...facts, 批次号: 'PC-2022-9999' })],
];
/** The field plants of one or more reasons, on one of the two links. */
function differing(c: Case, wanted: readonly string[], link: string): void {
  const facts = c.voucher();
  let other = facts;
  for (const [id, change] of fields) if (wanted.includes(id)) other = change(other);
  c.pay(link === tt ? other : facts);
  c.charge(other);
  c.item(link, 'refund', facts, wanted, whole(facts), whole(other));
}
/** The state of a left-only voucher beside another reason: its rows, and the row of the table that fits. */
const openStates: readonly (readonly [string, (c: Case, facts: Row) => void])[] = [
  ['waiting', (c, facts) => { c.issue(facts); c.receive(facts, workedBack(10)); }],
  ['waiting-overdue', (c, facts) => { c.issue(facts); c.receive(facts, workedBack(11)); }],
  ['on-the-way', (c, facts) => { c.issue(facts, '2022-06-06', workedBack(3)); }],
  ['not-received', (c, facts) => { c.issue(facts, '2022-06-06', workedBack(4)); }],
  ['unsent', (c, facts) => { c.issue(facts, workedBack(3), c.either(null, '2022-07-01')); }],
  ['unsent-overdue', (c, facts) => { c.issue(facts, workedBack(4), c.either(null, '2022-07-01')); }],
];
const open = (id: string) => (c: Case): void => {
  const facts = c.fresh();
  openStates.find(([name]) => name === id)?.[1](c, facts);
  c.item(tt, 'refund', facts, id, whole(facts), null);
};

/** Every plant, by the row of the table it is of (then a dash and the way). */
export const plants: Readonly<Record<string, (c: Case) => void>> = {
  'duplicate-payment': (c) => { const v = c.voucher(); c.pay(v); c.pay(v, '2022-06-14'); c.charge(v); c.charge(v, '2022-06-15'); c.item(tt, 'refund', v, 'duplicate-payment', null, whole(v), 2); },
  'duplicate-payment, not charged': (c) => {
    const v = c.voucher(); c.pay(v); c.pay(v, '2022-06-14'); c.charge(v);
    c.item(tt, 'refund', v, 'duplicate-payment', null, whole(v), 2); c.item(tf, 'refund', v, 'charge-missing', whole(v), null, 2);
  },
  'duplicate-charge': (c) => { const v = c.voucher(); c.pay(v); c.charge(v); c.charge(v, '2022-06-15'); c.item(tf, 'refund', v, 'duplicate-charge', null, whole(v), 2); },
  swapped: (c) => {
    const [a, b, link] = [c.voucher(), c.voucher(), c.either(tt, tf)];
    const [wrongA, wrongB] = [{ ...a, 纳税人识别号: b.纳税人识别号 ?? '' }, { ...b, 纳税人识别号: a.纳税人识别号 ?? '' }];
    for (const [right, wrong] of [[a, wrongA], [b, wrongB]] as const) {
      c.pay(link === tt ? wrong : right); c.charge(wrong); c.item(link, 'refund', right, 'swapped', whole(right), whole(wrong));
    }
  },
  'amount-differs': (c) => { differing(c, ['amount-differs'], c.either(tt, tf)); },
  'amount-differs, clawback': (c) => {
    const v = c.fresh(); c.add('tax', '追缴', '2022-06-07', order(v, 500n)); c.add('treasury', '返纳', '2022-06-09', order(v, 400n)); c.add('treasury', '返纳', '2022-06-10', order(v, 300n));
    c.add('finance', '返纳入账', '2022-06-14', order(v, 700n)); c.item(tt, 'clawback', v, 'amount-differs', null, minus(200n));
  },
  'amount-differs, transfer': (c) => { const v = c.fresh(); c.add('finance', '拨付', '2022-06-07', transfer(v, 500n)); c.add('treasury', '到账', '2022-06-07', transfer(v, 501n)); c.item(ft, 'transfer', v, 'amount-differs', null, '0.01'); },
  'payee-differs': (c) => { differing(c, ['payee-differs'], c.either(tt, tf)); },
  'payee-differs, clawback': (c) => {
    const v = c.fresh(); c.add('tax', '追缴', '2022-06-07', order(v, 500n));
    const other = { ...order(v, 300n), 收款账号: '1' };
    c.add('treasury', '返纳', '2022-06-09', other); c.add('finance', '返纳入账', '2022-06-14', other); c.item(tt, 'clawback', v, 'payee-differs', minus(500n), minus(300n));
  },
  'subject-differs': (c) => { differing(c, ['subject-differs'], c.either(tt, tf)); },
  'subject-differs, transfer': (c) => {
    const v = c.fresh(); c.add('finance', '拨付', '2022-06-07', transfer(v, 500n)); c.add('treasury', '到账', '2022-06-08', { ...transfer(v, 500n), 资金文号: '辽财预〔2022〕2号' });
    c.item(ft, 'transfer', v, 'subject-differs', '5.00', '5.00');
  },
  'batch-differs': (c) => { differing(c, ['batch-differs'], c.either(tt, tf)); },
  'several fields': (c) => { const wanted = fields.map(([id]) => id).filter(() => c.chance.below(2) === 0); differing(c, wanted.length > 1 ? wanted : ['amount-differs', 'batch-differs'], c.either(tt, tf)); },
  'fields on both links': (c) => {
    const [v, [one, first], [two, second]] = [c.voucher(), c.either(...fields.slice(1)), c.either(...fields.slice(1))];
    const paid = first(v);
    const charged = one === two ? v : second(paid);
    c.pay(paid); c.charge(charged);
    c.item(tt, 'refund', v, one, whole(v), whole(paid)); c.item(tf, 'refund', v, two, whole(paid), whole(charged));
  },
  'bank-return-open': (c) => {
    const v = c.fresh(); const [state, make] = c.either(...openStates.slice(0, 2));
    make(c, v); c.add('treasury', '退回', c.either('2022-06-29', cutoff), v); c.item(tt, 'refund', v, ['bank-return-open', state], whole(v), null);
  },
  'bank-return-open, after payment': (c) => {
    const v = c.fresh(); const [state, make] = c.either(...openStates.slice(0, 2));
    make(c, v); c.pay(v, '2022-06-29'); c.charge(v, '2022-06-29'); c.add('treasury', '退汇', cutoff, v); c.add('finance', '冲回', cutoff, v);
    c.item(tt, 'refund', v, ['bank-return-open', state], whole(v), null);
  },
  'bank-return-open, paid again later': (c) => {
    const v = c.voucher(); c.add('treasury', '退回', '2022-06-09', v); c.pay(v, '2022-07-04');
    c.item(tt, 'refund', v, ['bank-return-open', 'paid-later', 'waiting-overdue'], whole(v), null);
  },
  'paid-later': (c) => { const v = c.fresh(); const [state, make] = c.either(...openStates); make(c, v); c.pay(v, c.either('2022-07-01', through)); c.item(tt, 'refund', v, ['paid-later', state], whole(v), null); },
  'paid after the explaining day': (c) => { const v = c.voucher(); c.pay(v, addDays(through, 1)); c.item(tt, 'refund', v, 'waiting-overdue', whole(v), null); },
  'paid later and undone': (c) => { const v = c.voucher(); c.pay(v, '2022-07-01'); c.add('treasury', '退汇', '2022-07-05', v); c.item(tt, 'refund', v, 'waiting-overdue', whole(v), null); },
  waiting: open('waiting'),
  'waiting-overdue': open('waiting-overdue'),
  'on-the-way': open('on-the-way'),
  'on-the-way, received after': (c) => { const v = c.fresh(); c.issue(v); c.receive(v, c.either('2022-07-01', through)); c.item(tt, 'refund', v, 'on-the-way', whole(v), null); },
  'not-received': open('not-received'),
  unsent: open('unsent'),
  'unsent-overdue': open('unsent-overdue'),
  'clawback-outstanding': (c) => {
    const v = c.fresh(); c.add('tax', '追缴', '2022-06-07', order(v, 500n));
    const came = BigInt(c.either(0, 1, 499));
    if (came > 0n) { c.add('treasury', '返纳', '2022-06-09', order(v, came)); c.add('finance', '返纳入账', '2022-06-09', order(v, came)); }
    c.item(tt, 'clawback', v, 'clawback-outstanding', minus(500n - came), null);
  },
  'return-unbooked': (c) => {
    const v = c.voucher(); c.pay(v); c.charge(v); c.add('treasury', '退汇', '2022-06-15', v);
    c.item(tt, 'refund', v, ['bank-return-open', 'waiting-overdue'], whole(v), null); c.item(tf, 'refund', v, 'return-unbooked', null, whole(v));
  },
  'return-unbooked, clawback': (c) => {
    const v = c.fresh(); c.add('treasury', '返纳', '2022-06-09', order(v, 500n)); c.add('finance', '返纳入账', '2022-06-09', order(v, 500n));
    c.item(tt, 'clawback', v, 'return-unbooked', null, minus(500n));
  },
  'voided-after-payment': (c) => { const v = c.voucher(); c.pay(v); c.charge(v); c.add('tax', '作废', c.either('2022-06-11', cutoff), v); c.item(tt, 'refund', v, 'voided-after-payment', null, whole(v)); },
  'treasury-only, voided the same day': (c) => { const v = c.voucher(); c.pay(v); c.charge(v); c.add('tax', '作废', '2022-06-10', v); c.item(tt, 'refund', v, 'treasury-only', null, whole(v)); },
  'treasury-only': (c) => { const v = c.fresh(); c.pay(v); c.charge(v); c.item(tt, 'refund', v, 'treasury-only', null, whole(v)); },
  'treasury-only, issued later': (c) => {
    const v = c.fresh(); c.issue(v, '2022-06-11', null); c.pay(v); c.charge(v);
    c.item(tt, 'refund', v, 'unsent-overdue', whole(v), null); c.item(tt, 'refund', v, 'treasury-only', null, whole(v));
  },
  'charged-later': (c) => {
    const v = c.voucher(); const [state, day] = c.either(['charge-pending', workedBack(5)] as const, ['charge-missing', workedBack(6)] as const);
    c.pay(v, day); c.charge(v, c.either('2022-07-01', through)); c.item(tf, 'refund', v, ['charged-later', state], whole(v), null);
  },
  'charged-later, clawback': (c) => {
    const v = c.fresh(); c.add('tax', '追缴', '2022-06-07', order(v, 500n)); c.add('treasury', '返纳', workedBack(5), order(v, 500n)); c.add('finance', '返纳入账', '2022-07-01', order(v, 500n));
    c.item(tf, 'clawback', v, ['charged-later', 'charge-pending'], minus(500n), null);
  },
  'charge-pending': (c) => { const v = c.voucher(); c.pay(v, workedBack(5)); c.item(tf, 'refund', v, 'charge-pending', whole(v), null); },
  'charge-missing': (c) => { const v = c.voucher(); c.pay(v, workedBack(6)); c.item(tf, 'refund', v, 'charge-missing', whole(v), null); },
  'charge-missing, clawback': (c) => {
    const v = c.fresh(); c.add('tax', '追缴', '2022-06-07', order(v, 500n)); c.add('treasury', '返纳', workedBack(6), order(v, 500n)); c.add('finance', '返纳入账', '2022-07-01', order(v, 499n));
    c.item(tf, 'clawback', v, 'charge-missing', minus(500n), null);
  },
  'finance-only': (c) => { const v = c.fresh(); c.charge(v); c.item(tf, 'refund', v, 'finance-only', null, whole(v)); },
  'finance-only, charged before payment': (c) => {
    const v = c.voucher(); c.charge(v, '2022-06-09'); c.pay(v);
    c.item(tf, 'refund', v, 'charge-missing', whole(v), null); c.item(tf, 'refund', v, 'finance-only', null, whole(v));
  },
  'finance-only, clawback': (c) => { const v = c.fresh(); c.add('finance', '返纳入账', '2022-06-09', order(v, 500n)); c.item(tf, 'clawback', v, 'finance-only', null, minus(500n)); },
  'transfer-on-the-way': (c) => { const v = c.fresh(); c.add('finance', '拨付', workedBack(3), transfer(v, 500n)); c.item(ft, 'transfer', v, 'transfer-on-the-way', '5.00', null); },
  'transfer-on-the-way, arrives later': (c) => {
    const v = c.fresh(); c.add('finance', '拨付', '2022-06-01', transfer(v, 500n)); c.add('treasury', '到账', '2022-06-02', transfer(v, 200n)); c.add('treasury', '到账', '2022-07-01', transfer(v, 300n));
    c.item(ft, 'transfer', v, 'transfer-on-the-way', '3.00', null);
  },
  'transfer-overdue': (c) => { const v = c.fresh(); c.add('finance', '拨付', workedBack(4), transfer(v, 500n)); c.item(ft, 'transfer', v, 'transfer-overdue', '5.00', null); },
  'nothing, a charge that stood through a bank return and a second payment': (c) => {
    const v = c.voucher(); c.pay(v); c.charge(v); c.add('treasury', '退汇', '2022-06-15', v); c.pay(v, '2022-06-17');
  },
  'nothing, paid in January of last December’s voucher': (c) => { const v = c.fresh(); c.issue(v, '2021-12-30', null); c.pay(v, '2022-01-04'); c.charge(v, '2022-01-05'); },
  'arrival-only': (c) => { const v = c.fresh(); c.add('treasury', '到账', '2022-06-20', transfer(v, 500n)); c.item(ft, 'transfer', v, 'arrival-only', null, '5.00'); },
  'arrival-only, order cancelled': (c) => {
    const v = c.fresh(); c.add('finance', '拨付', '2022-06-17', transfer(v, 500n)); c.add('finance', '拨付撤销', '2022-06-17', transfer(v, 500n)); c.add('treasury', '到账', '2022-06-20', transfer(v, 500n));
    c.item(ft, 'transfer', v, 'arrival-only', null, '5.00');
  },
};

/** A list in another order, by chance. */
export function shuffled<T>(list: readonly T[], chance: Chance): T[] {
  const copy = [...list];
  for (let n = copy.length - 1; n > 0; n -= 1) {
    const at = chance.below(n + 1);
    const [a, b] = [copy[n], copy[at]];
    if (a !== undefined && b !== undefined) [copy[n], copy[at]] = [b, a];
  }
  return copy;
}

/** One plant alone, by its name in the table. */
export function plantedAlone(name: string, seed: number): County {
  const c = new Case(chanceOf(seed), { n: 0 });
  const plant = plants[name];
  if (plant === undefined) throw new Error(`no plant ${name}`);
  plant(c);
  return countyOf(c, [name]);
}

/** A county of clean vouchers, clawbacks and transfers with differences planted in it; the items that the page gives it are `expected`. */
export function plantedCounty(seed: number): County {
  const chance = chanceOf(seed);
  const c = new Case(chance, { n: 0 });
  const planted: string[] = [];
  const names = Object.keys(plants);
  for (let n = 0; n < 4 + chance.below(20); n += 1) {
    const v = c.voucher();
    c.pay(v, c.either('2022-06-08', '2022-06-20', cutoff)); c.charge(v, cutoff);
  }
  for (let n = 0; n < 1 + chance.below(12); n += 1) {
    const name = n === 0 ? names[Math.abs(seed) % names.length] ?? '' : names[chance.below(names.length)] ?? '';
    plants[name]?.(c);
    planted.push(name);
  }
  return countyOf(c, planted);
}

function countyOf(c: Case, planted: readonly string[]): County {
  const rows = shuffled(c.rows, c.chance);
  const of = (side: Side): Row[] => rows.filter(([one]) => one === side).map(([, row]) => row);
  return { lists: { tax: of('tax'), treasury: of('treasury'), finance: of('finance') }, expected: c.expected, planted };
}
