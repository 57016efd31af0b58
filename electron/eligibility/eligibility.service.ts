/**
 * Handlers of 退税资格: judge a whole filing period before the transaction and enter it as one act; lists, counts and the whole trace of
 * one determination. Judging itself is evaluate.ts.
 */
import type { eligibilityContract } from '../../shared/eligibility/contract.ts';
import type { whatIfContract } from '../../shared/eligibility/what-if-contract.ts';
import { verdicts, type PackSource, type Verdict } from '../../shared/eligibility/model.ts';
import { refuse } from '../../shared/errors.ts';
import { sumFen, type Fen } from '../../shared/kernel/money.ts';
import type { TaxPeriod } from '../../shared/kernel/tax-period.ts';
import { type Context, type HandlersOf, plain, prepared } from '../journal/index.ts';
import type { ResourceReader } from '../platform/resources.ts';
import { nextTurn } from '../platform/worker-line.ts';
import { rosterRows, standingImport } from '../roster/index.ts';
import {
  listAssessments, listDeterminations, readAssessment, readDetermination, surveyBy, totalDeterminations,
} from './determinations.sql.ts';
import { lineKeeper } from './assessed-lines.ts';
import { policyTextsOf } from './batch-evaluator.ts';
import { periodAssessed } from './entries.ts';
import { judgeFor } from './evaluate.ts';
import { paidBefore, type PaidRefunds } from './paid-here.ts';
import { firstFilingPeriod } from './policy.ts';
import { officePolicy, packDocument } from './policy-reader.ts';
import { whatIfHandlers } from './what-if.service.ts';

/** After so many rows progress is told and other questions to the office get their turn. */
const rowsPerTurn = 250;

/** The resources as the office judges by them, amendments included; from the room above. */
export type ResourcesInForce = (ctx: Pick<Context, 'db' | 'resources'>) => ResourceReader;

export function eligibilityHandlers(resourcesOf: ResourcesInForce, paidRefunds: PaidRefunds): HandlersOf<typeof eligibilityContract & typeof whatIfContract> {
  return {
    ...whatIfHandlers((ctx) => officePolicy(resourcesOf(ctx)), paidRefunds),
    'eligibility.assess': prepared({
      prepare: async (env, { period }) => {
        requirePeriod(period);
        const { roster, rows } = env.read((ctx) => ({ roster: standingImport(ctx.db, period) ?? refuse('ROSTER_MISSING', { period }), rows: rosterRows(ctx.db, period) }));
        const resources = env.read(resourcesOf);
        const paid = env.read(({ db }) => paidBefore(db, period, paidRefunds(db)));
        const judge = judgeFor(period, officePolicy(resources), { paid });
        const keep = lineKeeper();
        const tally = emptyTally();
        const blocks: string[] = [];
        let judged = 0;
        let packs: readonly PackSource[] = [];
        // Read and judged turn by turn: the rows of a whole county never stand in memory. They are those of one import, whatever is imported meanwhile.
        for (;;) {
          const turn = env.read(() => taken(rows, rowsPerTurn));
          const lines = turn.map((row) => {
            const judgement = judge(row);
            const { verdict, refundableTotal } = judgement.figures;
            packs = judgement.run.pack.sources;
            tally.counts[verdict] += 1;
            tally.refundableTotal += refundableTotal;
            return keep(judgement);
          });
          // One flat text a turn: what it was put together from need not stay.
          if (lines.length > 0) blocks.push(lines.join('\n'));
          judged += turn.length;
          if (turn.length < rowsPerTurn) break;
          // Telling how far it is also asks whether to stop; then nothing has been entered yet.
          env.progress(judged, roster.rows, '资格测算');
          await nextTurn();
        }
        return { rosterHash: roster.contentHash, counts: tally.counts, refundableTotal: sumFen([tally.refundableTotal]), packs, judged, blocks, policy: policyTextsOf(resources) };
      },
      apply: (ctx, { period }, { rosterHash, counts, refundableTotal, packs, judged, blocks, policy }) => {
        if (standingImport(ctx.db, period)?.contentHash !== rosterHash) refuse('ROSTER_CHANGED_MEANWHILE', { period });
        const resources = resourcesOf(ctx);
        if (packs.some(({ pack, hash }) => packDocument(resources, pack).hash !== hash)) refuse('POLICY_CHANGED_MEANWHILE');
        const answer = { period, rows: judged, counts, refundableTotal, packs: [...packs] };
        const ref = ctx.journal.putLines(linesOf(blocks));
        // The same roster under the same rules gives the same lines: nothing new to enter.
        if (readAssessment(ctx.db, period)?.linesHash === ref.hash) return { ...answer, changed: false };
        ctx.journal.append(periodAssessed, {
          key: `eligibility.assessed/${period}/${String(ctx.journal.head().seq + 1)}`,
          subject: period,
          period,
          facts: {
            period, rosterHash, packs: [...packs], counts, refundableTotal, lines: ref,
            policy: Object.fromEntries(Object.entries(policy).map(([path, text]) => [path, ctx.journal.putBytes(Buffer.from(text))])),
          },
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

function* linesOf(blocks: readonly string[]): Generator<string, void, void> {
  for (const block of blocks) yield* block.split('\n');
}

/** The next of them, at most so many. */
function taken<T>(source: Iterator<T, void, void>, most: number): T[] {
  const items: T[] = [];
  while (items.length < most) {
    const next = source.next();
    if (next.done === true) break;
    items.push(next.value);
  }
  return items;
}

/** What the entry of a period says of all its determinations. */
function emptyTally(): { readonly counts: Record<Verdict, number>; refundableTotal: Fen } {
  return { counts: Object.fromEntries(verdicts.map((verdict) => [verdict, 0])) as Record<Verdict, number>, refundableTotal: 0n }; // every verdict is a key
}

function totals<T extends { count: number }>({ count, ...amounts }: T): { count: number; totals: Omit<T, 'count'> } {
  return { count, totals: amounts };
}
