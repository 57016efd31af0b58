/** Entry kind of 资格测算: one filing period judged as a whole; a later one replaces what stands for that period. */
import { z } from 'zod';
import { packIds, verdicts } from '../../shared/eligibility/model.ts';
import { determinationRecord, type DeterminationRecord } from '../../shared/eligibility/record.ts';
import { fenNotNegative, periodSchema } from '../../shared/kernel/schema.ts';
import { blobRefSchema, defineEntry, type EntryKind } from '../journal/index.ts';

/** One line of the blob: the record and the taxpayer's classification industry, which the lists group by. */
export const assessedLine = z.strictObject({ industry: z.string().nullable(), record: determinationRecord });

export const periodAssessed = defineEntry({
  kind: 'eligibility.assessed',
  stream: 'business',
  version: 1,
  title: '资格测算',
  facts: z.strictObject({
    period: periodSchema,
    /** Hash of the roster's normalised rows. */
    rosterHash: z.string(),
    packs: z.array(z.strictObject({ pack: z.enum(packIds), hash: z.string() })),
    counts: z.record(z.enum(verdicts), z.number().int()),
    refundableTotal: fenNotNegative,
    lines: blobRefSchema,
  }),
  fold({ db, placedLines }, { seq, facts }) {
    const { period } = facts;
    db.prepare('DELETE FROM determination WHERE period = @period').run({ period });
    db.prepare(
      `INSERT INTO assessment (period, entry_seq, roster_hash, packs, lines_hash, rows) VALUES (@period, @seq, @rosterHash, @packs, @linesHash, @rows)
       ON CONFLICT (period) DO UPDATE SET entry_seq = @seq, roster_hash = @rosterHash, packs = @packs, lines_hash = @linesHash, rows = @rows`,
    ).run({ period, seq, rosterHash: facts.rosterHash, packs: JSON.stringify(facts.packs), linesHash: facts.lines.hash, rows: facts.lines.lines });
    const insert = db.prepare(
      `INSERT INTO determination (period, uscc, name, industry, verdict, route, size, existing_fen, incremental_fen, total_fen, existing_open, incremental_open, chunk, place)
       VALUES (@period, @uscc, @name, @industry, @verdict, @route, @size, @existing, @incremental, @total, @existingOpen, @incrementalOpen, @chunk, @place)`,
    );
    for (const { chunk, place, value } of placedLines(facts.lines)) {
      const { industry, record } = assessedLine.parse(value);
      const open = openKinds(record);
      insert.run({
        period, uscc: record.uscc, name: record.name, industry, verdict: record.verdict, route: record.route, size: record.size,
        existing: record.refundableExisting, incremental: record.refundableIncremental, total: record.refundableTotal,
        existingOpen: open.existing ? 1n : 0n,
        incrementalOpen: open.incremental ? 1n : 0n,
        chunk, place,
      });
    }
  },
});

type OpeningFacts = Pick<DeterminationRecord, 'period' | 'verdict' | 'refundableExisting' | 'refundableIncremental' | 'refundableTotal' | 'existingOpenFrom' | 'incrementalOpenFrom'>;

/**
 * Which kinds of credit count in the filing period: no opening month is named, or it has come. Where the month stays open because the size
 * is (null although closed for every size), the total of a refundable record says that the existing credit does not count.
 */
export function openKinds(record: OpeningFacts): { readonly existing: boolean; readonly incremental: boolean } {
  const has = (from: string | null): boolean => from === null || from <= record.period;
  const incremental = has(record.incrementalOpenFrom);
  const existing = has(record.existingOpenFrom);
  if (record.verdict !== 'refundable' || !existing) return { existing, incremental };
  const counted = (record.refundableExisting ?? 0n) + (incremental ? (record.refundableIncremental ?? 0n) : 0n);
  return { existing: counted === record.refundableTotal, incremental };
}

export const eligibilityEntries: readonly EntryKind[] = [periodAssessed];
