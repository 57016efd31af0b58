/** The schedule says what the engine does; the county plan stands beside the national rules with both texts; a concentrated window refuses nobody. */
import { describe, expect, test } from 'vitest';
import { evaluatorFor, policyFrom } from '../../../electron/eligibility/index.ts';
import { loadCountyPlan, type CountyPlan } from '../../../electron/policy/index.ts';
import { countyProfileSchema } from '../../../shared/administration/model.ts';
import { creditKinds, scheduleGroups, type ScheduleGroup } from '../../../shared/policy/schedule.ts';
import type { Schedule, ScheduleWindow } from '../../../shared/policy/schedule-contract.ts';
import { packIds } from '../../../shared/eligibility/model.ts';
import { present } from '../../../shared/kernel/assert.ts';
import { addPeriods, taxPeriod, type TaxPeriod } from '../../../shared/kernel/tax-period.ts';
import { checkoutResources } from '../../../electron/platform/resources.ts';
import type { Office } from '../../../electron/office/office.ts';
import { readResource, shippedArticles, shippedPolicy } from '../../golden/golden-policy.ts';
import { goldenRow, type Cells } from '../../golden/golden-rows.ts';
import { rowOf, taxpayerKinds } from '../../golden/taxpayer-kinds.ts';
import { done, practiceOffice, setProfile, testClock } from '../../support/practice.ts';

const plan = present(loadCountyPlan('211382', checkoutResources), 'the plan of 凌源市');
const under2022: readonly TaxPeriod[] = Array.from({ length: 41 }, (_, index) => addPeriods(taxPeriod('2022-04'), index));

const sizeCells = { micro: '1000000.00', small: '15000000.00', medium: '60000000.00', large: '2000000000.00' } as const;
const industryCells = {
  six: { 划型行业代码: 'C3311', 近12个月分行业销售额: 'C=1000000.00' },
  seven: { 划型行业代码: 'F5111', 近12个月分行业销售额: 'F51=1000000.00' },
  other: { 划型行业代码: 'E4710', 上年末资产总额: '900000000000.00', 近12个月分行业销售额: 'E=1000000.00' },
} as const satisfies Readonly<Record<string, Cells>>;

/** A firm of a group with existing and incremental credit of which every fact is known. */
function firmOf(group: ScheduleGroup, differing: Cells = {}) {
  const [industry, size] = group.includes('.') ? group.split('.') : ['six', group];
  return goldenRow({ ...industryCells[industry as keyof typeof industryCells], 上年增值税销售额: sizeCells[size as keyof typeof sizeCells], ...differing }); // the two halves of a group's name
}

async function scheduleOf(office: Office, period: string): Promise<Schedule> {
  return await done(office, 'policy.schedule', { period: taxPeriod(period) }, 'handler');
}

function lineOf(schedule: Schedule, group: ScheduleGroup, credit: ScheduleWindow['credit']): ScheduleWindow {
  return present(schedule.windows.find((line) => line.group === group && line.credit === credit), 'a line for every group and credit');
}

