/**
 * Handlers of 风险 that judge the roster in the ledger: into a file, as a run whose hits are cases, or to see what other thresholds would find. Judging
 * itself is risk-lines.ts; what a run does to the cases is risk-run.ts.
 */
import { refuse } from '../../shared/errors.ts';
import { present } from '../../shared/kernel/assert.ts';
import { sumFen } from '../../shared/kernel/money.ts';
import type { riskContract } from '../../shared/risk/contract.ts';
import { indicatorIds, indicators } from '../../shared/risk/indicators.ts';
import { riskSettingsSchema, usualRiskSettings, type RiskSettings } from '../../shared/risk/settings.ts';
import type { TaxPeriod } from '../../shared/kernel/tax-period.ts';
import { z } from 'zod';
import type { PaidRefunds } from '../eligibility/index.ts';
import { canonicalText, prepared, type Context, type HandlersOf, type PrepareEnv } from '../journal/index.ts';
import type { Database } from '../platform/database.ts';
import { writeLineFile } from '../platform/line-file.ts';
import { OutputFault, writeFaultNames } from '../platform/output-file.ts';
import { fileNameOf } from '../platform/text-file.ts';
import { standingImport } from '../roster/index.ts';
import { hitsOfPeriod, newestRun } from './hits.sql.ts';
import { judgedRows, linesOfJudged, type RiskSummary } from './risk-lines.ts';
import { officeGround, wholeSettings, type OfficeGround } from './risk-office.ts';
import { foundOf, planRun, riskRun, runLine, type FoundLine } from './risk-run.ts';

/** The settings of the newest run; a run without them takes these. */
export function standingSettings(db: Database): RiskSettings {
  const run = newestRun(db, null);
  return run === null ? usualRiskSettings : riskSettingsSchema.parse(JSON.parse(run.settings));
}

type Judging = Pick<typeof riskContract, 'risk.export' | 'risk.run' | 'risk.tryThresholds'>;

export function judgingHandlers(paidRefunds: PaidRefunds): HandlersOf<Judging> {
  return {
    'risk.export': prepared({
      async prepare(env, { period, file: token, settings }) {
        const path = env.resolveFile(token);
        const file = fileNameOf(path);
        const { ground, previous } = officeGround(env, { period, settings: wholeSettings(settings) }, paidRefunds);
        const ends: RiskSummary[] = [];
        const lines = linesOfJudged(ground, env.resources, (summary) => { ends.push(summary); });
        try {
          await writeLineFile(path, lines, env.mayReplace(token));
        } catch (error) {
          if (!(error instanceof OutputFault) || error.fault === 'reader-left') throw error;
          return refuse('RISK_NOT_WRITTEN', { file, reason: writeFaultNames[error.fault] });
        }
        return { ...present(ends[0], 'the end of a roster that was read through'), file, previous };
      },
      apply: (_ctx, _input, written) => written,
    }),
    'risk.run': prepared({
      prepare: (env, { period, settings }) => judgedAll(env, { period, settings: wholeSettings(settings, env.read(({ db }) => standingSettings(db))) }, paidRefunds),
      apply: (ctx, { period }, judged) => enterRun(ctx, period, judged),
    }),
    'risk.tryThresholds': prepared({
      prepare: (env, { period, settings }) => judgedAll(env, { period, settings: wholeSettings(settings, env.read(({ db }) => standingSettings(db))) }, paidRefunds),
      apply: (ctx, { period }, { summary, found }) => ({ ...summary, indicators: comparedWithCases(ctx.db, period, found) }),
    }),
  };
}

type JudgedAll = Omit<OfficeGround, 'ground'> & { readonly summary: RiskSummary; readonly found: readonly FoundLine[] };

async function judgedAll(env: PrepareEnv, of: { readonly period: TaxPeriod; readonly settings: RiskSettings }, paidRefunds: PaidRefunds): Promise<JudgedAll> {
  const { ground, ...told } = officeGround(env, of, paidRefunds);
  const ends: RiskSummary[] = [];
  const found: FoundLine[] = [];
  for await (const firm of judgedRows(ground, env.resources, (summary) => { ends.push(summary); })) {
    if (firm.kind === 'firm') found.push(...foundOf(of.period, firm));
  }
  return { ...told, found, summary: present(ends[0], 'the end of a roster that was read through') };
}

/** One entry with the lines that change something; the same judgement of the same roster enters nothing. */
function enterRun(ctx: Context, period: TaxPeriod, { rosterHash, previous, previousHash, summary, found }: JudgedAll) {
  if (standingImport(ctx.db, period)?.contentHash !== rosterHash) refuse('ROSTER_CHANGED_MEANWHILE', { period });
  const before = newestRun(ctx.db, period);
  const { lines, kept } = planRun(found, hitsOfPeriod(ctx.db, period));
  const { settings, counts, firms } = summary;
  const same = before !== null && lines.length === 0 && before.rosterHash === rosterHash && before.previousHash === previousHash
    && before.settings === canonicalText(settings) && before.counts === canonicalText(counts);
  const number = same ? before.number : (before?.number ?? 0) + 1;
  if (!same) {
    ctx.journal.append(riskRun, {
      key: `risk.run/${period}/${String(number)}`, subject: period, period,
      facts: {
        period, number, on: ctx.today, rosterHash, previousHash, settings, firms, counts, count: lines.length,
        lines: ctx.journal.putLines(lines.map((line) => canonicalText(z.encode(runLine, line)))),
      },
    });
  }
  const count = (kind: (typeof lines)[number]['kind']): number => lines.filter((line) => line.kind === kind).length;
  return { ...summary, previous, changed: !same, number, opened: count('open'), refreshed: count('refresh'), recurred: count('recur'), superseded: count('supersede'), kept };
}

/** What these thresholds find against the cases that stand, by indicator; indicators that come out the same are left out. */
function comparedWithCases(db: Database, period: TaxPeriod, found: readonly FoundLine[]) {
  const standing = [...hitsOfPeriod(db, period).values()].filter(({ state }) => state !== 'superseded');
  const now = new Set(found.map(({ hit }) => hit));
  const known = new Set(standing.map(({ hit }) => hit));
  return indicatorIds.map((indicator) => {
    const cases = standing.filter((one) => one.indicator === indicator);
    const [caught, missed] = [cases.filter(({ hit }) => now.has(hit)), cases.filter(({ hit }) => !now.has(hit))];
    const fresh = found.filter((line) => line.indicator === indicator && !known.has(line.hit));
    const of = (those: typeof cases, state: 'proved' | 'cleared'): number => those.filter((one) => one.state === state).length;
    return {
      indicator, name: indicators[indicator].zh, caught: caught.length, missed: missed.length,
      provedCaught: of(caught, 'proved'), provedMissed: of(missed, 'proved'), clearedCaught: of(caught, 'cleared'), clearedMissed: of(missed, 'cleared'),
      fresh: fresh.length, freshStake: sumFen(fresh.map(({ stake }) => stake ?? 0n)), missedStake: sumFen(missed.map(({ stakeFen }) => stakeFen ?? 0n)),
    };
  }).filter(({ missed, fresh }) => missed + fresh > 0);
}
