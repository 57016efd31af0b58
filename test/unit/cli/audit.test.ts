/** What the audit stream keeps: acts refused for want of a duty and by the separation of duties, singly and in bulk; never a taxpayer's name. */
import { expect, test } from 'vitest';
import { done, practiceOffice, refused, testClock } from '../../support/practice.ts';
import { readEntries } from '../../../electron/journal/index.ts';
import { openLedgerFile } from '../../../electron/platform/database.ts';

test('an act beyond a person’s duties leaves one audit line and no business entry', async () => {
  const office = await practiceOffice('tax', testClock('2022-04-11T09:00'));
  const before = await done(office, 'administration.status', {}, 'audit');
  expect((await refused(office, 'refunds.addVoucherRange', { first: '00000001', last: '00000009' }, 'audit')).code).toBe('DUTY_NOT_HELD');
  const after = await done(office, 'administration.status', {}, 'audit');
  expect(after.head.seq).toBe(before.head.seq + 1);
  office.close();
  const db = openLedgerFile(office.folders.ledger, { mustExist: true });
  const last = [...readEntries(db, before.head.seq)].map((entry) => JSON.parse(entry.body) as Record<string, unknown>);
  db.close();
  expect(last).toMatchObject([{ stream: 'audit', kind: 'administration.refuseAct', maker: 'audit', facts: { operation: 'refunds.addVoucherRange', code: 'DUTY_NOT_HELD' } }]);
});

test('a refusal for any other reason leaves the ledger as it was', async () => {
  const office = await practiceOffice('tax', testClock('2022-04-11T09:00'));
  const before = await done(office, 'administration.status', {}, 'audit');
  await refused(office, 'refunds.addVoucherRange', { first: '00000009', last: '00000001' }, 'issuer');
  await refused(office, 'refunds.apply', { refunds: ['SQ-2022-000001'] }, 'handler');
  expect((await done(office, 'administration.status', {}, 'audit')).head).toEqual(before.head);
});

test('D6 a clock that went back stops writing, not reading', async () => {
  const clock = testClock('2022-04-11T09:00');
  const office = await practiceOffice('tax', clock);
  clock.now -= 11 * 60_000;
  expect((await refused(office, 'refunds.addVoucherRange', { first: '00000001', last: '00000009' }, 'issuer')).code).toBe('CLOCK_WENT_BACK');
  expect(await done(office, 'administration.agency', {}, 'issuer')).toEqual({ agency: 'tax', practice: true });
});
