/**
 * E1 Who may read and do what: every operation in every office against every duty. An operation stands in one line of the table below or the test names it;
 * what names a taxpayer is for people with a business duty alone.
 */
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { contract, type OperationName } from '../../../shared/contract.ts';
import { agencies, businessDuties, duties, type Duty } from '../../../shared/kernel/office.ts';
import type { Operation } from '../../../shared/kernel/operation.ts';
import { reportIds, reportTable } from '../../../shared/reports/table.ts';
import { permission } from '../../../electron/office/permission.ts';
import { april, assess, countyAt, refundable, sendBatch } from '../../support/exchange-offices.ts';
import { done, practiceOffice, refused, testClock } from '../../support/practice.ts';

const names = Object.keys(contract) as OperationName[]; // the keys of the closed table
const operations = Object.entries<Operation>(contract);

/** Queries that are no reading of cases, by who is served. Every other query is for people with a business duty. */
const queriesFor: Readonly<Record<string, readonly OperationName[]>> = {
  // The start page, the command line before sign-in and static tables.
  'anyone': ['administration.status', 'administration.agency', 'administration.care', 'keys.show', 'exchange.stops', 'refunds.lifecycle', 'treasury.lifecycle'],
  // Their own standing, without any duty.
  'signed-in': ['administration.operators'],
  'every duty': [
    'administration.desk', 'administration.profile', 'administration.profileProposal', 'administration.backups', 'policy.schedule', 'policy.parameters', 'policy.amendments', 'keys.writeCard', 'exchange.listPackages',
    'exchange.gaps', 'exchange.quarantine', 'exchange.receipts', 'exchange.openings', 'exchange.writeEvidence', 'refunds.calendar', 'reports.list', 'reports.render', 'reports.table',
    'reports.exportTable',
  ],
  'business and security': ['exchange.inspectPackage'],
  'audit': ['administration.journal'],
  'system': ['administration.proposeRecovery'],
};
const dutiesOf: Readonly<Record<string, readonly Duty[]>> = { 'every duty': duties, 'business and security': [...businessDuties, 'security'], 'audit': ['audit'], 'system': ['system'] };

function served(name: OperationName, held: readonly Duty[]): boolean {
  const operation: Operation = contract[name];
  return operation.agencies.some((agency) => permission(operation, agency, { name: '某人', duties: held }) === null);
}

describe('E1 each query is for a list of duties', () => {
  const queries = names.filter((name) => contract[name].kind === 'query');

  test.each(queries)('%s', (name) => {
    const [line] = Object.entries(queriesFor).find(([, listed]) => listed.includes(name)) ?? ['business'];
    const { may } = contract[name] as Operation;
    if (line === 'anyone' || line === 'signed-in') expect(may).toBe(line);
    else for (const duty of duties) expect([duty, served(name, [duty])]).toEqual([duty, (dutiesOf[line] ?? businessDuties).includes(duty)]);
    expect(served(name, [])).toBe(line === 'anyone' || line === 'signed-in');
  });

  test('no line of the table names what is no query', () => {
    expect(Object.values(queriesFor).flat().filter((name) => !queries.includes(name))).toEqual([]);
  });
});

test('E1 what answers with a taxpayer’s code is for people with a business duty alone', () => {
  const named = operations.filter(([, { output }]) => JSON.stringify(z.toJSONSchema(output, { io: 'input', unrepresentable: 'any' })).includes('"uscc":'));
  expect(named.length).toBeGreaterThan(10);
  const open = named.filter(([, { may }]) => typeof may === 'string' || may.some((duty) => !(businessDuties as readonly Duty[]).includes(duty)));
  expect(open.map(([name]) => name)).toEqual([]);
});

