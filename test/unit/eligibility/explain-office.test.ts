/** 差多少就符合 and 各时期对照 in an office: by operation and by command, over the standing roster, changing nothing. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { taxPeriod } from '../../../shared/kernel/tax-period.ts';
import { jsonOf, liudi } from '../../support/command-line.ts';
import { done, practiceOffice, refused, temporaryFolder, testClock } from '../../support/practice.ts';
import { completeText, testUscc } from '../../support/roster-rows.ts';

const period = taxPeriod('2022-04');
const plain = { exportRefundDue: '', vatArrears: '', existingRefundedOn: '', generalRefundedOn: '', evasion36: '0', immediateRefundRepaidOn: '', abnormalVouchers: '' };

function roster(folder: string, name: string, cells: Record<string, string>): string {
  const file = join(folder, name);
  writeFileSync(file, completeText({ ...plain, ...cells }));
  return file;
}

test('proposals and the comparison come from the standing roster; a roster that changed since is said', async () => {
  const folder = temporaryFolder();
  const office = await practiceOffice('tax', testClock('2022-08-11T09:00'), join(folder, 'tax'));
  await done(office, 'roster.import', { file: roster(folder, 'a.csv', { creditRating: 'M' }), period }, 'handler');
  await done(office, 'eligibility.assess', { period }, 'handler');
  const asked = { uscc: testUscc(1), period };
  const first = await done(office, 'eligibility.whatIf', asked, 'handler');
  expect([first.verdict, first.changedSince, first.proposals.map(({ kind }) => kind)]).toEqual(['ineligible', false, ['registered']]);

  await done(office, 'roster.import', { file: roster(folder, 'b.csv', { creditRating: '' }), period }, 'handler');
  await done(office, 'roster.import', { file: roster(folder, 'c.csv', { creditRating: 'B' }), period: taxPeriod('2022-06') }, 'handler');
  const { head } = await done(office, 'administration.status', {}, 'handler');
  const later = await done(office, 'eligibility.whatIf', asked, 'handler');
  expect([later.verdict, later.changedSince, later.proposals.map(({ kind }) => kind)]).toEqual(['needs-evidence', true, ['supply']]);
  const { runs, ownRows } = await done(office, 'eligibility.timeMachine', { ...asked, from: taxPeriod('2022-05'), until: taxPeriod('2022-07') }, 'handler');
  expect([ownRows, runs.map(({ rowOf, verdict }) => [rowOf, verdict])]).toEqual([['2022-06'], [['2022-04', 'needs-evidence'], ['2022-06', 'refundable'], ['2022-04', 'needs-evidence']]]);
  expect((await done(office, 'administration.status', {}, 'handler')).head).toEqual(head);

  expect((await refused(office, 'eligibility.whatIf', { uscc: testUscc(9), period }, 'handler')).code).toBe('ROSTER_TAXPAYER_UNKNOWN');
  expect((await refused(office, 'eligibility.timeMachine', { ...asked, from: taxPeriod('2022-07'), until: taxPeriod('2022-05') }, 'handler')).code).toBe('PERIODS_REVERSED');
  expect((await refused(office, 'eligibility.timeMachine', { ...asked, from: taxPeriod('2019-01') }, 'handler')).code).toBe('PERIOD_BEFORE_POLICY');
});

test('the command tells all three in one text, and as one document', () => {
  const folder = temporaryFolder();
  const office = ['--office', join(folder, 'tax'), '--clock', '2022-08-11'];
  const tax = (...words: string[]) => liudi([...words, ...office]);
  expect(tax('office', 'init', join(folder, 'tax'), '--agency', 'tax', '--county', '211382', '--name', '凌源市税务局', '--unattended').exit).toBe(0);
  expect(tax('roster', 'import', roster(folder, 'a.csv', { creditRating: 'M' }), '--period', period).exit).toBe(0);
  expect(tax('assess', '--period', period).exit).toBe(0);
  const words = ['explain', testUscc(1), '--period', period, '--what-if', '--across', '2022-03..2022-06'];
  const told = tax(...words);
  expect(told.exit, told.stderr).toBe(0);
  for (const part of ['结论：不符合条件', '差多少就符合：下列任一项成立时，结论变为可退', '纳税信用级别以申请时公布的为准', '各时期对照（2022-03 至 2022-06）']) expect(told.stdout).toContain(part);
  expect(jsonOf(tax(...words, '--json'))).toMatchObject({ verdict: 'ineligible', whatIf: { goal: 'refundable' }, timeMachine: { from: '2022-03' } });
  expect(Object.keys(jsonOf(tax('explain', testUscc(1), '--period', period, '--json')))).not.toContain('whatIf');
  expect(tax('explain', testUscc(1), '--period', period, '--across', '2022-03').exit).toBe(2);
});
