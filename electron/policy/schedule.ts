/**
 * The schedule 进度安排 out of the dated values of No. 14, the county plan and the working calendar: windows by group and credit, the months of a
 * year. It reads the same values as the rules and says what they open; nothing is decided here, and no target is ever compared with an application.
 * @source 2022-14/1, /2, /11, /15, 2022-17/2, 2022-19/1, 2022-21/1; policy-facts 2.2, 8
 */
import type { z } from 'zod';
import type { ScheduleMonth, ScheduleWindow } from '../../shared/policy/schedule-contract.ts';
import { creditKinds, scheduleGroups, type CreditKind, type ScheduleGroup } from '../../shared/policy/schedule.ts';
import { present } from '../../shared/kernel/assert.ts';
import { addDays, type CivilDate } from '../../shared/kernel/civil-date.ts';
import { civilDateSchema, periodSchema } from '../../shared/kernel/schema.ts';
import { addPeriods, firstDay, lastDay, periodOf, taxPeriod, type TaxPeriod } from '../../shared/kernel/tax-period.ts';
import { filingDeadline, isWorkingDay, type WorkingCalendar } from '../../shared/kernel/working-days.ts';
import type { CountyPlan } from './county-plan.ts';
import { type FilingSpan, packInForce, type ParameterDocument } from '../eligibility/index.ts';
import type { PackId } from '../../shared/eligibility/model.ts';

type Keys = { readonly window: string | null; readonly target: string | null; readonly until: string | null; readonly says: string; readonly cites: readonly string[] };

const none = { target: null, until: null, says: '', cites: [] } as const;
const after2022 = '2023年1月申报期起，名单行业内的按第二条继续退还，名单以外的按2019年第39号公告第八条（连续六个月、不低于50万元、60%）';
const noTarget = '集中退还的日期没有见到规定';
const general = '按2019年第39号公告第八条：连续六个月、第六个月不低于50万元，退还60%';
const smallIncremental: Keys = { ...none, window: 'window.incremental.smallAndMicro', until: 'smallIncrementalUntil', says: after2022, cites: ['2022-14/1(1)', 'reading/routes'] };
const other: Readonly<Record<CreditKind, Keys>> = {
  existing: { ...none, window: null, says: '名单以外的中型、大型企业没有存量退税', cites: ['2022-14/2', '2022-14/14'] },
  incremental: { ...none, window: null, says: general, cites: ['2022-14/14', '2019-39/8'] },
};

/** Which values of the pack speak for a group and credit. */
const keysOf: Readonly<Record<ScheduleGroup, Readonly<Record<CreditKind, Keys>>>> = {
  micro: { existing: { ...none, window: 'window.existing.micro', target: 'target.existing.micro' }, incremental: smallIncremental },
  small: { existing: { ...none, window: 'window.existing.small', target: 'target.existing.small' }, incremental: smallIncremental },
  'six.medium': {
    existing: { ...none, window: 'window.existing.six.medium', target: 'target.existing.six.medium' },
    incremental: { ...none, window: 'window.incremental.six' },
  },
  'six.large': {
    existing: { ...none, window: 'window.existing.six.large', target: 'target.existing.six.large' },
    incremental: { ...none, window: 'window.incremental.six' },
  },
  'seven.medium': {
    existing: { ...none, window: 'window.existing.seven.medium', says: noTarget, cites: ['2022-21/1'] },
    incremental: { ...none, window: 'window.incremental.seven' },
  },
  'seven.large': {
    existing: { ...none, window: 'window.existing.seven.large', says: noTarget, cites: ['2022-21/1'] },
    incremental: { ...none, window: 'window.incremental.seven' },
  },
  'other.medium': other,
  'other.large': other,
};

const scheduledPack: PackId = 'mof-sta-2022-14';

export type ScheduleTerms = {
  /** Dated values of No. 14. */
  readonly document: ParameterDocument;
  readonly spans: Readonly<Record<PackId, FilingSpan>>;
  readonly plan: CountyPlan | null;
};

/** Every group and credit, as it stands in the filing period. */
export function windowLines({ document, spans, plan }: ScheduleTerms, filing: TaxPeriod): readonly ScheduleWindow[] {
  return scheduleGroups.flatMap((group) =>
    creditKinds.map((credit) => {
      const keys = keysOf[group][credit];
      const openFrom = datedValues(document, keys.window, periodSchema);
      const until = datedValues(document, keys.until, periodSchema).at(-1) ?? null;
      return {
        group,
        credit,
        openFrom,
        until,
        targets: datedValues(document, keys.target, civilDateSchema),
        planned: plan?.windows.filter((row) => row.credit === credit && row.groups.includes(group)).map(({ id }) => id) ?? [],
        standing: standingIn(filing, packInForce(spans, filing), { credit, from: openFrom.at(-1)?.value ?? null, until: until?.value ?? null }),
        says: keys.says,
        saysCites: keys.cites,
      };
    }),
  );
}