test('E1 the same operation is served alike in every office that has it, refused in every other, and no command is for administrators and business at once', () => {
  for (const [name, operation] of operations) {
    for (const agency of agencies) {
      const code = permission(operation, agency, { name: '某人', duties })?.code ?? null;
      expect([name, agency, code]).toEqual([name, agency, operation.agencies.includes(agency) ? null : 'NOT_IN_THIS_OFFICE']);
    }
    if (operation.may !== 'anyone') expect(permission(operation, operation.agencies[0] ?? 'tax', null)?.code).toBe('SIGN_IN_NEEDED');
  }
  const shared = operations.filter(([, { kind, may }]) => kind === 'command' && typeof may === 'object' && may.some((duty) => duty in { system: 1, security: 1, audit: 1 }) && may.some((duty) => !(duty in { system: 1, security: 1, audit: 1 })));
  // A verification changes nothing that anyone could want changed; it is recorded with who asked for it.
  expect(shared.map(([name]) => name)).toEqual(['administration.verify']);
});

test('E1 papers that name taxpayers are not made for administrators, and do not stand in their list', async () => {
  const office = await practiceOffice('tax', testClock('2022-05-05T09:00'));
  for (const person of ['system', 'security', 'audit'] as const) {
    const { reports } = await done(office, 'reports.list', {}, person);
    expect(reports.map(({ id }) => id)).toEqual(reportIds.filter((id) => reportTable[id].agencies.some((agency) => agency === 'tax') && reportTable[id].may.includes(person)));
    expect(reports.map(({ id }) => id).sort()).toEqual(['epoch-sheet', 'handover', 'key-sheet', 'schedule', 'separation']);
    for (const name of ['reports.render', 'reports.table'] as const) expect((await refused(office, name, { id: 'monthly', params: {} }, person)).code).toBe('DUTY_NOT_HELD');
    expect((await refused(office, 'refunds.list', { period: '2022-04' }, person)).code).toBe('DUTY_NOT_HELD');
  }
});

test('E1 the audit administrator finds entries by who, when and about whom, newest first and page by page; nobody else does', async () => {
  const clock = testClock('2022-05-05T09:00');
  const office = await practiceOffice('tax', clock);
  await done(office, 'administration.addOperator', { username: 'zhou', name: '周经办' }, 'system');
  clock.now += 86_400_000;
  await done(office, 'administration.setDuties', { username: 'zhou', duties: ['handler'] }, 'security');
  await refused(office, 'administration.setDuties', { username: 'zhou', duties: ['approver'] }, 'system');
  const find = (input: object) => done(office, 'administration.journal', input, 'audit');

  const about = await find({ about: 'zhou' });
  expect(about.entries.map(({ name, title, subject }) => [name, title, subject])).toEqual([['演练安全管理员', '操作员与岗位', 'zhou'], ['演练系统管理员', '操作员与岗位', 'zhou']]);
  expect((await find({ maker: 'system' })).entries.map(({ title, says }) => [title, says])).toEqual([['越权操作被拒', '“调整岗位”被拒绝'], ['操作员与岗位', '']]);
  expect((await find({ to: '2022-05-05', about: 'zhou' })).entries).toHaveLength(1);
  expect((await find({ from: '2022-05-06' })).entries).toHaveLength(2);
  expect((await find({ from: '2022-05-07' })).entries).toEqual([]);
  expect((await find({ stream: 'audit' })).entries.map(({ stream }) => stream)).toEqual(['audit']);
  const first = await find({ limit: 2 });
  const next = await find({ limit: 2, before: first.entries.at(-1)?.seq });
  expect([first.more, first.entries.length, (next.entries[0]?.seq ?? 0) + 1]).toEqual([true, 2, first.entries.at(-1)?.seq]);
  for (const other of ['handler', 'system', 'security']) expect((await refused(office, 'administration.journal', {}, other)).code).toBe('DUTY_NOT_HELD');
});

test('E1 a taxpayer is followed through acts done on many at once', async () => {
  const county = await countyAt('2022-04-18T09:00');
  await assess(county, [refundable(1), refundable(2)]);
  await sendBatch(county);
  const listed = await county.call('tax', 'refunds.list', { period: april });
  const uscc = listed.rows[0]?.uscc ?? '';
  const { entries } = await done(county.offices.tax, 'administration.journal', { about: uscc }, 'audit');
  expect(entries.map(({ title }) => title)).toContain('核准');
  expect(JSON.stringify(entries)).not.toContain(listed.rows[0]?.name ?? '—');
});
