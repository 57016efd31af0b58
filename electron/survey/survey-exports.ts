/**
 * A snapshot as it travels 退税底数交换: what the tax office hands over, and how another office enters what it received. Only a confirmed
 * snapshot leaves the house; judging a received one against itself is the exchange's work.
 */
import { refuse } from '../../shared/errors.ts';
import { assert } from '../../shared/kernel/assert.ts';
import type { CivilDate } from '../../shared/kernel/civil-date.ts';
import type { TaxPeriod } from '../../shared/kernel/tax-period.ts';
import type { Verdict } from '../../shared/eligibility/model.ts';
import type { SurveyLine } from '../../shared/survey/model.ts';
import type { Context } from '../journal/index.ts';
import type { Database } from '../platform/database.ts';
import { surveyReceived } from './survey-entries.ts';
import { personName } from '../administration/index.ts';
import { totalOf } from './survey.service.ts';
import { findSnapshot, listSnapshots, readCells, readSurveyLines, type Snapshot, type SurveyCell } from './survey.sql.ts';
import { baseHashOf, surveyLineText } from './survey.ts';

export type SurveyForExport = {
  readonly snapshot: Snapshot;
  readonly total: bigint;
  readonly frozenBy: string;
  readonly confirmedBy: string;
  readonly confirmedOn: CivilDate;
  readonly lines: readonly SurveyLine[];
  readonly cells: readonly SurveyCell[];
};

/** The newest snapshot of a period, or of the newest period. @returns null where there is none @throws Refusal SURVEY_NOT_CONFIRMED */
export function surveyForExport(db: Database, period: TaxPeriod | null): SurveyForExport | null {
  const snapshot = period === null ? listSnapshots(db, null)[0] : (findSnapshot(db, period, null) ?? undefined);
  if (snapshot === undefined) return null;
  const { confirmedBy, confirmedOn, number } = snapshot;
  if (confirmedBy === null || confirmedOn === null) return refuse('SURVEY_NOT_CONFIRMED', { number });
  return {
    snapshot, confirmedOn,
    total: totalOf(snapshot),
    frozenBy: personName(db, snapshot.frozenBy),
    confirmedBy: personName(db, confirmedBy),
    lines: readSurveyLines(db, snapshot),
    cells: readCells(db, snapshot),
  };
}

export type ReceivedSurvey = {
  readonly packageId: string;
  readonly origin: string;
  readonly number: string;
  readonly period: TaxPeriod;
  readonly version: number;
  readonly reason: string;
  readonly frozenOn: CivilDate;
  readonly frozenBy: string;
  readonly confirmedOn: CivilDate;
  readonly confirmedBy: string;
  readonly verdicts: Readonly<Record<Verdict, number>>;
  readonly lines: readonly SurveyLine[];
};

/** The number of a snapshot of this office that says otherwise under the same number, or the same period and version; null where nothing contradicts. */
export function contradictingSurvey(db: Database, received: Pick<ReceivedSurvey, 'number' | 'period' | 'version' | 'lines'>): string | null {
  const { number, period, version, lines } = received;
  const standing = listSnapshots(db, null).find((other) => other.number === number || (other.period === period && other.version === version));
  if (standing === undefined) return null;
  const same = standing.number === number && standing.period === period && standing.version === version && standing.baseHash === baseHashOf(lines);
  return same ? null : standing.number;
}

/** Enters a received snapshot. @returns false when the very same stands already */
export function receiveSurvey(ctx: Context, received: ReceivedSurvey): boolean {
  const { packageId, origin, lines, period, version, ...head } = received;
  const baseHash = baseHashOf(lines);
  const standing = findSnapshot(ctx.db, period, version);
  if (standing !== null) {
    assert(standing.baseHash === baseHash, 'a version of a snapshot is judged before it is entered');
    return false;
  }
  ctx.journal.append(surveyReceived, {
    key: `eligibility.surveyReceived/${period}/${String(version)}`,
    subject: head.number,
    period,
    origin,
    package: packageId,
    facts: { ...head, verdicts: { ...head.verdicts }, period, version, baseHash, lines: ctx.journal.putLines(lines.map(surveyLineText)) },
  });
  return true;
}
