/**
 * Handlers of 退税资格: judge a whole filing period before the transaction and enter it as one act; lists, counts and the whole trace of
 * one determination. Judging itself is evaluate.ts.
 */
import type { eligibilityContract } from '../../shared/eligibility/contract.ts';
import type { whatIfContract } from '../../shared/eligibility/what-if-contract.ts';
import { refuse } from '../../shared/errors.ts';
import { present } from '../../shared/kernel/assert.ts';
import type { TaxPeriod } from '../../shared/kernel/tax-period.ts';
import { type Context, type HandlersOf, plain, prepared, readChunk } from '../journal/index.ts';
import type { ResourceReader } from '../platform/resources.ts';
import { rosterChunks, standingImport } from '../roster/index.ts';
import {
  listAssessments, listDeterminations, readAssessment, readDetermination, surveyBy, totalDeterminations,
} from './determinations.sql.ts';
import { assessedRoster } from './assessment-run.ts';
import { policyTextsOf } from './batch-evaluator.ts';
import { periodAssessed } from './entries.ts';
import { paidBefore, type PaidRefunds } from './paid-here.ts';
import { firstFilingPeriod, packFor } from './policy.ts';
import { officePolicy, packDocument } from './policy-reader.ts';
import { whatIfHandlers } from './what-if.service.ts';

/** The resources as the office judges by them, amendments included; from the room above. */
export type ResourcesInForce = (ctx: Pick<Context, 'db' | 'resources'>) => ResourceReader;

export function eligibilityHandlers(resourcesOf: ResourcesInForce, paidRefunds: PaidRefunds): HandlersOf<typeof eligibilityContract & typeof whatIfContract> {
  return {
    ...whatIfHandlers((ctx) => officePolicy(resourcesOf(ctx)), paidRefunds),
    'eligibility.assess': prepared({
      prepare: async (env, { period }) => {
        requirePeriod(period);
        const { roster, chunks } = env.read((ctx) => ({ roster: standingImport(ctx.db, period) ?? refuse('ROSTER_MISSING', { period }), chunks: rosterChunks(ctx.db, period) }));
        const resources = env.read(resourcesOf);
        const policyTexts = policyTextsOf(resources);
        const { sources: packs } = present(packFor(officePolicy(resources), period), 'a pack for the filing period');
        const paid = env.read(({ db }) => paidBefore(db, period, paidRefunds(db)));
        // Read and judged batch by batch: the rows of a whole county never stand in memory. They are those of one import, whatever is imported meanwhile.
        const stored = function* (): Generator<Uint8Array, void, void> {
          for (const chunk of chunks) yield env.read(({ db }) => readChunk(db, chunk));
        };
        const judged = await assessedRoster({ period, policyTexts, paid }, stored(), (rows) => {
          // Telling how far it is also asks whether to stop; then nothing has been entered yet.
          if (rows < roster.rows) env.progress(rows, roster.rows, '资格测算');
        });
        return { rosterHash: roster.contentHash, packs, policyTexts, judged };
      },
      apply: (ctx, { period }, { rosterHash, packs, policyTexts, judged: { rows, counts, refundableTotal, lines, findings } }) => {
        if (standingImport(ctx.db, period)?.contentHash !== rosterHash) refuse('ROSTER_CHANGED_MEANWHILE', { period });
        const resources = resourcesOf(ctx);
        if (packs.some(({ pack, hash }) => packDocument(resources, pack).hash !== hash)) refuse('POLICY_CHANGED_MEANWHILE');
        const answer = { period, rows, counts, refundableTotal, packs: [...packs] };
        // The same roster under the same rules gives the same lines: nothing new to enter.
        const standing = readAssessment(ctx.db, period);
        if (standing?.linesHash === lines.ref.hash && standing.findingsHash === findings.ref.hash) return { ...answer, changed: false };
        ctx.journal.append(periodAssessed, {
          key: `eligibility.assessed/${period}/${String(ctx.journal.head().seq + 1)}`,
          subject: period,
          period,
          facts: {
            period, rosterHash, packs: [...packs], counts, refundableTotal, lines: ctx.journal.putPacked(lines), findings: ctx.journal.putPacked(findings),
            policy: Object.fromEntries(Object.entries(policyTexts).map(([path, text]) => [path, ctx.journal.putBytes(Buffer.from(text))])),
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

function totals<T extends { count: number }>({ count, ...amounts }: T): { count: number; totals: Omit<T, 'count'> } {
  return { count, totals: amounts };
}
