/** Entry kind of 资格测算: one filing period judged as a whole; a later one replaces what stands for that period. */
import { z } from 'zod';
import { packIds, verdicts } from '../../shared/eligibility/model.ts';
import type { DeterminationRecord } from '../../shared/eligibility/record.ts';
import { fenTotal, periodSchema } from '../../shared/kernel/schema.ts';
import { blobRefSchema, defineEntry, type EntryKind, type JsonValue } from '../journal/index.ts';
import { assessedLine } from './assessed-lines.ts';

export const periodAssessed = defineEntry({
  kind: 'eligibility.assess', formerly: ['eligibility.assessed'],
  stream: 'business',
  version: 4,
  title: '资格测算',
  facts: z.strictObject({
    period: periodSchema,
    /** Hash of the roster's normalised rows. */
    rosterHash: z.string(),
    /** The pack in force and those it leaves taxpayers to, each with the hash of its parameters. */
    packs: z.array(z.strictObject({ pack: z.enum(packIds), hash: z.string() })),
    /** Files of the policy as they stood, by path: sentences are made under them. null = lines of the first version, which hold their sentences. */
    policy: z.record(z.string(), blobRefSchema).nullable(),
    counts: z.record(z.enum(verdicts), z.number().int()),
    refundableTotal: fenTotal,
    /** Figures, a line a taxpayer. */
    lines: blobRefSchema,
    /** Findings and warnings of the same taxpayers, chunk for chunk and line for line. null = they stand in `lines`. */
    findings: blobRefSchema.nullable(),
  }),
  upcast: { 1: (facts) => withNone(facts, 'policy'), 2: (facts) => withNone(facts, 'findings'), 3: (facts) => facts }, // a total of more digits
  fold({ db, placedLines }, { seq, facts }) {
    const { period, packs } = facts;
    db.prepare('DELETE FROM determination WHERE period = @period').run({ period });
    db.prepare('INSERT INTO assessment (period, entry_seq, rows) VALUES (@period, @seq, @rows) ON CONFLICT (period) DO UPDATE SET entry_seq = @seq, rows = @rows')
      .run({ period, seq, rows: facts.lines.lines });
    const insert = db.prepare(
      `INSERT INTO determination (period, uscc, name, industry, verdict, route, size, existing_fen, incremental_fen, total_fen, existing_open, incremental_open, ending_fen, chunk, place)
       VALUES (@period, @uscc, @name, @industry, @verdict, @route, @size, @existing, @incremental, @total, @existingOpen, @incrementalOpen, @ending, @chunk, @place)`,
    );
    for (const { chunk, place, value } of placedLines(facts.lines)) {
      const { industry, record } = assessedLine(value, { period, packs });
      const open = openKinds(record);
      insert.run({
        period, uscc: record.uscc, name: record.name, industry, verdict: record.verdict, route: record.route, size: record.size,
        existing: record.refundableExisting, incremental: record.refundableIncremental, total: record.refundableTotal,
        existingOpen: open.existing ? 1n : 0n,
        incrementalOpen: open.incremental ? 1n : 0n,
        ending: record.endingCredit,
        chunk, place,
      });
    }
  },
});

/** Facts of every version are an object. */
function withNone(facts: JsonValue, name: string): JsonValue {
  return { ...(facts as Readonly<Record<string, JsonValue>>), [name]: null };
}

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