describe('windows and targets', () => {
  test('stand as policy-facts 2.2 gives them, with what was first set', async () => {
    const schedule = await scheduleOf(await practiceOffice('tax', testClock('2022-05-10T09:00')), '2022-05');
    const shown = scheduleGroups.map((group) => {
      const existing = lineOf(schedule, group, 'existing');
      const incremental = lineOf(schedule, group, 'incremental');
      return [group, existing.openFrom.map(({ value }) => value).join(' → '), existing.targets.map(({ value }) => value).join(' → '), incremental.openFrom.map(({ value }) => value).join(' → '), existing.standing, incremental.standing];
    });
    expect(shown).toEqual([
      ['micro', '2022-04', '2022-04-30', '2022-04', 'open', 'open'],
      ['small', '2022-05', '2022-06-30', '2022-04', 'open', 'open'],
      ['six.medium', '2022-07 → 2022-05', '2022-09-30 → 2022-06-30', '2022-04', 'open', 'open'],
      ['six.large', '2022-10 → 2022-06', '2022-12-31 → 2022-06-30', '2022-04', 'not-yet', 'open'],
      ['seven.medium', '2022-07', '', '2022-07', 'not-yet', 'not-yet'],
      ['seven.large', '2022-07', '', '2022-07', 'not-yet', 'not-yet'],
      ['other.medium', '', '', '', 'none', 'elsewhere'],
      ['other.large', '', '', '', 'none', 'elsewhere'],
    ]);
  });

  test('the engine opens each kind in the filing period that the schedule names, never before', async () => {
    const office = await practiceOffice('finance', testClock('2022-05-10T09:00'));
    const { windows } = await scheduleOf(office, '2022-05');
    const faults: string[] = [];
    for (const filing of under2022) {
      const evaluate = evaluatorFor(filing, shippedPolicy);
      for (const group of scheduleGroups) {
        const { route, existingOpenFrom, incrementalOpenFrom } = evaluate(firmOf(group));
        for (const credit of creditKinds) {
          const line = present(windows.find((one) => one.group === group && one.credit === credit), 'a line');
          const named = line.openFrom.at(-1)?.value ?? null;
          const found = credit === 'existing' ? existingOpenFrom : incrementalOpenFrom;
          // Before a list is in force its firms are strangers to No. 14; small firms leave article 1 with their incremental part.
          const listed = !group.startsWith('seven') || filing >= '2022-07';
          const ended = line.until !== null && filing > line.until.value && route !== '2022-14/2';
          const expected = listed && !ended ? named : null;
          if (found !== expected) faults.push(`${filing} ${group} ${credit}: ${String(found)} instead of ${String(expected)}`);
        }
      }
    }
    expect(faults).toEqual([]);
  });

  test.each([
    ['2022-03', 'other-regime', 'mof-sta-gac-2019-39'], ['2022-12', 'open', 'mof-sta-2022-14'], ['2023-01', 'elsewhere', 'mof-sta-2022-14'], ['2025-08', 'elsewhere', 'mof-sta-2022-14'], ['2025-09', 'other-regime', 'mof-sta-2025-07'],
  ])('in %s the incremental credit of micro firms stands as %s under %s', async (period, standing, pack) => {
    const schedule = await scheduleOf(await practiceOffice('treasury', testClock('2022-05-10T09:00')), period);
    expect(lineOf(schedule, 'micro', 'incremental').standing).toBe(standing);
    expect(schedule.regimes.filter(({ inForce }) => inForce).map((regime) => regime.pack)).toEqual([pack]);
  });
});

