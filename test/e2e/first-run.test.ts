/**
 * The first run 首次启动 of each of the three offices through the window: folder, agency, county and name; for the tax office a real one with its administrator
 * and its key passphrase, who then opens the accounts of the others; wrong input is answered with what to do, and the key's fingerprint is shown.
 */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { passwordLengthMin } from '../../shared/administration/model.ts';
import { chain } from '../support/chain.ts';
import { goTo, leaveIfSignedIn, openTab, shownFaults, shownFingerprint, shownRow, signInOnScreen } from '../support/clerk.ts';
import { answerOpenDialogs, fileFolder, openProgram, type Program } from '../support/program.ts';

const folder = fileFolder();
const secrets = { admin: '凌源县局-管理员-2026', keys: '封存在保险柜里的密钥口令', security: '李安全本人的口令-2026', handler: '王经办本人的口令-2026' };
const fingerprint = /^(?:[0-9A-HJKMNP-TV-Z]{4} ){7}[0-9A-HJKMNP-TV-Z]{4}$/;
const short = `至少 ${String(passwordLengthMin)} 个字符`;
let program: Program;
let page: Page;

function empty(name: string): string {
  mkdirSync(join(folder, name));
  return join(folder, name);
}

async function chooseFolder(path: string): Promise<void> {
  await answerOpenDialogs(program.app, path);
  await page.getByRole('button', { name: '选择空文件夹…' }).click();
}

async function signIn(username: string, password: string): Promise<void> {
  await leaveIfSignedIn(page, page.getByLabel(/^用户名/));
  await page.getByLabel(/^用户名/).fill(username);
  await page.getByLabel(/^口令/).fill(password);
  await page.getByRole('button', { name: '登录', exact: true }).click();
}

async function leaveOffice(): Promise<void> {
  await page.getByRole('button', { name: '退出登录' }).click();
  await page.getByRole('button', { name: '打开别的单位' }).click();
  await page.getByRole('button', { name: '建立新单位…' }).waitFor();
}

async function ownFingerprint(): Promise<string> {
  await goTo(page, '交换');
  await openTab(page, '密钥核对');
  return shownFingerprint(page);
}

beforeAll(async () => {
  program = await openProgram({ folder });
  page = program.page;
  await page.setViewportSize({ width: 1366, height: 768 });
}, 240_000);

afterAll(async () => {
  await program.app.close();
});

const step = chain('the first run of the three offices: founded, signed in to, each with its own people, pages and key');

