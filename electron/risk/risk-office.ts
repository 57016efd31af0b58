/**
 * Risk over the ledger 账本名册的风险: the standing roster of a filing period and, where the ledger holds one, that of twelve months earlier, judged by the
 * policy in force in the office and beside what its ledger has paid. The judging is that of the files (risk-lines.ts); rows are read chunk by chunk, so
 * that a whole county never stands in memory. It writes nothing into the ledger.
 * @source shared spec risk.md; decisions 32
 */
import { refuse } from '../../shared/errors.ts';
import { addPeriods, type TaxPeriod } from '../../shared/kernel/tax-period.ts';
import type { PreviousRow } from '../../shared/risk/indicators.ts';
import { usualRiskSettings, type RiskSettings, type someRiskSettingsSchema } from '../../shared/risk/settings.ts';
import type { RosterLine } from '../../shared/roster/model.ts';
import type { z } from 'zod';
import { firstFilingPeriod, paidBefore, type PaidRefunds } from '../eligibility/index.ts';
import { judgeFor } from '../eligibility/without-ledger.ts';
import { readChunk, type PrepareEnv } from '../journal/index.ts';
import { linesOfChunk } from '../journal/without-ledger.ts';
import { standingPolicy } from '../policy/index.ts';
import { rosterChunks, rosterRows, standingImport } from '../roster/index.ts';
import { rosterRowOfLine } from '../roster/without-ledger.ts';
import type { RiskGround } from './risk-lines.ts';

/** The ground of one filing period, the content of the roster that it was made of, and the earlier period that it was compared with. */
export type OfficeGround = { readonly ground: RiskGround; readonly rosterHash: string; readonly previous: TaxPeriod | null; readonly previousHash: string | null };

/** @throws Refusal PERIOD_BEFORE_POLICY, RISK_ROSTER_MISSING */
export function officeGround(env: PrepareEnv, of: { readonly period: TaxPeriod; readonly settings: RiskSettings }, paidRefunds: PaidRefunds): OfficeGround {
  const { period, settings } = of;
  if (period < firstFilingPeriod) refuse('PERIOD_BEFORE_POLICY', { period });
  const earlier = addPeriods(period, -12);
  return env.read((ctx) => {
    const { db } = ctx;
    const roster = standingImport(db, period) ?? refuse('RISK_ROSTER_MISSING', { period });
    const before = standingImport(db, earlier);
    const chunks = rosterChunks(db, period);
    const judge = judgeFor(period, standingPolicy(ctx), { paid: paidBefore(db, period, paidRefunds(db)) });
    const previousRows = (): ReadonlyMap<string, PreviousRow> => new Map(
      Array.from(rosterRows(db, earlier), ({ uscc, endingCredit, creditRating }) => [uscc, { endingCredit, creditRating }]),
    );
    return {
      ground: { period, settings, judge, before: before === null ? null : previousRows(), lines: () => Promise.resolve(storedLines(env, chunks)) },
      rosterHash: roster.contentHash,
      previous: before === null ? null : earlier,
      previousHash: before?.contentHash ?? null,
    };
  });
}

/** The rows of one import, whatever is imported meanwhile. */
function* storedLines(env: PrepareEnv, chunks: readonly string[]): Generator<RosterLine, void, void> {
  for (const chunk of chunks) {
    for (const line of linesOfChunk(env.read(({ db }) => readChunk(db, chunk)))) {
      yield { kind: 'row', row: rosterRowOfLine(JSON.parse(line)), warnings: [] };
    }
  }
}

/** Settings of which some were given. */
export function wholeSettings(some: z.output<typeof someRiskSettingsSchema> | undefined, usual: RiskSettings = usualRiskSettings): RiskSettings {
  return { ...usual, ...Object.fromEntries(Object.entries(some ?? {}).filter(([, value]) => value !== undefined)) };
}
