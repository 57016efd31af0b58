/** The session of one window over real offices in real threads: who may ask what and when, and that two windows share nothing. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contract } from '../../../shared/contract.ts';
import { shellContract } from '../../../shared/shell/contract.ts';
import { practiceIn, testSession, type TestSession } from '../../support/shell-session.ts';
import { temporaryFolder } from '../../support/practice.ts';
import { completeCells, rosterText, testUscc } from '../../support/roster-rows.ts';

const period = '2022-04';

describe('before an office is open and before somebody signed in', () => {
  test('operations and rows that need an office are refused, whatever the input', async () => {
    const session = testSession(join(temporaryFolder(), 'recent.json'));
    expect(await session.code('administration.status', {})).toBe('OFFICE_NOT_OPEN');
    expect(await session.code('shell.signIn', { username: 'handler', password: null })).toBe('OFFICE_NOT_OPEN');
    expect(await session.code('no.such.operation', {})).toBe('UNKNOWN_OPERATION');
    expect(await session.code('shell.noSuchRow', {})).toBe('UNKNOWN_OPERATION');
    expect(await session.code('constructor', {})).toBe('UNKNOWN_OPERATION');
    expect(session.status().office).toBeNull();
  });

  test('an open office answers what anyone may ask and refuses the rest', async () => {
    const folder = temporaryFolder();
    const session = testSession(join(folder, 'recent.json'));
    await session.done('shell.foundOffice', { practice: true, folder: await session.token(join(folder, 'tax')), agency: 'tax', county: '211382', name: '凌源市演练税务局' });
    expect(await session.code('administration.status', {})).toBe('done');
    expect(await session.code('administration.profile', {})).toBe('NOT_SIGNED_IN');
    expect(await session.code('shell.pickFile', { kind: 'roster' })).toBe('NOT_SIGNED_IN');
    expect(await session.code('shell.signIn', { username: 'nobody', password: null })).toBe('UNKNOWN_OPERATOR');
    expect(await session.code('shell.foundOffice', { practice: true, folder: await session.token(join(folder, 'b')), agency: 'tax', county: '211382', name: '乙' })).toBe('OFFICE_ALREADY_OPEN');
    expect((await session.done('shell.practiceOperators', {})).operators.map(({ username }) => username)).toContain('reviewer');
  });

  test('a folder must be one a person pointed at, empty, and fit for a ledger', async () => {
    const folder = temporaryFolder();
    const session = testSession(join(folder, 'recent.json'));
    const founding = { practice: true, agency: 'tax', county: '211382', name: '凌源市演练税务局' } as const;
    expect(await session.code('shell.foundOffice', { ...founding, folder: join(folder, 'tax') })).toBe('INPUT_INVALID');
    expect(await session.code('shell.foundOffice', { ...founding, folder: `file-${'0'.repeat(32)}` })).toBe('FILE_UNKNOWN');
    mkdirSync(join(folder, 'full'));
    writeFileSync(join(folder, 'full', 'x'), '');
    expect(await session.code('shell.foundOffice', { ...founding, folder: await session.token(join(folder, 'full')) })).toBe('FOLDER_NOT_EMPTY');
    expect(await session.code('shell.foundOffice', { ...founding, folder: await session.token(join(folder, 'Dropbox')) })).toBe('FOLDER_UNSUITABLE');
    expect(await session.code('shell.openOffice', { folder: await session.token(join(folder, 'full')) })).toBe('NOT_AN_OFFICE');
    expect(await session.code('shell.openOffice', { recent: '0000000000000000' })).toBe('FILE_UNKNOWN');
    expect(session.faults).toEqual([]);
  });
});

describe('a practice office', () => {
  const folder = mkdtempSync(join(tmpdir(), 'liudi-session-'));
  const session: TestSession = testSession(join(folder, 'recent.json'), true);
  beforeAll(async () => {
    await practiceIn(session, join(folder, 'tax'), 'handler');
    const rows = Array.from({ length: 1500 }, (_, index) => ({ ...completeCells, uscc: testUscc(index + 1), name: `测试企业${String(index + 1)}` }));
    writeFileSync(join(folder, 'roster.csv'), rosterText(rows));
  });
  afterAll(async () => {
    await session.end();
    rmSync(folder, { recursive: true, force: true });
  });

  test('the page never says who acts: an operator named in the input is an unknown field', async () => {
    expect(await session.code('administration.profile', { username: 'system' })).toBe('INPUT_INVALID');
    expect(session.status().person?.username).toBe('handler');
    expect(await session.code('administration.setDuties', { username: 'handler', duties: ['approver'] })).toBe('DUTY_NOT_HELD');
  });

  test('every row of both tables answers malformed input with a refusal, and the ledger stays as it is', async () => {
    const head = async (): Promise<unknown> => (await session.operation('administration.status', {})).head;
    const before = await head();
    const names = [...Object.keys(contract), ...Object.keys(shellContract)].filter((name) => !['shell.signOut', 'shell.lock', 'shell.closeOffice'].includes(name));
    const malformed: readonly unknown[] = [null, 7, 'text', [], [{}], { unexpected: true }, { file: '../../x', folder: 'C:\\', kind: 'exe', period: "2022-04'; DROP TABLE journal" }];
    const wrong: string[] = [];
    for (const name of names) {
      for (const input of malformed) {
        const reply = await session.invoke(name, input);
        if (reply.ok || reply.error.code !== 'INPUT_INVALID') wrong.push(`${name} ${JSON.stringify(input)}: ${reply.ok ? 'done' : reply.error.code}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(await head()).toEqual(before);
    expect(session.faults).toEqual([]);
  });

  test('a path in place of a token opens nothing', async () => {
    expect(await session.code('roster.import', { file: join(folder, 'roster.csv'), period })).toBe('FILE_UNKNOWN');
    session.answer.path = join(folder, 'roster.csv');
    const picked = await session.done('shell.pickFile', { kind: 'roster' });
    expect(picked?.name).toBe('roster.csv');
    const imported = await session.operation('roster.import', { file: picked?.token, period });
    expect(imported.accepted).toBe(1500);
  });

  test('stopped work leaves no trace, and while it runs the office cannot be closed', async () => {
    const { head } = await session.operation('administration.status', {});
    const assessing = session.code('eligibility.assess', { period });
    expect(session.works.changing()).toBe(contract['eligibility.assess'].title);
    const closing = session.code('shell.closeOffice', {});
    session.works.stopAll();
    expect(await closing).toBe('WORK_STILL_RUNNING');
    expect(await assessing).toBe('WORK_STOPPED');
    expect((await session.operation('administration.status', {})).head).toEqual(head);
    expect(session.works.changing()).toBeNull();
  });

  test('long work tells how far it is and that it ended', async () => {
    session.notices.length = 0;
    const assessed = await session.operation('eligibility.assess', { period });
    expect(assessed.rows).toBe(1500);
    const steps = session.notices.flatMap(({ topic, notice }) => (topic === 'progress' && 'work' in notice ? [notice] : []));
    expect(steps.map(({ operation, title, total }) => [operation, title, total])[0]).toEqual(['eligibility.assess', contract['eligibility.assess'].title, 1500]);
    expect(steps.map(({ ended }) => ended)).toEqual([...steps.slice(1).map(() => false), true]);
    expect(session.status().running).toEqual([]);
    expect(await session.done('shell.stopWork', { work: steps[0]?.work ?? 0 })).toEqual({ stopping: false });
  });

  test('a picked folder lists the files the program knows, by token', async () => {
    const stick = join(folder, 'stick');
    mkdirSync(stick);
    for (const name of ['a.kxp', 'b.KXC', 'c.exe', 'd.csv']) writeFileSync(join(stick, name), name);
    session.answer.path = stick;
    const picked = await session.done('shell.pickFolder', { purpose: 'stick' });
    const { files, more } = await session.done('shell.listFolder', { folder: picked?.token ?? '' });
    expect(files.map(({ name, kind, bytes }) => [name, kind, bytes]).sort()).toEqual([['a.kxp', 'package', 5], ['b.KXC', 'keyCard', 5], ['d.csv', 'roster', 5]]);
    expect(more).toBe(false);
    rmSync(stick, { recursive: true });
    expect(await session.code('shell.listFolder', { folder: picked?.token ?? '' })).toBe('FOLDER_UNREACHABLE');
  });

  test('it is not locked by idleness, for it has no password to ask for', () => {
    session.clock.now += 60 * 60_000;
    session.tick();
    expect(session.status().locked).toBe(false);
  });

  test('the same folder cannot be opened in a second window, another office can', async () => {
    const other = testSession(join(folder, 'recent.json'));
    expect(await other.code('shell.openOffice', { folder: await other.token(join(folder, 'tax')) })).toBe('OFFICE_IN_USE');
    await practiceIn(other, join(folder, 'second'), 'reviewer');
    expect(other.status().person?.username).toBe('reviewer');
    expect(session.status().person?.username).toBe('handler');
    expect(await other.code('roster.list', { period })).toBe('done');
    expect((await other.operation('roster.list', { period })).count).toBe(0);
    expect((await session.operation('roster.list', { period })).count).toBe(1500);
  });

  test('closing gives the folder back, and the list of recent offices opens it again', async () => {
    await session.done('shell.closeOffice', {});
    const [recent] = (await session.done('shell.recentOffices', {})).offices.filter((office) => office.folderName === 'tax');
    expect(recent).toMatchObject({ practice: true, present: true, name: '凌源市演练税务局' });
    const status = await session.changed('shell.openOffice', { recent: recent?.id ?? '' });
    expect(status.office?.identity.practice).toBe(true);
    expect(status.person).toBeNull();
  });
});
