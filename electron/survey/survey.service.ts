/**
 * Handlers of the survey 退税底数: freezing the standing assessment as a snapshot, confirming it, and the questions asked of one. Freezing is
 * the handler's act and confirming the reviewer's, because finance plans money by these figures and one slip would reach two offices; nothing
 * is approved by it, so that no third person is asked.
 */
import type { z } from 'zod';
import { refuse } from '../../shared/errors.ts';
import type { DeskLine } from '../../shared/kernel/case.ts';
import { sumFen, yuanText, type Fen } from '../../shared/kernel/money.ts';
import type { TaxPeriod } from '../../shared/kernel/tax-period.ts';
import { verdicts } from '../../shared/eligibility/model.ts';
import type { surveyContract, snapshotView } from '../../shared/survey/contract.ts';
import { surveyPlaces, surveyStageNames, type SurveyLine } from '../../shared/survey/model.ts';
import { personName } from '../administration/index.ts';
import { type Context, type HandlersOf, plain, prepared } from '../journal/index.ts';
import type { Database } from '../platform/database.ts';
import { standingImport } from '../roster/index.ts';
import { assessedRecords, readAssessment, type AssessmentRow } from '../eligibility/index.ts';
import { compareSurveys, sumChanges } from './survey-changes.ts';
import { surveyConfirmed, surveyFrozen } from './survey-entries.ts';
import { addTallies, emptyTally, placeLines, tallyOf, tallyPlaces, tallyStages, type FunnelTally, type Placed, type RefundStanding } from './survey-funnel.ts';
import { baseHashOf, droppedLine, figuresOf, openAmount, surveyItems, type SurveyItem, snapshotNumber, surveyLineOf, surveyLineText } from './survey.ts';
import {
  countLocalSnapshots, findSnapshot, listSnapshots, listSurveyLines, readCells, readMargin, readMarginTotal, readSurveyLines, readVerdicts, totalSurveyLines,
  type Snapshot,
} from './survey.sql.ts';

/** What the survey needs from the capability above; the composition root gives it. */
export type SurveyFacts = {
  /** Every refund of the filing period. */
  readonly standings: (db: Database, period: TaxPeriod) => Iterable<RefundStanding>;
  /** The first filing period after this one in which a taxpayer has applied, by code. */
  readonly laterApplications: (db: Database, period: TaxPeriod) => ReadonlyMap<string, TaxPeriod>;
  /** The list of refunds due 应退名单 of the period, as its own capability sums it. */
  readonly listed: (db: Database, period: TaxPeriod) => { readonly count: number; readonly determined: Fen };
};

