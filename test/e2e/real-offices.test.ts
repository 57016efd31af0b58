/**
 * Two real offices 正式单位 on two computers: the key ceremony from each other's screen, an approval that asks for the password again, keys that open with
 * the passphrase and close with the person, and a batch that one signs and the other takes. No practice mark stands anywhere.
 */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { chain } from '../support/chain.ts';
import { actOnQueue, choose, deepFaults, firstRow, goTo, leaveIfSignedIn, lookIntoPackage, openComputer, openOnScreen, openTab, registerVoucherNumbers, settled, shownFingerprint, tableAnswered } from '../support/clerk.ts';
import { countyPeriod, refundableCells } from '../support/killing-county.ts';
import { answerOpenDialogs, fileFolder, type Program } from '../support/program.ts';
import { keyPassphrase, passwordOf, realOffice, staff, type Person } from '../support/real-office.ts';
import { rosterText } from '../support/roster-rows.ts';

const folder = fileFolder();
const stick = join(folder, 'stick');
const taxpayer = refundableCells(1);
const dirs = { tax: join(folder, 'tax'), treasury: join(folder, 'treasury') };
let tax: Program;
let treasury: Program;

beforeAll(async () => {
  mkdirSync(stick);
  const treasuryOffice = await realOffice('treasury', dirs.treasury, 6);
  treasuryOffice.office.close();
  const taxOffice = await realOffice('tax', dirs.tax, 6);
  const file = join(folder, '名册.csv');
  writeFileSync(file, rosterText([taxpayer]));
  await taxOffice.call('jingban', 'roster.import', { file, period: countyPeriod });
  await taxOffice.call('jingban', 'eligibility.assess', { period: countyPeriod });
  await taxOffice.call('jingban', 'refunds.openCandidates', { period: countyPeriod });
  await taxOffice.call('jingban', 'refunds.apply', { all: { state: 'candidate' } });
  await taxOffice.call('jingban', 'refunds.accept', { all: { state: 'applied' } });
  await taxOffice.call('fuhe', 'refunds.review', { all: { state: 'accepted' } });
  taxOffice.office.close();
  tax = await computer('computer-tax', dirs.tax);
  treasury = await computer('computer-treasury', dirs.treasury);
}, 240_000);

afterAll(async () => {
  for (const program of [tax, treasury]) await program.app.close();
});

async function computer(name: string, dir: string): Promise<Program> {
  const program = await openComputer(folder, name);
  await openOnScreen(program, dir);
  return program;
}

async function signIn(page: Page, person: Person): Promise<void> {
  await leaveIfSignedIn(page, page.getByLabel(/^用户名/));
  await page.getByLabel(/^用户名/).fill(person);
  await page.getByLabel(/^口令/).fill(passwordOf(person));
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: '工作台' }).waitFor();
  await page.getByText(staff[person].name).first().waitFor();
}

async function unlockKeys(page: Page): Promise<void> {
  await page.getByLabel('密钥口令').fill(keyPassphrase);
  await page.getByRole('button', { name: '解锁', exact: true }).click();
  await page.getByText('密钥未解锁', { exact: true }).waitFor({ state: 'hidden' });
}

/** What the security administrator reads off the own screen, or off the sheet printed from it, and hands over with the card. */
async function cardAndFingerprint({ app, page }: Program): Promise<string> {
  await signIn(page, 'anquan');
  await goTo(page, '交换');
  await openTab(page, '密钥核对');
  await answerOpenDialogs(app, stick);
  await page.getByRole('button', { name: '密钥卡写入 U 盘…' }).click();
  await page.getByText('密钥卡已写入').waitFor();
  return shownFingerprint(page);
}

/** Types the fingerprint key by key, as from paper. */
async function register({ app, page }: Program, card: string, fingerprint: string): Promise<void> {
  await answerOpenDialogs(app, join(stick, card));
  await page.getByRole('button', { name: /选取密钥卡|另选/ }).click();
  const field = page.getByRole('textbox', { name: /密钥指纹/ });
  await field.fill('');
  await field.pressSequentially(fingerprint.replaceAll(' ', '').toLowerCase());
  await page.getByRole('button', { name: '核对并登记' }).click();
}

function cardOf(agency: string): string {
  const file = readdirSync(stick).find((name) => name.endsWith('.kxc') && name.includes(agency));
  if (file === undefined) throw new Error(`no card of ${agency} on the stick: ${readdirSync(stick).join(' ')}`);
  return file;
}

const step = chain('two real offices exchange keys, and a batch that one signs the other takes');

step('each security administrator types the other’s fingerprint from paper; one wrong character registers nothing', async () => {
  const ofTax = await cardAndFingerprint(tax);
  const ofTreasury = await cardAndFingerprint(treasury);
  const wrong = `${ofTax.slice(0, -1)}${ofTax.endsWith('7') ? '8' : '7'}`;
  await register(treasury, cardOf('tax'), wrong);
  await treasury.page.getByRole('alert').waitFor();
  await expect.poll(() => treasury.page.getByRole('alert').innerText()).toMatch(/指纹[\s\S]*请/);
  await treasury.page.getByText('还没有登记对方单位的密钥').waitFor();
  await register(treasury, cardOf('tax'), ofTax);
  await treasury.page.getByText('已登记税务局的密钥卡（第 1 版）').waitFor();
  await register(tax, cardOf('treasury'), ofTreasury);
  await tax.page.getByText('已登记人民银行国库的密钥卡（第 1 版）').waitFor();
});

