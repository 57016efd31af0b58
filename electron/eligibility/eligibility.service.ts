/**
 * Handlers of 退税资格: judge a whole filing period before the transaction and enter it as one act; lists, counts and the whole trace of
 * one determination. Judging itself is evaluate.ts.
 */
import { z } from 'zod';
import type { eligibilityContract } from '../../shared/eligibility/contract.ts';
import type { whatIfContract } from '../../shared/eligibility/what-if-contract.ts';
import { verdicts, type Determination, type Verdict } from '../../shared/eligibility/model.ts';
import type { DeterminationRecord } from '../../shared/eligibility/record.ts';
import { refuse } from '../../shared/errors.ts';
import { sumFen, type Fen } from '../../shared/kernel/money.ts';
import type { TaxPeriod } from '../../shared/kernel/tax-period.ts';
import { canonicalText, type Context, type HandlersOf, plain, prepared } from '../journal/index.ts';
import type { ResourceReader } from '../platform/resources.ts';
import { nextTurn } from '../platform/turns.ts';
import { rosterRows, standingImport } from '../roster/index.ts';
import {
  listAssessments, listDeterminations, readAssessment, readDetermination, surveyBy, totalDeterminations,
} from './determinations.sql.ts';
import { assessedLine, periodAssessed } from './entries.ts';
import { evaluatorFor } from './evaluate.ts';
import { firstFilingPeriod } from './policy.ts';
import { officePolicy, packDocument } from './policy-reader.ts';
import { whatIfHandlers } from './what-if.service.ts';

/** After so many rows progress is told and other questions to the office get their turn. */
const rowsPerTurn = 250;

/** The resources as the office judges by them, amendments included; from the room above. */
export type ResourcesInForce = (ctx: Pick<Context, 'db' | 'resources'>) => ResourceReader;

export function eligibilityHandlers(resourcesOf: ResourcesInForce): HandlersOf<typeof eligibilityContract & typeof whatIfContract> {
  return {
    ...whatIfHandlers((ctx) => officePolicy(resourcesOf(ctx))),
    'eligibility.assess': prepared({
      prepare: async (env, { period }) => {
        requirePeriod(period);
        const { rosterHash, rows } = env.read((ctx) => {
          const standing = standingImport(ctx.db, period);
          if (standing === null) return refuse('ROSTER_MISSING', { period });
          return { rosterHash: standing.contentHash, rows: [...rosterRows(ctx.db, period)] };
        });
        const policy = officePolicy(env.read(resourcesOf));
        const evaluate = evaluatorFor(period, policy);
        const tally = emptyTally();
        const lines: string[] = [];
        for (const [index, row] of rows.entries()) {
          const record = recordOf(evaluate(row));
          addToTally(tally, record);
          lines.push(canonicalText(z.encode(assessedLine, { industry: row.industryCode, record })));
          if ((index + 1) % rowsPerTurn > 0) continue;
          // Telling how far it is also asks whether to stop; then nothing has been entered yet.
          env.progress(index + 1, rows.length, '资格测算');
          await nextTurn();
        }
        return { rosterHash, tally, lines };
      },
      apply: (ctx, { period }, { rosterHash, tally, lines }) => {
        if (standingImport(ctx.db, period)?.contentHash !== rosterHash) refuse('ROSTER_CHANGED_MEANWHILE', { period });
        const { counts, refundableTotal } = tally;
        const packs = [...tally.packs.values()];
        const resources = resourcesOf(ctx);
        if (packs.some(({ pack, hash }) => packDocument(resources, pack).hash !== hash)) refuse('POLICY_CHANGED_MEANWHILE');
        const answer = { period, rows: lines.length, counts, refundableTotal, packs };
        const ref = ctx.journal.putLines(lines);
        // The same roster under the same rules gives the same lines: nothing new to enter.
        if (readAssessment(ctx.db, period)?.linesHash === ref.hash) return { ...answer, changed: false };
        ctx.journal.append(periodAssessed, {
          key: `eligibility.assessed/${period}/${String(ctx.journal.head().seq + 1)}`,
          subject: period,
          period,
          facts: { period, rosterHash, packs, counts, refundableTotal, lines: ref },
        });
        return { ...answer, changed: true };
      },
    }),
    'eligibility.list': plain((ctx, input) => ({
      rows: listDeterminations(ctx.db, input, { sort: input.sort, descending: input.descending, offset: input.offset, limit: input.limit }),
      ...totals(totalDeterminations(ctx.db, input)),
    })),
    'eligibility.explain': plain((ctx, { uscc, period }) => readDetermination(ctx.db, period, uscc)),
    'eligibility.survey': plain((ctx, { period }) => {
      const standing = readAssessment(ctx.db, period);
      if (standing === null) return refuse('ROSTER_MISSING', { period });
      const { count, ...amounts } = totalDeterminations(ctx.db, { period });
      return {
        period,
        rows: standing.rows,
        byVerdict: surveyBy(ctx.db, period, 'verdict'),
        bySize: surveyBy(ctx.db, period, 'size'),
        byIndustry: surveyBy(ctx.db, period, 'industry'),
        byRoute: surveyBy(ctx.db, period, 'route'),
        total: { key: 'total', count, ...amounts },
      };
    }),
    'eligibility.periods': plain((ctx) => ({ periods: listAssessments(ctx.db) })),
  };
}

function requirePeriod(period: TaxPeriod): void {
  if (period < firstFilingPeriod) refuse('PERIOD_BEFORE_POLICY', { period });
}

/** The determination as it is kept: own copies of what the engine shares between rows. */
function recordOf(determination: Determination): DeterminationRecord {
  return {
    ...determination,
    findings: determination.findings.map((finding) => ({ ...finding, facts: { ...finding.facts } })),
    sizeMargins: [...determination.sizeMargins],
  };
}

/** What the entry of a period says of all its determinations. */
type Tally = { readonly counts: Record<Verdict, number>; refundableTotal: Fen; readonly packs: Map<string, DeterminationRecord['sources'][number]> };

function emptyTally(): Tally {
  return { counts: Object.fromEntries(verdicts.map((verdict) => [verdict, 0])) as Record<Verdict, number>, refundableTotal: 0n, packs: new Map() }; // every verdict is a key
}

function addToTally(tally: Tally, record: DeterminationRecord): void {
  tally.counts[record.verdict] += 1;
  tally.refundableTotal = sumFen([tally.refundableTotal, record.refundableTotal]);
  for (const source of record.sources) tally.packs.set(source.pack, source);
}

function totals<T extends { count: number }>({ count, ...amounts }: T): { count: number; totals: Omit<T, 'count'> } {
  return { count, totals: amounts };
}