/** Every handler of the survey. */
export function surveyHandlers(facts: SurveyFacts): HandlersOf<typeof surveyContract> {
  return {
    'survey.freeze': prepared({
      prepare: (env, { period }) => Promise.resolve(env.read((ctx) => {
        const { entry, counts } = standingAssessment(ctx, period);
        return { entry, counts, lines: standingLines(ctx.db, period) };
      })),
      apply: (ctx, { period, reason }, { entry, counts, lines }) => {
        if (standingAssessment(ctx, period).entry !== entry) refuse('STALE_STATE');
        const last = findSnapshot(ctx.db, period, null);
        const baseHash = baseHashOf(lines);
        const same = last?.baseHash === baseHash && verdicts.every((verdict) => last.verdicts[verdict] === counts[verdict]);
        if (last !== null && same) return { changed: false, snapshot: shownSnapshot(ctx.db, last) };
        const version = (last?.version ?? 0) + 1;
        if (last !== null && reason.trim() === '') refuse('SURVEY_REASON_MISSING', { period, number: last.number, version });
        const number = snapshotNumber(ctx.today, countLocalSnapshots(ctx.db, `DS-${ctx.today.slice(0, 4)}`));
        const all = [...lines, ...droppedSince(ctx.db, last, lines)];
        ctx.journal.append(surveyFrozen, {
          key: `eligibility.surveyFrozen/${period}/${String(version)}`,
          subject: number,
          period,
          facts: { period, version, number, reason: reason.trim(), frozenOn: ctx.today, baseHash, verdicts: counts, assessment: entry, lines: ctx.journal.putLines(all.map(surveyLineText)) },
        });
        return { changed: true, snapshot: shownSnapshot(ctx.db, snapshotOr(ctx.db, period, version)) };
      },
    }),
    'survey.confirm': plain((ctx, { period, version }) => {
      const snapshot = snapshotOr(ctx.db, period, version);
      if (snapshot.confirmedBy !== null) return { changed: false, snapshot: shownSnapshot(ctx.db, snapshot) };
      if (!snapshot.newest) refuse('SURVEY_REPLACED', { number: snapshot.number });
      if (snapshot.frozenBy === ctx.actor.username) refuse('SURVEY_SAME_PERSON', { number: snapshot.number, person: ctx.actor.name });
      ctx.journal.append(surveyConfirmed, {
        key: `eligibility.surveyConfirmed/${period}/${String(snapshot.version)}`, subject: snapshot.number, period, facts: { period, version: snapshot.version, on: ctx.today },
      });
      return { changed: true, snapshot: shownSnapshot(ctx.db, snapshotOr(ctx.db, period, snapshot.version)) };
    }),
    'survey.current': plain((ctx, { period }) => {
      const items = surveyItems(standingLines(ctx.db, standingAssessment(ctx, period).period));
      const byKey = <K extends string>(keyOf: (item: SurveyItem) => K) =>
        [...new Set(items.map(keyOf))].sort().map((key) => ({ key, ...figuresOf(items.filter((item) => keyOf(item) === key)) }));
      return { byKind: byKey((item) => item.kind), byWindow: byKey((item) => item.window), total: figuresOf(items) };
    }),
    'survey.snapshots': plain((ctx, { period }) => ({ snapshots: listSnapshots(ctx.db, period ?? null).map((snapshot) => shownSnapshot(ctx.db, snapshot)) })),
    'survey.table': plain((ctx, { period, version }) => {
      const snapshot = snapshotOr(ctx.db, period, version);
      return {
        snapshot: shownSnapshot(ctx.db, snapshot),
        cells: readCells(ctx.db, snapshot),
        bySize: readMargin(ctx.db, snapshot, 'size'),
        bySection: readMargin(ctx.db, snapshot, 'section'),
        byKind: readMargin(ctx.db, snapshot, 'kind'),
        byWindow: readMargin(ctx.db, snapshot, 'window'),
        byList: readMargin(ctx.db, snapshot, 'list'),
        total: readMarginTotal(ctx.db, snapshot),
      };
    }),
    'survey.lines': plain((ctx, { period, version, sort, descending, offset, limit, ...filter }) => {
      const which = { ...filter, period, version: snapshotOr(ctx.db, period, version).version };
      return { rows: listSurveyLines(ctx.db, which, { sort, descending, offset, limit }).map(shownLine), totals: totalSurveyLines(ctx.db, which) };
    }),
    'survey.changes': plain((ctx, { period, version, against, kind, offset, limit }) => {
      const after = snapshotOr(ctx.db, period, version);
      const earlier = listSnapshots(ctx.db, period).find((other) => (against === undefined ? other.version < after.version : other.version === against));
      const before = earlier ?? (against === undefined ? refuse('SURVEY_NOTHING_BEFORE', { period, version: after.version }) : refuse('SURVEY_VERSION_UNKNOWN', { period, version: against }));
      const changes = compareSurveys(readSurveyLines(ctx.db, before), readSurveyLines(ctx.db, after));
      const sums = sumChanges(changes);
      const shown = kind === undefined ? changes : changes.filter((change) => change.kind === kind);
      const count = (name: 'came' | 'went'): number => sums.find((sum) => sum.kind === name)?.count ?? 0;
      return {
        before: shownSnapshot(ctx.db, before),
        after: shownSnapshot(ctx.db, after),
        sums: sums.map((sum) => ({ ...sum, difference: sum.after - sum.before })),
        rows: shown.slice(offset, offset + limit).map((change) => ({ ...change, changed: [...change.changed], difference: change.after - change.before })),
        count: shown.length,
        checks: [
          countCheck('前一版户数 ＋ 新增 － 退出 ＝ 本版户数', before.totals.taxpayers + count('came') - count('went'), after.totals.taxpayers),
          amountCheck('前一版金额 ＋ 各项差额 ＝ 本版金额', sums.reduce((sum, row) => sum + row.after - row.before, totalOf(before)), totalOf(after)),
        ],
      };
    }),
    'survey.funnel': plain((ctx, { period, version }) => {
      const snapshot = snapshotOr(ctx.db, period, version);
      const { placed, outside, clawedBack } = placedOf(ctx.db, snapshot, facts);
      const places = tallyPlaces(placed);
      const stages = tallyStages(places);
      const total = places.reduce((sum, row) => addTallies(sum, row.tally), emptyTally);
      const inside = stages.find((row) => row.stage === 'listed')?.tally.count ?? 0;
      const determined = placed.filter((one) => one.refund !== null).reduce((sum, one) => sum + one.frozen - one.differences.closed - one.differences.redetermined, 0n);
      const list = facts.listed(ctx.db, period);
      return {
        snapshot: shownSnapshot(ctx.db, snapshot),
        stages: stages.map(({ stage, tally }) => ({ stage, title: surveyStageNames[stage], ...tally })),
        places: places.map(({ stage, place, tally }) => ({ stage, place, ...surveyPlaces[place], ...tally })),
        total,
        outside,
        clawedBack,
        checks: [
          countCheck('漏斗各处户数之和 ＝ 底数快照户数', total.count, snapshot.totals.taxpayers),
          amountCheck('漏斗各处金额之和 ＝ 底数快照金额', total.frozen, totalOf(snapshot)),
          amountCheck('现额 ＋ 各项差额 ＝ 底数快照金额', total.actual + sumOf(total), totalOf(snapshot)),
          countCheck('漏斗内 ＋ 快照以外 ＝ 应退名单笔数', inside + outside.count, list.count),
          amountCheck('漏斗内 ＋ 快照以外 ＝ 应退名单金额', determined + outside.determined, list.determined),
        ],
      };
    }),
    'survey.place': plain((ctx, { period, version, stage, place, offset, limit }) => {
      const { placed } = placedOf(ctx.db, snapshotOr(ctx.db, period, version), facts);
      const found = placed.filter((one) => (stage === undefined || one.stage === stage) && (place === undefined || one.place === place));
      return { rows: found.slice(offset, offset + limit).map(shownPlaced), totals: tallyOf(found) };
    }),
  };
}