describe('the months of 2022', () => {
  test('have the published last days of filing, and application until the last working day in April, May and June', async () => {
    const { months } = await scheduleOf(await practiceOffice('tax', testClock('2022-05-10T09:00')), '2022-05');
    expect(months.map(({ filingDeadline }) => filingDeadline.date.slice(5))).toEqual([
      '01-19', '02-23', '03-15', '04-20', '05-19', '06-20', '07-15', '08-15', '09-20', '10-25', '11-15', '12-15',
    ]);
    expect(months.filter(({ applicationUntil }) => applicationUntil.extended).map(({ applicationUntil }) => applicationUntil.date)).toEqual(['2022-04-29', '2022-05-31', '2022-06-30']);
    expect(months.filter(({ applicationUntil }) => !applicationUntil.extended).every(({ applicationUntil, filingDeadline }) => applicationUntil.date === filingDeadline.date)).toBe(true);
  });

  test('name what opens, what the plan concentrates and which targets fall, moved ones included', async () => {
    const { months } = await scheduleOf(await practiceOffice('tax', testClock('2022-05-10T09:00')), '2022-05');
    const shown = months.filter(({ opens, planned, targets }) => opens.length + planned.length + targets.length > 0).map(({ month, opens, planned, targets }) => [
      month, opens.map(({ group, credit }) => `${group} ${credit}`).join(', '), planned.join(), targets.map(({ group, standing }) => `${group}${standing ? '' : '*'}`).join(),
    ]);
    expect(shown).toEqual([
      ['2022-04', 'micro existing, micro incremental, small incremental, six.medium incremental, six.large incremental', '1,4', 'micro'],
      ['2022-05', 'small existing, six.medium existing', '1', ''],
      ['2022-06', 'six.large existing', '1', 'small,six.medium,six.large'],
      ['2022-07', 'seven.medium existing, seven.medium incremental, seven.large existing, seven.large incremental', '2', ''],
      ['2022-08', '', '2', ''],
      ['2022-09', '', '2', 'six.medium*'],
      ['2022-10', '', '3', ''],
      ['2022-11', '', '3', ''],
      ['2022-12', '', '3', 'six.large*'],
    ]);
  });

  test('remind of the report before a day off, without moving the day, and follow the county’s own setting', async () => {
    const office = await practiceOffice('tax', testClock('2022-05-10T09:00'));
    const { months, reportDay } = await scheduleOf(office, '2022-05');
    expect({ reportDay, april: months[3]?.report, july: months[6]?.report }).toEqual({
      reportDay: 10, april: { date: '2022-04-10', remindOn: '2022-04-08' }, july: { date: '2022-07-10', remindOn: '2022-07-08' },
    });
    const profile = await done(office, 'administration.profile', {}, 'handler');
    await setProfile(office, { ...profile, monthlyReportDay: 12 });
    const changed = await scheduleOf(office, '2022-05');
    expect([changed.reportDay, changed.months[3]?.report.date, changed.plan?.monthlyReport.day]).toEqual([12, '2022-04-12', 10]);
  });
});

describe('the county plan beside the national rules', () => {
  test('every contradiction of policy-facts 9 has the plan’s own words, the national text or that none was found, and the consequence', () => {
    expect(plan.differences.map(({ id, kind }) => [id, kind])).toEqual([
      ['X1', 'differs'], ['X2', 'differs'], ['X3', 'differs'], ['X4', 'differs'], ['X5', 'differs'], ['X6', 'differs'], ['X7', 'agrees'], ['X8', 'local'], ['X9', 'unverified'],
    ]);
    expect(plan.differences.filter(({ kind, national }) => (kind === 'differs' || kind === 'agrees') !== national.length > 0).map(({ id }) => id)).toEqual([]);
    expect(plan.differences.filter(({ kind, national }) => kind === 'differs' && national.every(({ quote }) => quote === null)).map(({ id }) => id)).toEqual([]);
    expect(plan.differences.flatMap(({ national }) => national.map(({ cite }) => cite)).filter((cite) => !shippedArticles.has(cite))).toEqual([]);
  });

  test('what holds each consequence exists: a value of the pack, a rule, or a setting of the county', () => {
    const keys = new Set(packIds.flatMap((id) => shippedPolicy.documents[id].document.parameters.map(({ key }) => key)));
    const rules = new Set(packIds.flatMap((id) => shippedPolicy.packs[id].rules.map(({ id: rule }) => `rule:${rule}`)));
    const settings = new Set(Object.keys(countyProfileSchema.shape).map((key) => `profile:${key}`));
    expect(plan.differences.flatMap(({ id, held }) => held.filter((name) => !keys.has(name) && !rules.has(name) && !settings.has(name)).map((name) => `${id} ${name}`))).toEqual([]);
    expect(plan.differences.filter(({ held }) => held.length === 0).map(({ id }) => id)).toEqual(['X9']);
  });

  test('a quotation that the plan does not hold is refused', () => {
    const text = present(checkoutResources('plan/211382.json'), 'the plan').replace('2022年7-9月，集中办理符合条件的制造业等行业中型企业存量留抵退税"', '2022年7-9月，只办理中型企业"');
    expect(() => loadCountyPlan('211382', (path) => (path === 'plan/211382.json' ? text : checkoutResources(path)))).toThrow('not a sentence of the plan: 2022年7-9月，只办理中型企业');
  });

  test('a county without a plan has the national schedule alone', () => {
    expect(loadCountyPlan('000000', checkoutResources)).toBeNull();
  });
});