{
  const dir = join(folder, '税务局账本');

  step('a folder with something in it is not taken, and what to do is said', async () => {
    await page.getByRole('button', { name: '建立新单位…' }).click();
    const used = empty('用过的文件夹');
    writeFileSync(join(used, '旧表.csv'), '旧');
    await chooseFolder(used);
    await page.getByText('“用过的文件夹”不是空文件夹，请新建一个空文件夹。').waitFor();
    expect(readdirSync(used)).toEqual(['旧表.csv']);
  });

  step('an empty form names every field that is missing and founds nothing', async () => {
    await page.getByRole('button', { name: '建立单位', exact: true }).click();
    await page.getByText(/还有 \d+ 项需要填写或改正，尚未建立。/).waitFor();
    await expect.poll(() => shownFaults(page)).toEqual(['请选择一个空文件夹', '请选择单位类别', '请填写六位行政区划代码', '请填写单位全称', '请填写姓名', short, short]);
  });

  step('wrong input is answered at its field, and what was typed stays', async () => {
    mkdirSync(dir);
    await chooseFolder(dir);
    await page.getByRole('radio', { name: '税务局' }).check({ force: true });
    await page.getByLabel(/^行政区划代码/).fill('2113');
    await page.getByLabel(/^用户名/).fill('张三');
    await page.getByLabel(/^姓名/).fill('张三');
    await page.getByLabel(/^登录口令/).fill(secrets.admin);
    await page.getByLabel(/^再次输入/).first().fill('不一样的口令');
    await page.getByRole('textbox', { name: /^密钥口令/ }).fill(secrets.admin);
    await page.getByLabel(/^再次输入/).last().fill(secrets.admin);
    await expect.poll(() => shownFaults(page)).toEqual(['请填写六位行政区划代码', '请填写单位全称', '2–32 位小写字母、数字、下划线或短横，字母开头', '两次输入不一致', '不要与登录口令相同']);
    await expect.poll(() => page.getByLabel(/^行政区划代码/).inputValue()).toBe('2113');
    expect(readdirSync(dir)).toEqual([]);
  });

  step('with everything right the office is founded and asks who is there', async () => {
    await page.getByLabel(/^行政区划代码/).fill('211382');
    await expect.poll(() => page.getByLabel(/^单位名称/).inputValue()).toContain('凌源市税务局');
    await page.getByLabel(/^用户名/).fill('admin');
    await page.getByLabel(/^再次输入/).first().fill(secrets.admin);
    await page.getByRole('textbox', { name: /^密钥口令/ }).fill(secrets.keys);
    await page.getByLabel(/^再次输入/).last().fill(secrets.keys);
    await expect.poll(() => shownFaults(page)).toEqual([]);
    await page.getByRole('button', { name: '建立单位', exact: true }).click();
    await page.getByRole('heading', { name: '登录' }).waitFor();
    expect(readdirSync(dir)).toContain('ledger.db');
    await expect.poll(() => page.locator('body').innerText()).not.toContain('演练');
  });

  step('a wrong password is refused without saying what was wrong; the right one opens the work', async () => {
    await signIn('admin', '错误的口令-2026');
    const refusal = page.getByRole('alert');
    await refusal.waitFor();
    await expect.poll(() => refusal.innerText()).toMatch(/请/);
    await expect.poll(() => page.getByLabel(/^口令/).inputValue()).toBe('');
    await signIn('admin', secrets.admin);
    await page.getByRole('heading', { level: 1, name: '工作台' }).waitFor();
  });

  step('the administrator opens the accounts of the others; those with business duties get none from him', async () => {
    await goTo(page, '系统管理');
    await addOperator({ username: 'anquan', name: '李安全', password: secrets.security, duty: '安全管理员' });
    await addOperator({ username: 'jingban', name: '王经办', password: secrets.handler, duty: null });
    await expect.poll(() => row('jingban')).toMatch(/王经办[\s\S]*未授予/);
  });

  step('who got the password from another must change it before anything else; the old one is asked for, trivial ones are named at the field', async () => {
    await signIn('anquan', secrets.security);
    await page.getByRole('heading', { level: 1, name: '请先更换口令' }).waitFor();
    await expect.poll(() => page.locator('main').innerText()).toMatch(/由张三于 \d{4}-\d{2}-\d{2} \d{2}:\d{2}.*设置/);
    await page.getByLabel(/^新口令/).fill('111111111111');
    await expect.poll(() => shownFaults(page)).toEqual(['过于简单：只用了不到 5 个不同的字符']);
    secrets.security = await changed(secrets.security);
    await page.getByRole('heading', { level: 1, name: '工作台' }).waitFor();
    await signIn('jingban', secrets.handler);
    secrets.handler = await changed(secrets.handler);
    await page.getByRole('heading', { level: 1, name: '等待当面确认' }).waitFor();
  });

  step('the security administrator vouches for a password that the system administrator gave, grants the duties, and two administrators in one person are refused', async () => {
    await signIn('anquan', secrets.security);
    await page.getByRole('heading', { level: 1, name: '工作台' }).waitFor();
    await goTo(page, '系统管理');
    await page.getByRole('row', { name: /jingban/ }).getByRole('button', { name: '当面确认' }).click();
    await page.getByRole('dialog', { name: '当面确认：王经办' }).getByRole('button', { name: '当面确认' }).click();
    await page.getByText('已确认王经办的口令由本人更换').waitFor();
    await page.getByRole('row', { name: /jingban/ }).getByRole('button', { name: '岗位' }).click();
    const dialog = page.getByRole('dialog', { name: '调整岗位：王经办' });
    await dialog.getByText('经办', { exact: true }).click();
    await dialog.getByText('审计管理员', { exact: true }).click();
    await dialog.getByText('管理员不得兼任业务岗位，也不得互兼').waitFor();
    await expect.poll(() => dialog.getByRole('button', { name: '调整岗位' }).isDisabled()).toBe(true);
    await dialog.getByText('审计管理员', { exact: true }).click();
    await dialog.getByRole('button', { name: '调整岗位' }).click();
    await page.getByText('王经办的岗位已调整').waitFor();
    await expect.poll(() => row('jingban')).toMatch(/王经办[\s\S]*经办/);
  });

  step('the fingerprint of the key is shown in eight groups, and the passphrase opens the key for the session', async () => {
    await signIn('jingban', secrets.handler);
    await page.getByRole('heading', { level: 1, name: '工作台' }).waitFor();
    expect(await ownFingerprint()).toMatch(fingerprint);
    const unlock = page.getByRole('button', { name: '解锁', exact: true });
    await page.getByLabel('密钥口令').fill('不是这个口令-2026');
    await unlock.click();
    await page.locator('form.unlock').getByRole('alert').waitFor();
    await page.getByLabel('密钥口令').fill(secrets.keys);
    await unlock.click();
    await page.getByText('密钥未解锁').waitFor({ state: 'hidden' });
    await leaveOffice();
  });

  async function addOperator(given: { readonly username: string; readonly name: string; readonly password: string; readonly duty: string | null }): Promise<void> {
    await page.getByRole('button', { name: '建立操作员…' }).click();
    const dialog = page.getByRole('dialog', { name: '建立操作员' });
    await dialog.getByLabel(/^用户名/).fill(given.username);
    await dialog.getByLabel(/^姓名/).fill(given.name);
    await dialog.getByLabel(/^初始口令/).fill(given.password);
    await dialog.getByLabel(/^再次输入/).fill(given.password);
    if (given.duty !== null) await dialog.getByText(given.duty, { exact: true }).click();
    await dialog.getByRole('button', { name: '建立', exact: true }).click();
    await page.getByText(`已建立操作员${given.name}`).waitFor();
  }

  async function changed(given: string): Promise<string> {
    const own = `${given}-换`;
    await page.getByLabel(/^原口令/).fill(given);
    await page.getByLabel(/^新口令/).fill(own);
    await page.getByLabel(/^再次输入/).fill(own);
    await page.getByRole('button', { name: '更换口令' }).click();
    return own;
  }

  function row(username: string): Promise<string> {
    return shownRow(page, new RegExp(username));
  }
}

