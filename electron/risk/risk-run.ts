/**
 * A run 排查 against the cases that stand: which hits are opened, refreshed, listed again or superseded. One entry with a line each; the same run twice adds
 * nothing. It judges nobody: what a person has decided stands unless the figures it was about have changed.
 */
import { z } from 'zod';
import { assert } from '../../shared/kernel/assert.ts';
import { civilDateSchema, fenNotNegative, periodSchema } from '../../shared/kernel/schema.ts';
import { fits } from '../../shared/kernel/case.ts';
import { riskCases } from '../../shared/risk/cases.ts';
import { indicatorIds } from '../../shared/risk/indicators.ts';
import { hitKeySchema } from '../../shared/risk/model.ts';
import { riskSettingsSchema } from '../../shared/risk/settings.ts';
import { blobRefSchema, canonicalText, defineEntry, moveCase, openCase } from '../journal/index.ts';
import { riskBook } from './risk-book.ts';
import type { JudgedFirm } from './risk-lines.ts';
import { riskHits, riskRuns, type RiskHit } from './risk.tables.ts';

const factsSchema = z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string())]));
const hash = z.string().regex(/^[0-9a-f]{64}$/);
/** What is written of a hit that is found: the same form in every line that carries one. */
const found = {
  hit: hitKeySchema, uscc: z.string(), name: z.string(), indicator: z.enum(indicatorIds), facts: factsSchema, threshold: z.record(z.string(), z.union([z.string(), z.number()])),
  stake: fenNotNegative.nullable(),
};
export const runLine = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['open', 'refresh', 'recur']), ...found }),
  z.strictObject({ kind: z.literal('supersede'), hit: hitKeySchema }),
]);
export type RunLine = z.output<typeof runLine>;
export type FoundLine = Extract<RunLine, { kind: 'open' | 'refresh' | 'recur' }>;
const tally = z.strictObject({ hit: z.number().int(), needsEvidence: z.number().int(), clear: z.number().int() });

export const riskRun = defineEntry({
  kind: 'risk.run',
  stream: 'business',
  version: 1,
  title: '排查风险疑点',
  facts: z.strictObject({
    period: periodSchema, number: z.number().int().min(1), on: civilDateSchema, rosterHash: hash, previousHash: hash.nullable(), settings: riskSettingsSchema,
    firms: z.number().int(), counts: z.record(z.string(), tally), count: z.number().int().min(0), lines: blobRefSchema,
  }),
  fold({ db, lines }, entry) {
    const { period, number, on, rosterHash, previousHash, settings, firms, counts } = entry.facts;
    riskRuns.insert(db, {
      period, number, entry: entry.seq, onDate: on, maker: entry.maker, rosterHash, previousHash, settings: canonicalText(settings), counts: canonicalText(counts), firms,
    });
    let folded = 0;
    for (const value of lines(entry.facts.lines)) {
      const line = z.decode(runLine, value as z.input<typeof runLine>); // decode checks it
      folded += 1;
      if (line.kind === 'open') {
        const { hit, uscc, name, indicator, facts, threshold, stake } = line;
        riskHits.insert(db, {
          hit, period, uscc, name, indicator, state: 'open', facts: canonicalText(facts), threshold: canonicalText(threshold), stakeFen: stake, run: number,
          foundOn: on, events: 1,
        });
        openCase(db, riskBook, entry, 'open', hit, { run: number });
        continue;
      }
      const before = riskHits.find(db, { hit: line.hit });
      assert(before !== null, `hit ${line.hit}`);
      const set = line.kind === 'supersede' ? {} : {
        name: line.name, facts: canonicalText(line.facts), threshold: canonicalText(line.threshold), stake_fen: line.stake, run: BigInt(number),
      };
      moveCase(db, riskBook, entry, line.kind, before, null, { set, facts: { run: number } });
    }
    assert(folded === entry.facts.count, 'a run has as many lines as it says');
  },
});

/** Every hit of judged firms, as a line would carry it. */
export function foundOf(period: string, { row, refundAtStake, hits }: JudgedFirm): readonly FoundLine[] {
  return hits.map(({ indicator, facts, threshold }) => ({
    kind: 'open', hit: `${period}/${row.uscc}/${indicator}`, uscc: row.uscc, name: row.name, indicator,
    facts: factsSchema.parse(facts), threshold, stake: refundAtStake,
  }));
}

export type RunPlan = { readonly lines: readonly RunLine[]; readonly kept: number };

/** @param standing the cases of the filing period */
export function planRun(found: readonly FoundLine[], standing: ReadonlyMap<string, RiskHit>): RunPlan {
  const lines: RunLine[] = [];
  let kept = 0;
  const seen = new Set<string>();
  for (const line of found) {
    seen.add(line.hit);
    const before = standing.get(line.hit);
    if (before === undefined) lines.push(line);
    else if (before.state !== 'superseded' && saysTheSame(before, line)) kept += 1;
    else lines.push({ ...line, kind: fits(riskCases, 'refresh', before.state) ? 'refresh' : 'recur' });
  }
  for (const before of standing.values()) {
    if (seen.has(before.hit)) continue;
    if (fits(riskCases, 'supersede', before.state)) lines.push({ kind: 'supersede', hit: before.hit });
    else kept += 1;
  }
  return { lines, kept };
}

function saysTheSame(before: RiskHit, { name, facts, threshold, stake }: FoundLine): boolean {
  return before.name === name && before.facts === canonicalText(facts) && before.threshold === canonicalText(threshold) && before.stakeFen === stake;
}
