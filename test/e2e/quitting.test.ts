/** Leaving the built program in the middle of an act: going on, stopping, waiting, and the power switch; the ledger is whole each time. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { taxPeriod, type TaxPeriod } from '../../shared/kernel/tax-period.ts';
import { openOffice, systemSurroundings } from '../../electron/office/office.ts';
import { completeCells, rosterText, testUscc } from '../support/roster-rows.ts';
import { answerOpenDialogs, answerQuestions, done, fileFolder, openProgram, practiceOffice, shellDone, type Program } from '../support/program.ts';

const folder = fileFolder();
const dir = join(folder, 'tax');
const rosterFile = join(folder, 'roster.csv');
/** Enough for an assessment to be caught at its work. */
const taxpayers = 2_000;
/** Patience of a busy machine. */
const patience = { interval: 2, timeout: 60_000 };
let program: Program;

beforeAll(async () => {
  writeFileSync(rosterFile, rosterText(Array.from({ length: taxpayers }, (_, index) => ({ ...completeCells, uscc: testUscc(index + 1), name: `测试企业${String(index + 1)}` }))));
  program = await openProgram({ folder });
  await practiceOffice(program, { agency: 'tax', dir, as: 'handler' });
});

afterAll(async () => {
  await program.app.close().catch(() => undefined); // the last test has already ended it
});

async function importRoster(period: TaxPeriod): Promise<void> {
  expect((await done(program.page, 'roster.import', { file: await rosterToken(), period })).accepted).toBe(taxpayers);
}

async function rosterToken(): Promise<string> {
  await answerOpenDialogs(program.app, rosterFile);
  return (await shellDone(program.page, 'shell.pickFile', { kind: 'roster' }))?.token ?? '';
}

/** Starts an act and returns once the program has it: the status asked after it is answered after it was taken. What is told is collected in the page. */
async function start(name: 'eligibility.assess' | 'roster.import', input: object): Promise<void> {
  await program.page.evaluate(async ([called, given]) => {
    const told: string[] = [];
    Object.assign(window, { told });
    window.liudi.subscribe('progress', ({ label, ended }) => told.push(ended ? 'ended' : label));
    void window.liudi.invoke(called, given).then((reply) => told.push(reply.ok ? 'done' : reply.error.code));
    await window.liudi.invoke('shell.status', {});
  }, [name, input] as const);
}

const told = (): Promise<string[]> => program.page.evaluate(() => (window as unknown as { told: string[] }).told);
const exitOf = ({ app }: Program): Promise<number | null> => new Promise((resolve) => app.process().once('exit', resolve));

async function quit(): Promise<number | null> {
  const exit = exitOf(program);
  await program.app.evaluate(({ app }) => { app.quit(); });
  return exit;
}

/** What is in the ledger once the program is gone. A fault of the chain or of any rebuilt table fails the test. */
async function ledger(): Promise<{ readonly seq: number; readonly assessed: readonly string[]; readonly imported: readonly string[] }> {
  const office = openOffice(dir, systemSurroundings());
  expect(office.verify('deep').faults).toEqual([]);
  const ask = async (name: string): Promise<unknown> => {
    const reply = await office.call(name, {}, 'handler');
    if (!reply.ok) throw new Error(reply.error.message);
    return reply.value;
  };
  const { head } = (await ask('administration.status')) as { head: { seq: number } };
  const { periods } = (await ask('eligibility.periods')) as { periods: { period: string }[] };
  const { imports } = (await ask('roster.imports')) as { imports: { period: string }[] };
  office.close();
  return { seq: head.seq, assessed: periods.map(({ period }) => period).sort(), imported: imports.map(({ period }) => period).sort() };
}

async function reopen(): Promise<void> {
  program = await openProgram({ folder });
  const [recent] = (await shellDone(program.page, 'shell.recentOffices', {})).offices;
  await shellDone(program.page, 'shell.openOffice', { recent: recent?.id ?? '' });
  expect((await shellDone(program.page, 'shell.status', {})).office?.fault).toBeNull();
  await shellDone(program.page, 'shell.signIn', { username: 'handler', password: null });
}

test('whoever goes on keeps the window, and the act is entered', async () => {
  await importRoster(taxPeriod('2022-04'));
  await answerQuestions(program.app, 0);
  await start('eligibility.assess', { period: '2022-04' });
  await program.app.evaluate(({ app }) => { app.quit(); });
  await expect.poll(told, patience).toContain('done');
  expect((await shellDone(program.page, 'shell.status', {})).person?.username).toBe('handler');
});

test('whoever stops it finds the ledger as it was before the act', async () => {
  await importRoster(taxPeriod('2022-05'));
  const before = (await done(program.page, 'administration.status', {})).head.seq;
  await answerQuestions(program.app, 2);
  await start('eligibility.assess', { period: '2022-05' });
  expect(await quit()).toBe(0);
  expect(await ledger()).toEqual({ seq: before, assessed: ['2022-04'], imported: ['2022-04', '2022-05'] });
});

test('whoever waits finds the act entered', async () => {
  await reopen();
  await answerQuestions(program.app, 1);
  await start('eligibility.assess', { period: '2022-05' });
  expect(await quit()).toBe(0);
  expect((await ledger()).assessed).toEqual(['2022-04', '2022-05']);
});

test('a program killed while it writes leaves a ledger that opens and verifies, with the whole act or without it', async () => {
  await reopen();
  const before = (await done(program.page, 'administration.status', {})).head.seq;
  await start('roster.import', { file: await rosterToken(), period: '2022-06' });
  await expect.poll(told, patience).toContain('存入账本');
  const exit = exitOf(program);
  program.app.process().kill('SIGKILL');
  await exit;
  const after = await ledger();
  expect(after.imported.includes('2022-06') ? after.seq - before : 0).toBe(after.seq - before);
  await reopen();
  expect((await done(program.page, 'roster.list', { period: taxPeriod('2022-06') })).count).toBe(after.imported.includes('2022-06') ? taxpayers : 0);
  expect(await quit()).toBe(0);
});