for (const { agency, folderName, suggested, has, lacks } of [
  { agency: '财政局', folderName: '财政局账本', suggested: '凌源市财政局', has: ['工作台', '交换', '系统管理'], lacks: ['名册与底数', '资格测算', '退税办理', '退库'] },
  { agency: '人民银行国库', folderName: '国库账本', suggested: '中国人民银行凌源市支行国库', has: ['工作台', '退库', '交换', '系统管理'], lacks: ['名册与底数', '资格测算', '退税办理'] },
]) {
  step(`a practice office, ${agency}, is founded without a password, bears its mark, has the pages of its work and a key of its own`, async () => {
    await page.getByRole('button', { name: '建立新单位…' }).click();
    await page.getByText('演练（每页标注【演练】，无口令）').click();
    await chooseFolder(empty(folderName));
    await page.getByText(folderName).waitFor();
    await page.getByRole('radio', { name: agency }).check({ force: true });
    await page.getByLabel(/^行政区划代码/).fill('211382');
    await expect.poll(() => page.getByLabel(/^单位名称/).inputValue()).toBe(suggested);
    await page.getByRole('button', { name: '建立演练单位', exact: true }).click();
    await page.getByRole('heading', { name: '登录' }).waitFor();
    await signInOnScreen(page, 'handler');
    await expect.poll(() => page.locator('header .practice').innerText()).toContain('【演练】');
    const links = page.getByRole('navigation', { name: '页面' }).getByRole('link');
    await expect.poll(async () => {
      const pages = (await links.allInnerTexts()).map((text) => text.trim());
      return [has, lacks].map((titles) => titles.filter((title) => pages.includes(title)));
    }).toEqual([has, []]);
    expect(await ownFingerprint()).toMatch(fingerprint);
    await leaveOffice();
  });
}

step('all three offices are offered at the next start, the practice ones under their mark', async () => {
  const offices = page.getByRole('list', { name: '最近打开的单位' }).getByRole('button');
  await expect.poll(async () => (await offices.allInnerTexts()).map((text) => [text.includes('【演练】'), /(税务局|财政局|国库)账本/.exec(text)?.[0]]).toSorted()).toEqual([[false, '税务局账本'], [true, '国库账本'], [true, '财政局账本']]);
});
