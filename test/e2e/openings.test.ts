/**
 * Two ways a channel stops, walked back on the screen 停用与开期: two machines with one ledger fork the channel, and an office restored from a backup stands still. Each
 * time the page says why and whom to call, two persons open on each side, and work goes on.
 */
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { taxPeriod } from '../../shared/kernel/tax-period.ts';
import { openOffice, type Office } from '../../electron/office/office.ts';
import { restoreOffice } from '../../electron/office/restore-office.ts';
import { chain } from '../support/chain.ts';
import { choose, deepFaults, goTo, lookIntoPackage, openOnScreen, openTab, signInOnScreen } from '../support/clerk.ts';
import { done, testEnv } from '../support/practice.ts';
import { answerOpenDialogs, fileFolder, openProgram, type Program } from '../support/program.ts';
import { windowCounty, type WindowCounty } from '../support/window-county.ts';

const folder = fileFolder();
const clone = join(folder, 'clone');
const other = join(folder, 'other-stick');
const restoredDir = join(folder, 'treasury-restored');
const report = (period: string) => ({ kind: 'MONTHLY_REPORT', to: 'treasury', period: taxPeriod(period) }) as const;
let county: WindowCounty;
let program: Program;

/** Acts in an office that no window has open. */
async function withOffice<T>(dir: string, act: (office: Office) => Promise<T>): Promise<T> {
  const office = openOffice(dir, testEnv({ now: Date.now() }, `${dir}/${String(Date.now())}`));
  try {
    return await act(office);
  } finally {
    office.close();
  }
}

async function send(office: Office, period: string, stick: string): Promise<void> {
  const { packageId } = await done(office, 'exchange.exportPackage', { ...report(period), allowEmpty: true }, 'handler');
  await done(office, 'exchange.writePackage', { packageId, folder: stick }, 'handler');
}

/** The other office's half, by two of its people. */
async function openHalf(office: Office, peer: 'tax' | 'treasury'): Promise<void> {
  await done(office, 'exchange.proposeEpoch', { peer, reason: 'fork' }, 'handler');
  const { packageId } = await done(office, 'exchange.confirmEpoch', { peer }, 'approver');
  await done(office, 'exchange.writePackage', { packageId, folder: county.stick }, 'handler');
}

async function importOnScreen(file: string, button: string): Promise<void> {
  await goTo(program.page, '交换');
  await openTab(program.page, '收件');
  await lookIntoPackage(program.page, file);
  await program.page.getByRole('button', { name: button }).click();
}

const channel = (title = '税务局') => program.page.getByRole('region', { name: `与${title}的通道` });

async function openSheet(): Promise<void> {
  await goTo(program.page, '交换');
  await openTab(program.page, '停用与开期');
}

