/**
 * The form of an entry about refunds: one act on N refunds is one entry with N lines in a blob, folded line by line through the
 * lifecycle table. What each act writes stands in the *-entries.ts files.
 */
import { z } from 'zod';
import { assert, present } from '../../shared/kernel/assert.ts';
import type { CivilDate } from '../../shared/kernel/civil-date.ts';
import { civilDateSchema, requiredText } from '../../shared/kernel/schema.ts';
import { transitionOf, type RefundAct } from '../../shared/refunds/lifecycle.ts';
import { refundKeySchema } from '../../shared/refunds/model.ts';
import { blobRefSchema, canonicalText, type Context, defineEntry, type EntryKind, type FoldEntry } from '../journal/index.ts';
import type { Database } from '../platform/database.ts';
import type { RefundRecord } from './refund-record.ts';
import { moveRefund, readRefund, type Change } from './refunds.sql.ts';

/** Facts that every act on refunds has. */
export const actFactsSchema = z.strictObject({
  /** Business date of the act in Shanghai. */
  on: civilDateSchema,
  reason: requiredText(500).nullable(),
  count: z.number().int().min(1),
  lines: blobRefSchema,
});
export type ActFacts = z.output<typeof actFactsSchema>;

/** What a line's writer sees. */
export type LineScene<L> = {
  readonly db: Database;
  readonly entry: FoldEntry<ActFacts>;
  readonly before: RefundRecord;
  readonly line: L;
};

export type ActEntry<L> = {
  readonly act: RefundAct;
  readonly kind: EntryKind<typeof actFactsSchema>;
  readonly line: z.ZodType<L>;
};

/** The key of a line that says nothing but which refund. */
export const plainLine = z.strictObject({ refund: refundKeySchema });

/**
 * Defines the entry kind of one act. @param write the act's own columns and history line; it may write other tables too
 */
export function actEntry<L extends { readonly refund: string }>(terms: {
  readonly act: RefundAct;
  readonly line: z.ZodType<L>;
  readonly write: (scene: LineScene<L>) => Change;
}): ActEntry<L> {
  const { act, line: lineSchema } = terms;
  const kind = defineEntry({
    kind: `refunds.${act}`,
    stream: 'business',
    version: 1,
    title: transitionOf(act).title,
    facts: actFactsSchema,
    fold({ db, lines }, entry) {
      let count = 0;
      for (const value of lines(entry.facts.lines)) {
        const line = z.decode(lineSchema, value);
        const before = requireRefund(db, line.refund);
        moveRefund(db, entry, act, before, entry.facts.reason, terms.write({ db, entry, before, line }));
        count += 1;
      }
      assert(count === entry.facts.count, `${kind.kind} has as many lines as it says`);
    },
  });
  return { act, kind, line: lineSchema };
}

/**
 * Appends one act on one or many refunds and folds it.
 * @param first the first refund of the lines as it stands: its key and number of acts make the entry's business key
 * @returns the sequence number of the entry
 */
export function appendAct<L extends { readonly refund: string }>(
  ctx: Context,
  entry: ActEntry<L>,
  act: { readonly on: CivilDate; readonly reason: string | null; readonly first: RefundRecord; readonly lines: readonly L[] },
): number {
  const { first, lines } = act;
  return ctx.journal.append(entry.kind, {
    key: `refunds.${entry.act}/${first.refund}/${String(first.events + 1)}`,
    subject: lines.length === 1 ? first.refund : `${first.refund}+${String(lines.length - 1)}`,
    period: first.period,
    facts: { on: act.on, reason: act.reason, count: lines.length, lines: putActLines(ctx, entry.line, lines) },
  });
}

/** Stores lines as canonical JSON, encoded by their schema. */
export function putActLines<L>(ctx: Context, schema: z.ZodType<L>, lines: readonly L[]): ActFacts['lines'] {
  return ctx.journal.putLines(lines.map((line) => canonicalText(z.encode(schema, line))));
}

export function requireRefund(db: Database, refund: string): RefundRecord {
  return present(readRefund(db, refund), `refund ${refund}`);
}