describe('a concentrated window', () => {
  /** Without any incremental credit, so that the existing part alone makes the refund. */
  const existingOnly = { 当期期末留抵税额: '80000.00', 近六期期末留抵税额: '' } as const satisfies Cells;
  const isIn = ({ from, until }: CountyPlan['windows'][number], filing: TaxPeriod): boolean => from <= filing && (until === null || filing <= until);
  const cases = plan.windows.flatMap((row) => row.groups.map((group) => ({ row, group, name: `${row.place} ${group} ${row.credit}` })));

  test.each(cases)('never refuses: $name, outside it and inside the legal window', ({ row, group }) => {
    const documents = shippedPolicy.documents['mof-sta-2022-14'].document;
    const key = row.credit === 'existing' ? `window.existing.${group}` : group.startsWith('six') ? 'window.incremental.six' : 'window.incremental.smallAndMicro';
    const openFrom = documents.parameters.find((parameter) => parameter.key === key)?.values.toSorted((a, b) => (a.issuedOn < b.issuedOn ? -1 : 1)).at(-1)?.value ?? null;
    const firm = row.credit === 'existing' ? firmOf(group, existingOnly) : firmOf(group, { '2019年3月31日期末留抵税额': '0.00' });
    const verdicts = under2022.map((filing) => ({ filing, inside: isIn(row, filing), verdict: evaluatorFor(filing, shippedPolicy)(firm).verdict }));
    if (typeof openFrom !== 'string') {
      // 名单以外的中型企业: no existing refund by national rule, whatever the month; the plan's window neither opens nor shuts it.
      expect([group, new Set(verdicts.map(({ verdict }) => verdict))]).toEqual(['other.medium', new Set(['ineligible'])]);
      return;
    }
    const legal = verdicts.filter(({ filing }) => filing >= openFrom);
    expect(legal.filter(({ verdict }) => verdict !== 'refundable')).toEqual([]);
    // An open-ended window has no outside; all others are met on both sides of it or after it.
    expect(legal.some(({ inside }) => !inside)).toBe(row.until !== null);
    expect(verdicts.filter(({ filing, verdict }) => filing < openFrom && verdict === 'refundable')).toEqual([]);
  });

  test('and the days of 集中退还 decide nothing: with every one moved into the past all answers of all kinds are the same', () => {
    const { documents } = shippedPolicy;
    const { document, hash } = documents['mof-sta-2022-14'];
    const parameters = document.parameters.map((parameter) => (parameter.key.startsWith('target.') ? { ...parameter, values: parameter.values.map((value) => ({ ...value, value: '2019-01-31' })) } : parameter));
    expect(parameters.filter(({ key }) => key.startsWith('target.'))).toHaveLength(4);
    const moved = policyFrom({ documents: { ...documents, 'mof-sta-2022-14': { document: { ...document, parameters }, hash } }, sizeStandards: JSON.parse(readResource('reference/size-standards.json')) });
    const differing = ['2022-04', '2022-06', '2022-07', '2022-12', '2025-08'].map(taxPeriod).flatMap((filing) => {
      const [asShipped, asMoved] = [evaluatorFor(filing, shippedPolicy), evaluatorFor(filing, moved)];
      return taxpayerKinds.map(rowOf).filter((row) => JSON.stringify(asShipped(row), text) !== JSON.stringify(asMoved(row), text));
    });
    expect(differing).toEqual([]);
  });
});

function text(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}