/** Two persons on the screen: the handler proposes, the approver signs and writes the file to the stick. */
async function openOnTheScreen(reason: RegExp, peer = '税务局'): Promise<void> {
  const { page } = program;
  await signInOnScreen(page, 'handler');
  await openSheet();
  await choose(page, `与${peer}开期的原因`, reason);
  await channel(peer).getByRole('button', { name: '拟开新一期' }).click();
  await expect.poll(() => channel(peer).innerText()).toContain('待审批人员确认');
  await signInOnScreen(page, 'approver');
  await openSheet();
  await channel(peer).getByRole('button', { name: '确认开期…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '签发开期文件' }).click();
  await page.getByRole('status').filter({ hasText: '开期文件，请写入 U 盘' }).waitFor();
  await channel(peer).getByRole('button', { name: '开期文件写入 U 盘…' }).click();
  await page.getByRole('status').filter({ hasText: '已写入' }).waitFor();
}

beforeAll(async () => {
  county = await windowCounty(folder);
  mkdirSync(clone);
  mkdirSync(other);
  copyFileSync(join(county.tax, 'ledger.db'), join(clone, 'ledger.db'));
  await withOffice(county.tax, (office) => send(office, '2022-04', county.stick));
  await withOffice(clone, (office) => send(office, '2022-05', other));
  copyFileSync(join(other, '211382-tax-treasury-e1-000001.kxp'), join(county.stick, '另一台机器.kxp'));
  program = await openProgram({ folder });
  await program.page.setViewportSize({ width: 1366, height: 768 });
  await openOnScreen(program, county.treasury);
  await answerOpenDialogs(program.app, county.stick);
  await signInOnScreen(program.page, 'handler');
}, 240_000);

afterAll(async () => {
  await program.app.close();
});

const step = chain('a forked channel and a restored office are walked back to work on the screen');

step('C3 C5 the second file under one number stops the channel; the page names both files and whom to call, and so does the desk', async () => {
  await importOnScreen('211382-tax-treasury-e1-000001.kxp', '导入这个交换包');
  await program.page.getByText('已接收税务局第 1 号包').waitFor();
  await importOnScreen('另一台机器.kxp', '登记，不入账');
  await program.page.getByText('与税务局的通道已冻结').first().waitFor();
  await openSheet();
  for (const words of ['同一序号出现两份不同文件', '本单位先收到的税务局第 1 号包', '未入账、已隔离的税务局第 1 号包', '请联系', '双方各由两人重新开期']) {
    await expect.poll(() => channel().innerText()).toContain(words);
  }
  await program.page.screenshot({ path: join(folder, '停用.png'), fullPage: true });
  await goTo(program.page, '工作台');
  await expect.poll(() => program.page.locator('main').innerText()).toContain('同一序号出现两份不同文件');
});

step('C3 two persons here and two persons there open the channel, and the next package is taken', async () => {
  await openOnTheScreen(/同一包号出现两份文件/);
  await withOffice(county.tax, async (office) => {
    await done(office, 'exchange.importPackage', { file: join(county.stick, '211382-treasury-tax-e2-000001.kxp') }, 'handler');
    await openHalf(office, 'treasury');
  });
  await importOnScreen('211382-tax-treasury-e2-000001.kxp', '导入这个交换包');
  await program.page.getByText('双方已开期，通道恢复收发').waitFor();
  await openSheet();
  await expect.poll(() => channel().innerText()).toContain('双方均已开期');
  await program.page.screenshot({ path: join(folder, '已开期.png'), fullPage: true });
  await withOffice(county.tax, (office) => send(office, '2022-06', county.stick));
  await importOnScreen('211382-tax-treasury-e2-000002.kxp', '导入这个交换包');
  await program.page.getByText('已接收税务局第 2 号包').waitFor();
});

step('C3 a restored office stands still, and works again when both have opened', async () => {
  await program.app.close();
  const backup = join(folder, '国库备份.age');
  await withOffice(county.treasury, (office) => done(office, 'administration.backup', { file: backup }, 'system'));
  await restoreOffice(backup, restoredDir, { phrase: () => null, identities: [] }, testEnv({ now: Date.now() }));
  program = await openProgram({ folder: join(folder, 'new-machine') });
  await program.page.setViewportSize({ width: 1366, height: 768 });
  await openOnScreen(program, restoredDir);
  await answerOpenDialogs(program.app, county.stick);
  await signInOnScreen(program.page, 'handler');
  await program.page.getByText('与各方重新开期前可以查询、打印和校验').waitFor();
  await openOnTheScreen(/由备份恢复/);
  await withOffice(county.tax, async (office) => {
    await done(office, 'exchange.importPackage', { file: join(county.stick, '211382-treasury-tax-e3-000001.kxp') }, 'handler');
    await openHalf(office, 'treasury');
  });
  await importOnScreen('211382-tax-treasury-e3-000001.kxp', '导入这个交换包');
  await program.page.getByText('双方已开期，通道恢复收发').waitFor();
  // Not yet with everybody: the band stays.
  await program.page.getByText('与各方重新开期前可以查询、打印和校验').waitFor();
  await openOnTheScreen(/由备份恢复/, '财政局');
  await withOffice(join(folder, 'finance'), async (office) => {
    await done(office, 'exchange.importPackage', { file: join(county.stick, '211382-treasury-finance-e2-000001.kxp') }, 'handler');
    await openHalf(office, 'treasury');
  });
  await importOnScreen('211382-finance-treasury-e2-000001.kxp', '导入这个交换包');
  await program.page.getByText('双方已开期，通道恢复收发').waitFor();
  await expect.poll(() => program.page.getByText('与各方重新开期前可以查询').count()).toBe(0);
  await program.page.screenshot({ path: join(folder, '恢复后.png'), fullPage: true });
  await withOffice(county.tax, (office) => send(office, '2022-07', county.stick));
  await importOnScreen('211382-tax-treasury-e3-000002.kxp', '导入这个交换包');
  await program.page.getByText('已接收税务局第 2 号包').waitFor();
  await program.app.close();
  expect([deepFaults(restoredDir), deepFaults(county.tax)]).toEqual([[], []]);
  program = await openProgram({ folder: join(folder, 'new-machine') });
});
