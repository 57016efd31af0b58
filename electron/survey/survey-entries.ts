/**
 * Entry kinds of the survey 退税底数: a snapshot frozen here, confirmed by a second person, or received from the tax office. A version is
 * only ever added; the fold refuses a number out of turn.
 */
import { z } from 'zod';
import { assert } from '../../shared/kernel/assert.ts';
import { civilDateSchema, periodSchema, requiredText, textSchema } from '../../shared/kernel/schema.ts';
import type { SurveyLine } from '../../shared/survey/model.ts';
import { snapshotNumberSchema, surveyLineRecord, verdictCounts } from '../../shared/survey/record.ts';
import { blobRefSchema, defineEntry, type EntryKind } from '../journal/index.ts';
import type { Database } from '../platform/database.ts';
import { totalsOf } from './survey.ts';
import { countLocalSnapshots, insertSnapshot } from './survey.sql.ts';

const version = z.number().int().min(1);
const common = {
  period: periodSchema,
  version,
  number: snapshotNumberSchema,
  reason: textSchema(300),
  frozenOn: civilDateSchema,
  /** Hash of the lines that count. */
  baseHash: z.string(),
  verdicts: verdictCounts,
  lines: blobRefSchema,
};

export const surveyFrozen = defineEntry({
  kind: 'survey.freeze', formerly: ['eligibility.surveyFrozen'],
  stream: 'business',
  version: 1,
  title: '冻结底数',
  facts: z.strictObject({ ...common, /** Entry of the assessment it was taken from. */ assessment: z.number().int() }),
  fold({ db, lines }, { seq, maker, facts }) {
    assert(facts.number.endsWith(String(countLocalSnapshots(db, facts.number.slice(0, 7)) + 1).padStart(4, '0')), 'snapshots are numbered without gaps');
    enter(db, lines(facts.lines), { ...facts, entry: seq, frozenBy: maker, confirmedOn: null, confirmedBy: null, package: null });
  },
});

export const surveyConfirmed = defineEntry({
  kind: 'survey.confirm', formerly: ['eligibility.surveyConfirmed'],
  stream: 'business',
  version: 1,
  title: '复核底数',
  facts: z.strictObject({ period: periodSchema, version, on: civilDateSchema }),
  fold({ db }, { maker, facts: { period, version: number, on } }) {
    db.prepare('UPDATE survey_snapshot SET confirmed_on = @on, confirmed_by = @maker WHERE period = @period AND version = @number').run({ on, maker, period, number });
  },
});

export const surveyReceived = defineEntry({
  kind: 'survey.receive', formerly: ['eligibility.surveyReceived'],
  stream: 'business',
  version: 1,
  title: '收到退税底数',
  facts: z.strictObject({ ...common, frozenBy: requiredText(30), confirmedOn: civilDateSchema, confirmedBy: requiredText(30) }),
  fold({ db, lines }, { seq, package: packageId, facts }) {
    assert(packageId !== null, 'a received snapshot names its package');
    enter(db, lines(facts.lines), { ...facts, entry: seq, package: packageId });
  },
});

type Head = Omit<Parameters<typeof insertSnapshot>[1], 'totals'>;

function enter(db: Database, values: Iterable<unknown>, head: Head): void {
  const lines: SurveyLine[] = Array.from(values, (value) => surveyLineRecord.parse(value));
  insertSnapshot(db, { ...head, totals: totalsOf(lines) }, lines);
}

export const surveyEntries = [surveyFrozen, surveyConfirmed, surveyReceived] as unknown as readonly EntryKind[];