step('an approval asks for the approver’s password; a wrong one approves nothing and keeps the dialog', async () => {
  const { page } = tax;
  await signIn(page, 'shenpi');
  await goTo(page, '退税办理');
  await openTab(page, '待核准');
  await tableAnswered(page);
  await page.getByRole('button', { name: '勾选全部', exact: true }).click();
  // The dialog opens as slowly as on a busy machine: what is typed meanwhile stays in the field where it was typed.
  await page.evaluate(() => { document.documentElement.style.setProperty('--el-transition-duration', '3s'); });
  await page.locator('.act-bar').getByRole('button', { name: '核准…', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: '核准' });
  const act = dialog.getByRole('button', { name: '核准', exact: true });
  await expect.poll(() => act.isDisabled()).toBe(true);
  await dialog.getByLabel(/^本人口令/).fill('不是这个人的口令-');
  await settled(page);
  await page.keyboard.type('2026');
  await expect.poll(() => dialog.getByLabel(/^本人口令/).inputValue()).toBe('不是这个人的口令-2026');
  await page.evaluate(() => { document.documentElement.style.removeProperty('--el-transition-duration'); });
  await act.click();
  await dialog.getByRole('alert').waitFor();
  await expect.poll(() => dialog.getByLabel(/^本人口令/).inputValue()).toBe('');
  await dialog.getByLabel(/^本人口令/).fill(passwordOf('shenpi'));
  await act.click();
  await page.getByText('已办理“核准” 1 笔').waitFor();
  expect(await firstRow(page, '待开具')).toContain('已核准');
});

step('the batch is signed only after the passphrase was given, and the keys close when the person leaves', async () => {
  const { app, page } = tax;
  await signIn(page, 'jingban');
  await goTo(page, '退税办理');
  await registerVoucherNumbers(page);
  await actOnQueue(page, { queue: '待开具', act: '开具收入退还书', done: '已办理“开具收入退还书” 1 笔' });
  await signIn(page, 'fuhe');
  await goTo(page, '退税办理');
  await actOnQueue(page, { queue: '退还书待复核', act: '复核收入退还书', done: '已办理“复核收入退还书” 1 笔' });
  await signIn(page, 'jingban');
  await goTo(page, '退税办理');
  const due = /[\d,]+\.\d\d/.exec(await firstRow(page, '待组批'))?.[0] ?? '';
  await actOnQueue(page, {
    queue: '待组批', act: '组成退库批次', done: '已组成退库批次',
    fill: async (dialog) => {
      await dialog.getByLabel('笔数').fill('1');
      await dialog.getByLabel('总金额（元）').fill(due);
    },
  });
  await goTo(page, '交换');
  await page.getByText('密钥未解锁', { exact: true }).waitFor();
  await openTab(page, '发件');
  await choose(page, '种类', /退库批次/);
  await choose(page, '接收方', /国库/);
  await choose(page, '退库批次', /PC-/);
  await page.getByRole('button', { name: '签名并制作' }).click();
  await page.locator('main').getByRole('alert').waitFor();
  await expect.poll(() => page.locator('main').getByRole('alert').innerText()).toMatch(/密钥/);
  await unlockKeys(page);
  await page.getByRole('button', { name: '签名并制作' }).click();
  await page.getByText(/已制作.*第 1 号包/).waitFor();
  await answerOpenDialogs(app, stick);
  await page.getByRole('button', { name: '写入 U 盘…' }).click();
  await page.getByText('211382-tax-treasury-e1-000001.kxp：').waitFor();
  await signIn(page, 'fuhe');
  await goTo(page, '交换');
  await page.getByText('密钥未解锁', { exact: true }).waitFor();
});

step('the treasury takes it, and no page of either office bears the practice mark', async () => {
  const { app, page } = treasury;
  await signIn(page, 'fuhe');
  await goTo(page, '交换');
  await unlockKeys(page);
  await answerOpenDialogs(app, stick);
  await lookIntoPackage(page, '211382-tax-treasury-e1-000001.kxp');
  await page.getByRole('button', { name: '导入这个交换包' }).click();
  await page.getByText('已接收税务局第 1 号包').waitFor();
  await goTo(page, '退库');
  expect(await firstRow(page, '待审核')).toMatch(new RegExp(`00000001[\\s\\S]*${String(taxpayer.name)}`));
  for (const program of [tax, treasury]) await expect.poll(() => program.page.locator('body').innerText()).not.toContain('演练');
});

step('both ledgers, rebuilt from their entries, have no fault', async () => {
  for (const { page } of [tax, treasury]) {
    await page.getByRole('button', { name: '退出登录' }).click();
    await page.getByRole('button', { name: '打开别的单位' }).click();
    await page.getByRole('button', { name: '打开已有单位的文件夹…' }).waitFor();
  }
  expect([deepFaults(dirs.tax), deepFaults(dirs.treasury)]).toEqual([[], []]);
});
