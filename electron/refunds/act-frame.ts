/**
 * The frame of every act on refunds: find the refunds chosen, judge state and separation of duties and the act's own conditions for
 * each, refuse them all together or append one entry. Single and bulk acts are the same thing here.
 */
import { errorMessage } from '../../shared/error-table.ts';
import { refusal, refuse } from '../../shared/errors.ts';
import { present } from '../../shared/kernel/assert.ts';
import type { CivilDate } from '../../shared/kernel/civil-date.ts';
import { Refusal } from '../../shared/kernel/errors.ts';
import { sumFen, type Fen } from '../../shared/kernel/money.ts';
import { transitionOf, type RefundAct } from '../../shared/refunds/lifecycle.ts';
import type { Acted, Selection } from '../../shared/refunds/contract.ts';
import type { Context } from '../journal/index.ts';
import { appendAct, requireRefund, type ActEntry } from './act-entry.ts';
import { judgeSeparation, judgeState, lineTotal, type RefundRecord } from './refund-record.ts';
import { findRefund, readRefund, refundsInStates, rolesHeld } from './refunds.sql.ts';

/** What a refusal list holds for each refund that cannot be acted on. */
export type RefusedItem = { readonly refund: string; readonly name: string; readonly code: string; readonly message: string };

/** The refunds of a selection in order, each once, and a refusal for each reference that is none. */
export function chosenRefunds(ctx: Context, act: RefundAct, selection: Selection): { readonly records: readonly RefundRecord[]; readonly unknown: readonly RefusedItem[] } {
  if (selection.all !== undefined) {
    const states = selection.all.state === undefined ? transitionOf(act).from : [selection.all.state];
    const keys = refundsInStates(ctx.db, states, selection.all.period ?? null);
    return { records: keys.map((key) => present(readRefund(ctx.db, key), key)), unknown: [] };
  }
  const records = new Map<string, RefundRecord>();
  const unknown: RefusedItem[] = [];
  for (const ref of selection.refunds ?? []) {
    const record = findRefund(ctx.db, ref);
    if (record === null) unknown.push({ refund: ref, name: '', ...refusedAs(refusal('REFUND_UNKNOWN', { refund: ref })) });
    else records.set(record.refund, record);
  }
  return { records: [...records.values()], unknown };
}

/** State, then separation of duties: what stands before any condition of the act itself. */
export function judgeCommon(ctx: Context, act: RefundAct, record: RefundRecord): Refusal | null {
  return judgeState(act, record) ?? judgeSeparation(act, record, ctx.actor.name, rolesHeld(ctx.db, record.refund, ctx.actor.username));
}

/**
 * The lines of an act, decided refund by refund.
 * @param decide the act's own conditions; answers the line or the refusal
 * @throws Refusal of the one refund chosen, or BULK_REFUSED with every refusal in its details
 */
export function decideLines<L>(
  ctx: Context,
  act: RefundAct,
  selection: Selection,
  decide: (record: RefundRecord, index: number) => L | Refusal,
): { readonly records: readonly RefundRecord[]; readonly lines: readonly L[] } {
  const { records, unknown } = chosenRefunds(ctx, act, selection);
  const refusals: { readonly item: RefusedItem; readonly refusal: Refusal }[] = unknown.map((item) => ({ item, refusal: refusal('REFUND_UNKNOWN', { refund: item.refund }) }));
  const lines: L[] = [];
  for (const [index, record] of records.entries()) {
    const decided = judgeCommon(ctx, act, record) ?? decide(record, index);
    if (decided instanceof Refusal) refusals.push({ item: { refund: record.refund, name: record.name, ...refusedAs(decided) }, refusal: decided });
    else lines.push(decided);
  }
  const first = refusals[0];
  if (first === undefined) return { records, lines };
  const total = records.length + unknown.length;
  if (total === 1) throw first.refusal;
  return refuse('BULK_REFUSED', { total, count: refusals.length, act: transitionOf(act).title }, { refused: refusals.map((row) => row.item) });
}

/** Decides, appends one entry, and answers with the refunds as they stand afterwards. */
export function runAct<L extends { readonly refund: string }>(
  ctx: Context,
  entry: ActEntry<L>,
  input: Selection & { readonly on: CivilDate; readonly reason: string | null },
  decide: (record: RefundRecord, index: number) => L | Refusal,
  warnings: ReadonlySet<string> = new Set(),
): Acted {
  const { records, lines } = decideLines(ctx, entry.act, input, decide);
  const first = records[0];
  if (first === undefined) return nothingDone;
  const seq = appendAct(ctx, entry, { on: input.on, reason: input.reason, first, lines });
  return actedOn(ctx, seq, records, warnings);
}

/** The answer of an act: the refunds as they stand after it. */
export function actedOn(ctx: Context, seq: number, records: readonly RefundRecord[], warnings: ReadonlySet<string>): Acted {
  const after = records.map((record) => requireRefund(ctx.db, record.refund));
  return {
    changed: true,
    entry: seq,
    count: after.length,
    total: sumFen(after.map(amountInHand)),
    refunds: after.map(({ refund, uscc, name, state, applicationNo, voucherNo, batchNo, dueOn }) => ({ refund, uscc, name, state, applicationNo, voucherNo, batchNo, dueOn })),
    warnings: [...warnings],
  };
}

/** The answer when a selection of all found none: nothing changed. */
export const nothingDone: Acted = { changed: false, entry: null, count: 0, total: 0n, refunds: [], warnings: [] };

/** The amount a refund stands for now: approved, else asked, else refundable. */
export function amountInHand(record: RefundRecord): Fen {
  if (lineTotal(record.approved) > 0n) return lineTotal(record.approved);
  return record.applicationNo === null ? lineTotal(record.determined) : lineTotal(record.asked);
}

/** Refuses a date after today. */
export function requireNotFuture(ctx: Context, on: CivilDate): CivilDate {
  if (on > ctx.today) refuse('DATE_IN_FUTURE', { date: on });
  return on;
}

function refusedAs(refused: Refusal): { readonly code: string; readonly message: string } {
  return { code: refused.code, message: errorMessage(refused.code, refused.params) };
}