type Bounds = { readonly credit: CreditKind; readonly from: TaxPeriod | null; readonly until: TaxPeriod | null };

function standingIn(filing: TaxPeriod, inForce: PackId | null, { credit, from, until }: Bounds): ScheduleWindow['standing'] {
  if (inForce !== scheduledPack) return 'other-regime';
  // Without a window in No. 14 the incremental credit is left to No. 39 (2022-14/14), which knows no existing part.
  if (from === null) return credit === 'incremental' ? 'elsewhere' : 'none';
  if (filing < from) return 'not-yet';
  return until !== null && filing > until ? 'elsewhere' : 'open';
}

type DatedValue<T> = { readonly value: T; readonly issuedOn: CivilDate; readonly cites: readonly string[]; readonly certainty: 'A' | 'B' | 'C' | 'D'; readonly note: string | null };

/** The values of a key, the oldest document first. */
function datedValues<T>(document: ParameterDocument, key: string | null, form: z.ZodType<T>): readonly DatedValue<T>[] {
  const found = document.parameters.find((parameter) => parameter.key === key);
  return (found?.values ?? [])
    .toSorted((a, b) => (a.issuedOn < b.issuedOn ? -1 : 1))
    .map(({ value, issuedOn, cites, certainty, note }) => ({ value: form.parse(value), issuedOn, cites, certainty, note: note ?? null }));
}

/** The twelve months of the year of a filing period. */
export function scheduleMonths(terms: ScheduleTerms, filing: TaxPeriod, calendar: WorkingCalendar, reportDay: number): readonly ScheduleMonth[] {
  const windows = windowLines(terms, filing);
  const january = taxPeriod(`${filing.slice(0, 4)}-01`);
  return Array.from({ length: 12 }, (_, index) => {
    const month = addPeriods(january, index);
    const deadline = filingDeadline(calendar, month);
    return {
      month,
      pack: packInForce(terms.spans, month),
      filingDeadline: deadline,
      applicationUntil: lastApplicationDay(terms.document, month, deadline.date, calendar),
      opens: windows.filter(({ openFrom }) => openFrom.at(-1)?.value === month).map(({ group, credit }) => ({ group, credit })),
      planned: terms.plan?.windows.filter((row) => row.from <= month && (row.until === null ? row.from === month : month <= row.until)).map(({ id }) => id) ?? [],
      targets: windows.flatMap(({ group, targets }) =>
        targets.filter(({ value }) => periodOf(value) === month).map((target) => ({ group, date: target.value, standing: target === targets.at(-1) })),
      ),
      report: reportDue(month, reportDay, calendar),
    };
  });
}

/** 2022年4月至6月: the last working day of the month; otherwise the last day of filing. */
function lastApplicationDay(document: ParameterDocument, month: TaxPeriod, deadline: CivilDate, calendar: WorkingCalendar): ScheduleMonth['applicationUntil'] {
  const bound = (key: string): TaxPeriod | null => datedValues(document, key, periodSchema).at(-1)?.value ?? null;
  const from = bound('applicationExtended.from');
  const until = bound('applicationExtended.until');
  const extended = from !== null && until !== null && from <= month && month <= until;
  return extended ? { date: sameOrPreviousWorkingDay(calendar, lastDay(month)), extended } : { date: deadline, extended };
}

/** The plan does not say that a day off moves the report: the day stands, and the reminder comes before it (policy-facts 8). */
function reportDue(month: TaxPeriod, reportDay: number, calendar: WorkingCalendar): ScheduleMonth['report'] {
  const date = addDays(firstDay(month), reportDay - 1);
  return { date, remindOn: sameOrPreviousWorkingDay(calendar, date) };
}

function sameOrPreviousWorkingDay(calendar: WorkingCalendar, date: CivilDate): CivilDate {
  let day = date;
  while (!isWorkingDay(calendar, day)) day = addDays(day, -1);
  return day;
}

/** The document whose windows the schedule shows. */
export function scheduledDocument(documents: Readonly<Record<PackId, { readonly document: ParameterDocument }>>): ParameterDocument {
  return present(documents[scheduledPack], 'the pack of No. 14').document;
}