/** The assessment that stands, made from the roster that stands. */
function standingAssessment(ctx: Context, period: TaxPeriod): AssessmentRow {
  const roster = standingImport(ctx.db, period) ?? refuse('ROSTER_MISSING', { period });
  const assessment = readAssessment(ctx.db, period) ?? refuse('SURVEY_NOT_ASSESSED', { period });
  if (assessment.rosterHash !== roster.contentHash) refuse('SURVEY_ROSTER_NEWER', { period });
  return assessment;
}

/** The lines that a snapshot taken now would count, in order of code. */
function standingLines(db: Database, period: TaxPeriod): SurveyLine[] {
  return assessedRecords(db, period).map(surveyLineOf).filter((line) => line !== null);
}

/** Taxpayers of the last version that do not count any more. */
function droppedSince(db: Database, last: Snapshot | null, lines: readonly SurveyLine[]): SurveyLine[] {
  if (last === null) return [];
  const counted = new Set(lines.map((line) => line.uscc));
  const gone = readSurveyLines(db, last).filter((line) => line.counted && !counted.has(line.uscc));
  if (gone.length === 0) return [];
  const verdicts = readVerdicts(db, last.period);
  return gone.map((line) => droppedLine(line, verdicts.get(line.uscc) ?? 'absent'));
}

