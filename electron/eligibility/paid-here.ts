/**
 * What this ledger has paid 本账本已退付 as a fact of a later judgement: an existing credit refunded here counts as obtained on its day of payment, and an
 * earlier refund is a finding that lacks evidence while the credit has not fallen. Only over an office: `evaluate` on a file knows no ledger.
 * @source shared spec readings.md (What this ledger has paid), decisions 32; policy-facts 3.7, 3.13
 */
import type { FindingFacts } from '../../shared/eligibility/model.ts';
import type { CivilDate } from '../../shared/kernel/civil-date.ts';
import { yuanText, type Fen } from '../../shared/kernel/money.ts';
import { firstDay, type TaxPeriod } from '../../shared/kernel/tax-period.ts';
import type { RosterRow } from '../../shared/roster/model.ts';
import type { Database } from '../platform/database.ts';
import { groupedFact, monthFact, type Fact } from './facts.ts';
import type { Rule, RuleFacts } from './pack.ts';

/** One refund that this ledger has paid and that stands: less what the bank returned or was clawed back. Fen. */
export type PaidRefund = {
  readonly uscc: string;
  /** The filing period that it was applied for in. */
  readonly period: TaxPeriod;
  readonly voucherNo: string;
  readonly paidOn: CivilDate;
  readonly existing: Fen;
  readonly incremental: Fen;
  /** Someone has seen in a return that the credit was reduced by it 已核实冲减. */
  readonly reduced: boolean;
};

/** Every standing payment of the ledger; from the capability that pays. */
export type PaidRefunds = (db: Database) => Iterable<PaidRefund>;

/** What a judgement of one taxpayer knows of the ledger. */
export type PaidBefore = {
  /** The existing credit, if the ledger has refunded it before the filing month. */
  readonly existing: PaidRefund | null;
  /** The newest refund of an earlier filing period, with the ending credit 期末留抵税额 it was determined on; null when that is not known. */
  readonly newest: PaidRefund | null;
  readonly endingThen: Fen | null;
};

/** Payments as they bear on one filing period, by taxpayer code. @param paid all of the ledger */
export function paidBefore(db: Database, filing: TaxPeriod, paid: Iterable<PaidRefund>): ReadonlyMap<string, PaidBefore> {
  const found = new Map<string, PaidBefore>();
  const first = firstDay(filing);
  for (const one of paid) {
    const known = found.get(one.uscc) ?? { existing: null, newest: null, endingThen: null };
    const existing = one.existing > 0n && one.paidOn < first && (known.existing === null || one.paidOn < known.existing.paidOn) ? one : known.existing;
    const newest = one.period < filing && (known.newest === null || one.period > known.newest.period) ? one : known.newest;
    if (existing !== null || newest !== null) found.set(one.uscc, { existing, newest, endingThen: null });
  }
  const ending = db.prepare('SELECT ending_fen FROM determination WHERE period = @period AND uscc = @uscc');
  for (const [uscc, before] of found) {
    if (before.newest === null) continue;
    const then = ending.get({ period: before.newest.period, uscc })?.['ending_fen'];
    found.set(uscc, { ...before, endingThen: typeof then === 'bigint' ? then : null });
  }
  return found;
}

/** The row with the day of the existing refund where the ledger knows an earlier one than the roster. */
export function rowAsPaid(row: RosterRow, before: PaidBefore | null): RosterRow {
  const paidOn = before?.existing?.paidOn ?? null;
  if (paidOn === null || (row.existingRefundedOn !== null && row.existingRefundedOn <= paidOn)) return row;
  return { ...row, existingRefundedOn: paidOn };
}

/** A paid refund must have left the credit: equal to the credit it was determined on, or above it, is a credit that may be refunded twice. */
export function creditHasNotFallen(ending: Fen | null, { newest, endingThen }: Pick<PaidBefore, 'newest' | 'endingThen'>): boolean {
  if (newest === null || newest.reduced || ending === null) return false;
  return endingThen === null || ending >= endingThen;
}

/** Stands behind the rules of whatever pack judges. */
export const paidHereRule: Rule = {
  id: 'paid-here',
  title: '本账本已退付',
  cites: ['reading/paid-here'],
  bears: 'measure',
  outcomes: ['met', 'needsEvidence'],
  decide: ({ paid, ending }) => (paid !== null && creditHasNotFallen(ending, paid) ? 'needsEvidence' : 'met'),
  states: ({ paid, ending }: RuleFacts) => ({
    ...named('existing', paid?.existing ?? null, ({ existing }) => existing),
    ...named('newest', paid?.newest ?? null, ({ existing, incremental }) => existing + incremental),
    ...comparedFacts(paid, ending),
  }),
  says({ outcome, facts }) {
    const { existingVoucher, existingPaidOn, existingAmount, newestVoucher, newestPaidOn, newestAmount, newestPeriod, endingThen, ending, reduced } = facts;
    const once = existingVoucher === undefined ? '' : `存量${groupedFact(existingAmount)}元已于${String(existingPaidOn)}凭退还书${String(existingVoucher)}退付，按已取得一次性存量退税计算`;
    if (newestVoucher === undefined) return once;
    const paid = `${monthFact(newestPeriod ?? null)}申报期的退税${groupedFact(newestAmount)}元已于${String(newestPaidOn)}凭退还书${String(newestVoucher)}退付`;
    return [...(once === '' ? [] : [once]), paid, leftText(outcome, { endingThen, ending, reduced })].join('；');
  },
};

function comparedFacts(paid: PaidBefore | null, ending: Fen | null): FindingFacts {
  if (paid === null || paid.newest === null) return {};
  const { newest, endingThen } = paid;
  return {
    newestPeriod: newest.period, reduced: newest.reduced, endingThen: endingThen === null ? null : yuanText(endingThen), ending: ending === null ? null : yuanText(ending),
  };
}

function leftText(outcome: string, { endingThen, ending, reduced }: Readonly<Record<'endingThen' | 'ending' | 'reduced', Fact>>): string {
  if (reduced === true) return '留抵税额已核实冲减';
  if (outcome !== 'needsEvidence') return ending === null || ending === undefined ? '期末留抵税额待定' : `期末留抵税额已由${groupedFact(endingThen ?? null)}元降为${groupedFact(ending)}元`;
  const compared = endingThen === null || endingThen === undefined ? '退付时的期末留抵税额不明，无法比较' : `期末留抵税额${groupedFact(ending ?? null)}元没有低于退付时的${groupedFact(endingThen)}元`;
  return `${compared}，同一留抵可能重复退还；请按冲减后的申报表更新名册，或由复核人核实已冲减`;
}

function named(what: 'existing' | 'newest', of: PaidRefund | null, amount: (refund: PaidRefund) => Fen): FindingFacts {
  return of === null ? {} : { [`${what}Voucher`]: of.voucherNo, [`${what}PaidOn`]: of.paidOn, [`${what}Amount`]: yuanText(amount(of)) };
}
