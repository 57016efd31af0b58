/**
 * The economy of one synthetic taxpayer, month by month: sales, deducted input tax by voucher, credit carried forward, less what was
 * refunded. It produces facts as a tax bureau would know them and decides no entitlement.
 * @source shared spec roster.md (what each fact means); policy-facts 3.7, 3.8, 3.13
 */
import type { CivilDate } from '../../shared/kernel/civil-date.ts';
import { maxFen, type Fen } from '../../shared/kernel/money.ts';
import type { TaxPeriod } from '../../shared/kernel/tax-period.ts';
import type { Chance } from './seeded-chance.ts';

/** Voucher kinds in the order of the roster's columns. */
export const voucherKinds = ['special', 'vehicle', 'toll', 'customs', 'withholding', 'air', 'rail', 'other'] as const;
export type VoucherKind = (typeof voucherKinds)[number];
/** Which of them a later rule calls the seven kinds. */
const qualifiedKinds: ReadonlySet<VoucherKind> = new Set(['special', 'vehicle', 'toll', 'customs', 'withholding', 'air', 'rail']);

/** What does not change about a taxpayer's business. */
export type Business = {
  /** Fen of sales in an ordinary month. */
  readonly monthlySales: Fen;
  /** VAT rate in thousandths. */
  readonly rate: number;
  /** Input tax in thousandths of output tax: above 1000 the credit grows. */
  readonly inputRate: number;
  /** Thousandths of the input tax by voucher kind; `special` takes what is left. */
  readonly mix: Readonly<Partial<Record<VoucherKind, number>>>;
  /** Credit carried into the first tax period that is simulated. */
  readonly creditAtStart: Fen;
  /** Tax periods between 2019-04 (or registration) and the first simulated one: their input tax is taken as ordinary. */
  readonly monthsBefore: number;
};

/** Refunds that reached a taxpayer in a month. */
export type PaidRefund = {
  readonly paidOn: CivilDate;
  readonly existing: Fen;
  readonly incremental: Fen;
  /** Under the six-month rules 一般留抵退税, which then start again. */
  readonly general: boolean;
};

export type Ledger = {
  readonly credit: Fen;
  /** Ending credits of the last tax periods, newest last, at most 12. */
  readonly credits: readonly Fen[];
  /** Sales of the last tax periods, newest last, at most 12. */
  readonly sales: readonly Fen[];
  /** Of the calendar year of the newest tax period, and of the year before. */
  readonly year: { readonly sales: Fen; readonly months: number; readonly qualified: Fen; readonly deducted: Fen };
  readonly lastYear: { readonly sales: Fen; readonly months: number; readonly endingCredit: Fen };
  readonly deducted: Readonly<Record<VoucherKind, Fen>>;
  readonly existingRefundedOn: CivilDate | null;
  readonly generalRefundedOn: CivilDate | null;
};

const emptyYear: Ledger['year'] = { sales: 0n, months: 0, qualified: 0n, deducted: 0n };

export function openLedger(business: Business): Ledger {
  const ordinary = (business.monthlySales * BigInt(business.rate) * BigInt(business.inputRate)) / 1_000_000n;
  return {
    credit: business.creditAtStart, credits: [], sales: [], year: emptyYear, lastYear: { sales: 0n, months: 0, endingCredit: 0n },
    deducted: split(ordinary * BigInt(business.monthsBefore), business.mix),
    existingRefundedOn: null, generalRefundedOn: null,
  };
}

/**
 * The ledger after one more tax period. A refund lowers the credit of the tax period in which it was paid.
 * @param chance of this taxpayer in this tax period
 */
export function nextLedger(before: Ledger, business: Business, period: TaxPeriod, paid: PaidRefund | undefined, chance: Chance): Ledger {
  const sales = (business.monthlySales * BigInt(chance.between(700, 1300))) / 1000n;
  const output = (sales * BigInt(business.rate)) / 1000n;
  const input = (output * BigInt(business.inputRate) * BigInt(chance.between(600, 1400))) / 1_000_000n;
  const vouchers = split(input, business.mix);
  const refunded = paid === undefined ? 0n : paid.existing + paid.incremental;
  const credit = maxFen(0n, before.credit + input - output - refunded);
  const newYear = period.endsWith('-01');
  const year = newYear ? emptyYear : before.year;
  const qualified = voucherKinds.filter((kind) => qualifiedKinds.has(kind)).reduce((sum, kind) => sum + vouchers[kind], 0n);
  return {
    credit,
    credits: [...before.credits, credit].slice(-12),
    sales: [...before.sales, sales].slice(-12),
    year: { sales: year.sales + sales, months: year.months + 1, qualified: year.qualified + qualified, deducted: year.deducted + input },
    lastYear: newYear ? { sales: before.year.sales, months: before.year.months, endingCredit: before.credit } : before.lastYear,
    deducted: sumOf(before.deducted, vouchers),
    existingRefundedOn: paid !== undefined && paid.existing > 0n ? paid.paidOn : before.existingRefundedOn,
    generalRefundedOn: paid?.general === true ? paid.paidOn : before.generalRefundedOn,
  };
}

function split(input: Fen, mix: Business['mix']): Record<VoucherKind, Fen> {
  const parts = voucherKinds.map((kind) => [kind, kind === 'special' ? 0n : (input * BigInt(mix[kind] ?? 0)) / 1000n] as const);
  const rest = input - parts.reduce((sum, [, part]) => sum + part, 0n);
  return { ...(Object.fromEntries(parts) as Record<VoucherKind, Fen>), special: rest }; // one part for each kind of the list
}

function sumOf(a: Readonly<Record<VoucherKind, Fen>>, b: Readonly<Record<VoucherKind, Fen>>): Readonly<Record<VoucherKind, Fen>> {
  return Object.fromEntries(voucherKinds.map((kind) => [kind, a[kind] + b[kind]])) as Record<VoucherKind, Fen>; // one sum for each kind of the list
}