function placedOf(db: Database, snapshot: Snapshot, facts: SurveyFacts) {
  const standings = new Map(Array.from(facts.standings(db, snapshot.period), (standing) => [standing.uscc, standing]));
  const placed = placeLines(readSurveyLines(db, snapshot), { standings, later: facts.laterApplications(db, snapshot.period), verdicts: readVerdicts(db, snapshot.period) });
  const inside = new Set(placed.map((one) => one.line.uscc));
  const others = [...standings.values()].filter((standing) => !inside.has(standing.uscc));
  return {
    placed,
    outside: { count: others.length, determined: others.reduce((sum, one) => sum + one.determined, 0n), paid: others.reduce((sum, one) => sum + one.paid, 0n) },
    clawedBack: [...standings.values()].filter((standing) => inside.has(standing.uscc)).reduce((sum, one) => sum + one.clawedBack, 0n),
  };
}

/** The newest snapshot of each period that waits for its second person. */
export function surveyDesk(ctx: Context): readonly DeskLine[] {
  const waiting = listSnapshots(ctx.db, null).filter((snapshot) => snapshot.newest && snapshot.package === null && snapshot.confirmedBy === null);
  if (waiting.length === 0) return [];
  return [{
    table: 'survey', state: 'frozen', title: '底数待复核', may: ['reviewer'], count: waiting.length, total: sumFen(waiting.map(totalOf)),
    oldest: waiting.map(({ frozenOn }) => frozenOn).sort()[0] ?? null, dueOn: null, daysLeft: null, overdue: 0,
  }];
}

/** @throws Refusal SURVEY_NOT_FROZEN SURVEY_VERSION_UNKNOWN */
export function snapshotOr(db: Database, period: TaxPeriod, version: number | undefined): Snapshot {
  const found = findSnapshot(db, period, version ?? null);
  if (found !== null) return found;
  return findSnapshot(db, period, null) === null || version === undefined ? refuse('SURVEY_NOT_FROZEN', { period }) : refuse('SURVEY_VERSION_UNKNOWN', { period, version });
}

function shownSnapshot(db: Database, snapshot: Snapshot): z.output<typeof snapshotView> {
  const { number, period, version, newest, reason, frozenOn, confirmedOn, package: packageId, assessed, totals } = snapshot;
  return {
    number, period, version, newest, reason, frozenOn, confirmedOn, package: packageId, assessed,
    verdicts: { ...snapshot.verdicts },
    frozenBy: personName(db, snapshot.frozenBy),
    confirmedBy: personName(db, snapshot.confirmedBy),
    ...totals,
    total: totalOf(snapshot),
  };
}

function shownLine(line: SurveyLine) {
  const { uscc, name, industry, size, route, verdict, list, existing, incremental, existingWindow, incrementalWindow } = line;
  return { uscc, name, industry, size, route, verdict, list, existing, incremental, total: existing + incremental, existingWindow, incrementalWindow, open: openAmount(line) };
}

function shownPlaced({ line, stage, place, frozen, actual, differences, refund, laterPeriod, verdict }: Placed) {
  return { uscc: line.uscc, name: line.name, stage, place, frozen, actual, differences, refund, laterPeriod, verdict };
}

export function totalOf(snapshot: Snapshot): Fen {
  return snapshot.totals.existing + snapshot.totals.incremental;
}

function sumOf({ differences: { closed, redetermined, notAsked, notApproved } }: FunnelTally): Fen {
  return closed + redetermined + notAsked + notApproved;
}

function countCheck(says: string, left: number, right: number) {
  return { says, left: String(left), right: String(right), difference: String(left - right), holds: left === right };
}

function amountCheck(says: string, left: Fen, right: Fen) {
  return { says, left: yuanText(left), right: yuanText(right), difference: yuanText(left - right), holds: left === right };
}
