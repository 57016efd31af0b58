/** What must hold of the funnel over any history of refunds, whatever was frozen: every taxpayer in one place, every fen explained. */
import { expect } from 'vitest';
import { placeLines, tallyPlaces, tallyStages, differenceSum, emptyTally, addTallies } from '../../../electron/survey/survey-funnel.ts';
import type { Database } from '../../../electron/platform/database.ts';
import { surveyFacts } from '../../../electron/refunds/survey-facts.ts';
import type { SurveyLine, SurveyVerdict } from '../../../shared/survey/model.ts';
import { taxPeriod } from '../../../shared/kernel/tax-period.ts';
import { april, companyName, uscc } from './county.ts';

/** Taxpayers 1 to 5 of the county, of whom only 1 to 3 may have refunds; some credit opens later, amounts differ from what is determined now. */
function snapshot(): SurveyLine[] {
  return [1, 2, 3, 4, 5].map((n) => ({
    uscc: uscc(n), name: companyName(n), industry: 'C35', size: 'micro', route: '2022-14/1', verdict: 'refundable', list: 'small-micro', counted: true, existing: 9_999n * BigInt(n),
    incremental: 2_345n * BigInt(n), existingWindow: n === 2 ? taxPeriod('2022-05') : april, incrementalWindow: april, existingOpen: n !== 2, incrementalOpen: true,
  }));
}

export function checkFunnel(db: Database): void {
  const lines = snapshot();
  const frozen = lines.reduce((sum, line) => sum + line.existing + line.incremental, 0n);
  const standings = new Map(Array.from(surveyFacts.standings(db, april), (standing) => [standing.uscc, standing]));
  const verdicts = new Map<string, SurveyVerdict>([[uscc(4), 'refundable']]);
  const placed = placeLines(lines, { standings, later: surveyFacts.laterApplications(db, april), verdicts });
  expect(placed.map((one) => one.line.uscc)).toEqual(lines.map((line) => line.uscc));
  const places = tallyPlaces(placed);
  const total = places.reduce((sum, row) => addTallies(sum, row.tally), emptyTally);
  expect([total.count, total.frozen, total.actual + differenceSum(total.differences)]).toEqual([lines.length, frozen, frozen]);
  for (const { tally } of places) expect(tally.actual + differenceSum(tally.differences)).toBe(tally.frozen);
  const stages = tallyStages(places);
  for (const [index, { stage, tally }] of stages.entries()) {
    const dropped = places.filter((row) => row.stage === stage).reduce((sum, row) => sum + row.tally.count, 0);
    expect(tally.count - dropped).toBe(stages[index + 1]?.tally.count ?? 0);
  }
  // What the funnel says was crossed off and paid is what the refunds say.
  const actual = (wanted: readonly string[]): bigint => places.filter(({ place }) => wanted.includes(place)).reduce((sum, row) => sum + row.tally.actual, 0n);
  const paid = db.prepare("SELECT coalesce(sum(paid_existing_fen + paid_incremental_fen), 0) AS fen FROM refund WHERE period = '2022-04'").get()?.['fen'];
  expect(actual(['paid', 'crossed-off', 'clawed-back'])).toBe(paid);
}
