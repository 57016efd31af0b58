/**
 * The candidate list 应退名单 against the newest determinations: who comes in, whose amounts change, who leaves. Decides only; a refund
 * that was decided already is never changed here but named, so that a person looks at it.
 * @source 国家税务总局公告2019年第20号第九条 (the latest return counts; policy-facts 3.11)
 */
import type { Refusal } from '../../shared/kernel/errors.ts';
import type { Fen } from '../../shared/kernel/money.ts';
import type { TaxPeriod } from '../../shared/kernel/tax-period.ts';
import { refundCases, type RefundState } from '../../shared/refunds/cases.ts';
import { lineKinds, type LineKind, type RefundRoute, type RefundSize } from '../../shared/refunds/model.ts';
import type { CandidateLine } from './candidates.service.ts';
import { heldBy } from './other-refunds.ts';
import { lineTotal, type RefundRecord } from './refund-record.ts';

/** A determination with verdict `refundable`, as the door of eligibility gives it. Amounts whose window is open; others are 0. */
export type RefundableDetermination = {
  readonly uscc: string;
  readonly name: string;
  readonly period: TaxPeriod;
  readonly route: RefundRoute;
  readonly size: RefundSize;
  readonly existingFen: Fen;
  readonly incrementalFen: Fen;
  readonly determinationKey: string;
  readonly bank: string | null;
  readonly bankAccount: string | null;
  readonly accountName: string | null;
};

/** A kind of credit of a determination that another refund of the taxpayer holds. */
export type HeldKind = { readonly refund: string; readonly name: string; readonly kind: LineKind; readonly by: Refusal };

/** The determination without the kinds that another refund of the taxpayer has been paid or has under way; what was left out is named. */
export function withoutHeld(
  of: RefundableDetermination, others: readonly RefundRecord[],
): { readonly open: RefundableDetermination; readonly held: readonly HeldKind[] } {
  const refund = `${of.period}/${of.uscc}`;
  const amounts = { existing: of.existingFen, incremental: of.incrementalFen };
  const held = lineKinds.flatMap((kind): HeldKind[] => {
    const by = amounts[kind] === 0n ? null : heldBy({ refund, name: of.name, applicationNo: null }, kind, others);
    return by === null ? [] : [{ refund, name: of.name, kind, by }];
  });
  const left = (kind: LineKind): Fen => (held.some((one) => one.kind === kind) ? 0n : amounts[kind]);
  return { open: { ...of, existingFen: left('existing'), incrementalFen: left('incremental') }, held };
}

export type CandidatePlan = {
  readonly lines: readonly CandidateLine[];
  readonly unchanged: number;
  readonly decidedDiffer: readonly { readonly record: RefundRecord; readonly determined: Fen }[];
};

const refreshable: readonly RefundState[] = refundCases.acts.refresh.from;
const leaving: readonly RefundState[] = refundCases.acts.lapse.from;
const ended: readonly RefundState[] = refundCases.acts.reopen.from;

/** @param standing the refunds of the period, by key */
export function planCandidates(determinations: Iterable<RefundableDetermination>, standing: ReadonlyMap<string, RefundRecord>): CandidatePlan {
  const lines: CandidateLine[] = [];
  const decidedDiffer: { record: RefundRecord; determined: Fen }[] = [];
  const seen = new Set<string>();
  let unchanged = 0;
  for (const determination of determinations) {
    const refund = `${determination.period}/${determination.uscc}`;
    seen.add(refund);
    const record = standing.get(refund);
    if (record === undefined) lines.push(lineOf('open', refund, determination));
    else if (record.state === 'withdrawn' && record.lapsed) lines.push(lineOf('reopen', refund, determination));
    else if (mayRefresh(record)) {
      if (sameAs(record, determination)) unchanged += 1;
      else lines.push(lineOf('refresh', refund, determination));
    } else {
      const determined = determination.existingFen + determination.incrementalFen;
      if (ended.includes(record.state) || determined === lineTotal(record.determined)) unchanged += 1;
      else decidedDiffer.push({ record, determined });
    }
  }
  for (const record of standing.values()) {
    if (seen.has(record.refund) || ended.includes(record.state)) continue;
    if (leaving.includes(record.state)) lines.push({ kind: 'lapse', refund: record.refund });
    else if (!mayRefresh(record)) decidedDiffer.push({ record, determined: 0n });
    else if (lineTotal(record.determined) > 0n) lines.push({ kind: 'fall', refund: record.refund });
    else unchanged += 1;
  }
  return { lines, unchanged, decidedDiffer };
}

/** Not approved yet: what was approved is never changed by a new determination. */
function mayRefresh(record: RefundRecord): boolean {
  return refreshable.includes(record.state) && lineTotal(record.approved) === 0n;
}

function lineOf(kind: 'open' | 'refresh' | 'reopen', refund: string, of: RefundableDetermination): CandidateLine {
  return {
    kind,
    refund,
    uscc: of.uscc,
    name: of.name,
    route: of.route,
    size: of.size,
    determination: of.determinationKey,
    existing: of.existingFen,
    incremental: of.incrementalFen,
    bank: of.bank ?? '',
    account: of.bankAccount ?? '',
    accountName: of.accountName ?? '',
    bankCode: null,
  };
}

/** A new assessment with the same result changes nothing, so that the history holds real changes only. */
function sameAs(record: RefundRecord, of: RefundableDetermination): boolean {
  const sameAccount =
    record.applicationNo !== null ||
    (record.account.bank === (of.bank ?? '') && record.account.account === (of.bankAccount ?? '') && record.account.accountName === (of.accountName ?? ''));
  return (
    sameAccount &&
    record.name === of.name &&
    record.route === of.route &&
    record.size === of.size &&
    record.determined.existing === of.existingFen &&
    record.determined.incremental === of.incrementalFen
  );
}
