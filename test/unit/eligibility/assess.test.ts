/** Judging a whole filing period: it can be stopped in the middle, and other questions are answered meanwhile. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Progress } from '../../../electron/journal/index.ts';
import { foundOffice } from '../../../electron/office/found-office.ts';
import { openOffice, type Office } from '../../../electron/office/office.ts';
import { refusal } from '../../../shared/errors.ts';
import { taxPeriod } from '../../../shared/kernel/tax-period.ts';
import { done, temporaryFolder, testClock, testEnv } from '../../support/practice.ts';
import { completeCells, rosterText, testUscc } from '../../support/roster-rows.ts';

const period = taxPeriod('2022-04');
const rows = 1100;

/** An office with a roster whose work is watched. */
async function officeWatchedBy(progress: Progress): Promise<Office> {
  const folder = temporaryFolder();
  const clock = testClock('2022-04-11T09:00');
  const founded = await foundOffice(join(folder, 'tax'), { agency: 'tax', county: '211382', name: '凌源市税务局', practice: true }, testEnv(clock));
  const file = join(folder, '名册.csv');
  writeFileSync(file, rosterText(Array.from({ length: rows }, (_, index) => ({ ...completeCells, uscc: testUscc(index + 1) }))));
  await done(founded, 'roster.import', { file, period }, 'handler');
  founded.close();
  return openOffice(join(folder, 'tax'), testEnv(clock, 'watched', { progress }));
}

test('stopped in the middle, nothing has changed, and the sentence says so', async () => {
  const told: string[] = [];
  const office = await officeWatchedBy((count, total, label) => {
    told.push(`${label} ${String(count)}/${String(total)}`);
    if (count >= 500) throw refusal('WORK_STOPPED', { title: label }); // as the office's thread does when a person asks
  });
  const before = await done(office, 'administration.status', {}, 'handler');
  const reply = await office.call('eligibility.assess', { period }, 'handler');
  expect(reply).toMatchObject({ ok: false, error: { code: 'WORK_STOPPED', message: expect.stringContaining('已做的部分全部撤回，账本未变') as string } });
  expect(told.length).toBeGreaterThan(1);
  expect(told.map((line) => /^资格测算 (\d+)\/1100$/.exec(line)?.[1]).map(Number).filter((count) => count >= 500)).toHaveLength(1);
  expect((await done(office, 'administration.status', {}, 'handler')).head).toEqual(before.head);
  expect((await done(office, 'eligibility.periods', {}, 'handler')).periods).toEqual([]);
  expect(office.verify('deep').faults).toEqual([]);
  office.close();
});

test('while it runs the office answers others', async () => {
  const happened: string[] = [];
  const office = await officeWatchedBy((count, _total, label) => { if (label === '资格测算') happened.push(String(count)); });
  const assessing = done(office, 'eligibility.assess', { period }, 'handler');
  setImmediate(() => void office.call('administration.status', {}, 'handler').then(() => happened.push('answered')));
  expect((await assessing).rows).toBe(rows);
  expect(happened.length).toBeGreaterThan(3);
  expect(happened.indexOf('answered')).toBeLessThan(happened.length - 1);
  office.close();
});
