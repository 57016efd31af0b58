/**
 * The pages of a practice tax office in the built program, as a clerk goes through them: every page by mouse and by keyboard, what axe-core says of each,
 * the content policy at work, imports, acts and refusals. With LIUDI_SEEN set, each page is also kept as a picture in test/e2e/seen.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openXlsx } from 'hucre/xlsx';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { taxPeriod } from '../../shared/kernel/tax-period.ts';
import { seriousFaults } from '../support/axe-page.ts';
import { openTab, settled, tableAnswered } from '../support/clerk.ts';
import { answerOpenDialogs, answerSaveDialogs, done, fileFolder, openProgram, practiceOffice, shellDone, type Program } from '../support/program.ts';
import { completeText, testUscc } from '../support/roster-rows.ts';

const folder = fileFolder();
const rosterFile = join(folder, '名册.csv');
const faultyFile = join(folder, '有误的名册.csv');
const period = taxPeriod('2022-04');
let program: Program;
let page: Page;
const complaints: string[] = [];

/** A manufacturer that is due a refund; `number` keeps codes and names apart. */
function refundable(number: number): Record<string, string> {
  const name = `凌源市第${String(number)}机械厂`;
  return {
    uscc: testUscc(number), name, accountName: name, salesByIndustry: 'C=12345678.90', endingCredit: `${String(120_000 + number * 37)}.50`, recentCredits: `1;2;3;4;5;${String(120_000 + number * 37)}.50`,
    exportRefundDue: '', vatArrears: '', existingRefundedOn: '', generalRefundedOn: '', evasion36: '0', immediateRefundRepaidOn: '', abnormalVouchers: '', bankAccount: `62281000${String(number).padStart(8, '0')}`,
  };
}

async function as(username: string): Promise<void> {
  await shellDone(page, 'shell.signIn', { username, password: null });
  await page.locator('.page-head').waitFor();
}

async function go(title: string): Promise<void> {
  await page.getByRole('navigation', { name: '页面' }).getByRole('link', { name: title, exact: true }).click();
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
  await settled(page);
}

async function choosePeriod(): Promise<void> {
  await go('名册与底数');
  await page.getByLabel('申报期', { exact: true }).fill(period);
  await page.keyboard.press('Enter');
  await page.getByText('共 62 户').waitFor();
}

async function picture(name: string): Promise<void> {
  if (process.env['LIUDI_SEEN'] !== undefined) await page.screenshot({ path: join(import.meta.dirname, 'seen', `${name}.png`) });
}

async function picked(path: string): Promise<string> {
  await answerOpenDialogs(program.app, path);
  const file = await shellDone(page, 'shell.pickFile', { kind: 'roster' });
  return file?.token ?? '';
}

beforeAll(async () => {
  writeFileSync(rosterFile, completeText(...Array.from({ length: 60 }, (_, index) => refundable(index + 1)), { ...refundable(61), creditRating: 'M' }, { ...refundable(62), fraud36: '' }));
  writeFileSync(faultyFile, completeText(refundable(1), { ...refundable(2), endingCredit: '十二万' }, { ...refundable(3), uscc: '912113820000000001' }, refundable(70)));
  program = await openProgram({ folder });
  page = program.page;
  page.on('console', (message) => { if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text()); });
  page.on('pageerror', (error) => { complaints.push(error.message); });
  await page.setViewportSize({ width: 1366, height: 768 });
  await picture('start');
  await practiceOffice(program, { agency: 'tax', dir: join(folder, '税务'), as: 'handler' });
  await done(page, 'roster.import', { file: await picked(rosterFile), period });
  await done(page, 'eligibility.assess', { period });
  await done(page, 'refunds.openCandidates', { period });
  const { rows } = await done(page, 'refunds.list', { limit: 1000 });
  const refunds = rows.map(({ refund }) => refund);
  await done(page, 'refunds.apply', { refunds: refunds.slice(0, 30) });
  await done(page, 'refunds.accept', { refunds: refunds.slice(0, 20) });
  await shellDone(page, 'shell.signIn', { username: 'reviewer', password: null });
  await done(page, 'refunds.review', { refunds: refunds.slice(0, 12) });
  await as('handler');
  await choosePeriod();
});

afterAll(async () => {
  await program.app.close();
});

describe('every page', () => {
  const titles = ['工作台', '名册与底数', '资格测算', '进度安排', '退税办理', '月报与销号', '政策参数', '交换', '报表打印', '系统管理'];
  test.each(titles)('%s has nothing serious for axe-core, bears the practice mark, and fits 1366 × 768', async (title) => {
    await go(title);
    expect(await seriousFaults(page)).toEqual([]);
    await expect.poll(() => page.locator('header .practice').innerText()).toContain('【演练】');
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  });

  test.each(titles)('%s can be used at 200 per cent zoom without scrolling sideways', async (title) => {
    await page.setViewportSize({ width: 683, height: 384 });
    await go(title);
    expect(await page.evaluate(() => { const main = document.querySelector('main'); return main !== null && main.scrollWidth <= main.clientWidth; })).toBe(true);
    if (title === '退税办理') await picture(`${title}-200`);
    await page.setViewportSize({ width: 1366, height: 768 });
  });

  test('details, dialogs and the help have nothing serious for axe-core either', async () => {
    await go('资格测算');
    await page.locator('[role=grid] .open').first().click();
    await page.getByRole('heading', { name: /审核说明/ }).waitFor();
    await settled(page);
    expect(await seriousFaults(page)).toEqual([]);
    await go('退税办理');
    await openTab(page, '全部');
    await tableAnswered(page);
    await page.locator('[role=grid] .open').first().click();
    await page.getByText('可办事项').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await page.keyboard.press('F1');
    await page.getByRole('heading', { name: '键盘' }).waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await picture('说明');
    await page.keyboard.press('Escape');
  });

  test('a printed form is previewed as it will be printed, from the page that it belongs to', async () => {
    await go('资格测算');
    await page.locator('[role=grid] .open').first().click();
    await page.getByRole('link', { name: '打印', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: '报表打印' }).waitFor();
    const paper = page.getByRole('region', { name: /审核说明预览/ });
    await paper.getByText('编制单位').waitFor();
    await settled(page);
    expect(await seriousFaults(page)).toEqual([]);
    await picture('预览审核说明');
    const target = join(folder, '审核说明.pdf');
    await answerSaveDialogs(program.app, target);
    await page.getByRole('button', { name: '保存 PDF…' }).click();
    await page.getByText('已保存“审核说明.pdf”').waitFor();
    expect(readFileSync(target).subarray(0, 5).toString('latin1')).toBe('%PDF-');
  });

  test('every sheet of the schedule has nothing serious for axe-core, and holds the sentences of the plan beside the national ones', async () => {
    await go('进度安排');
    await openTab(page, '逐月安排');
    await page.getByText('延长到最后一个工作日').first().waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await picture('逐月安排');
    await openTab(page, '方案与国家规定');
    await page.getByText('2022年7-9月，集中办理符合条件的制造业等行业中型企业存量留抵退税').waitFor();
    await page.getByText('可以自2022年5月纳税申报期起向主管税务机关申请一次性退还存量留抵税额').first().waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await picture('方案与国家规定');
  });

  test('a page without rows says why and what to do next, and is no worse for axe-core', async () => {
    await go('名册与底数');
    await page.getByRole('button', { name: '下一个申报期' }).click();
    await page.getByText('2022年5月申报期还没有名册').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await choosePeriod();
  });
});

describe('the roster', () => {
  test('a file with faults is previewed cell by cell, and nothing is imported before the clerk has said so', async () => {
    await go('名册与底数');
    await page.getByRole('button', { name: '导入名册…' }).first().click();
    await answerOpenDialogs(program.app, faultyFile);
    await page.getByRole('button', { name: '选取名册文件…' }).click();
    await page.getByText('有误的名册.csv').waitFor();
    await page.getByRole('button', { name: '预览' }).click();
    await page.getByRole('tab', { name: '有问题的' }).waitFor();
    await tableAnswered(page);
    expect(await seriousFaults(page)).toEqual([]);
    await expect.poll(() => page.locator('[role=grid]').innerText()).toContain('十二万');
    const button = page.getByRole('button', { name: /^导入 2 户$/ });
    await expect.poll(() => button.isDisabled()).toBe(true);
    await page.getByText('只导入其余 2 户').click();
    await expect.poll(() => button.isEnabled()).toBe(true);
    expect((await done(page, 'roster.list', { period, limit: 1 })).count).toBe(62);
  });

  test('the roster is exported to the file that was chosen, as many rows as the list has', async () => {
    await go('名册与底数');
    const target = join(folder, '导出.xlsx');
    await answerSaveDialogs(program.app, target);
    await page.getByRole('button', { name: '导出名册…' }).click();
    await page.getByText('已导出 62 户到“导出.xlsx”').waitFor();
    expect((await done(page, 'roster.import', { file: await picked(target), period, dryRun: true }))).toMatchObject({ rows: 62, unchanged: 62, faultCount: 0 });
  });

  test('the list is filtered by the office, and its totals are those of the filtered rows', async () => {
    await go('名册与底数');
    await page.getByRole('textbox', { name: '筛选纳税人名称' }).fill('第61机械厂');
    await page.keyboard.press('Enter');
    await page.getByText('筛选后共 1 户').waitFor();
    await expect.poll(() => page.locator('.footer').innerText()).toContain('122,257.50');
    await page.getByRole('button', { name: '清除筛选' }).first().click();
    await page.getByText('共 62 户').waitFor();
  });
});

describe('refunds', () => {
  test('the filtered set is exported to a workbook as it is shown, with its filter and its totals; a file that the person agreed to replace is replaced', async () => {
    await go('退税办理');
    await openTab(page, '全部');
    await page.getByRole('textbox', { name: '筛选纳税人名称' }).fill('第1');
    await page.keyboard.press('Enter');
    await page.getByText('筛选后共 11 笔').waitFor();
    const target = join(folder, '退税清单.xlsx');
    writeFileSync(target, '旧文件');
    await answerSaveDialogs(program.app, target);
    await page.getByRole('button', { name: '导出表格…' }).click();
    await page.getByText('已导出 11 笔到“退税清单.xlsx”').waitFor();
    const sheet = (await openXlsx(readFileSync(target))).sheets[0]?.rows ?? [];
    const { rows, totals } = await done(page, 'refunds.list', { text: '第1', period, limit: 100 });
    expect(sheet.slice(0, 5).map(([first]) => first)).toEqual([
      '退税记录', expect.stringContaining('凌源市演练单位（演练）'), '2022年4月申报期-全部环节', '筛选：纳税人名称含“第1”。共 11 笔', '单位：元',
    ]);
    const heading = sheet[5]?.map(String) ?? [];
    const at = (title: string): number => heading.indexOf(title);
    expect(heading.slice(0, 4)).toEqual(['统一社会信用代码', '纳税人名称', '状态', '应退额（元）']);
    expect(sheet.slice(6, -1).map((row) => [row[at('统一社会信用代码')], row[at('纳税人名称')], row[at('应退额（元）')], row[at('申请额（元）')]])).toEqual(
      rows.map(({ uscc, name, total }) => [uscc, name, Number(total.determined), Number(total.asked)]),
    );
    expect(sheet.at(-1)?.[0]).toBe('筛选合计');
    expect(sheet.at(-1)?.[at('应退额（元）')]).toBe(Number(totals.determined));
    await page.getByRole('button', { name: '清除筛选' }).first().click();
  });

  test('rows are marked, ticked and copied by keyboard alone', async () => {
    await go('退税办理');
    await openTab(page, '待受理');
    await tableAnswered(page);
    await page.evaluate(() => {
      document.addEventListener('copy', (event) => { document.documentElement.dataset['copied'] = event.clipboardData?.getData('text/plain') ?? ''; });
    });
    await page.keyboard.press('F4');
    for (const key of ['ArrowDown', 'Space', 'Shift+ArrowDown', 'Shift+ArrowRight']) await page.keyboard.press(key);
    await page.locator('.act-bar').getByText('已勾选 1 笔').waitFor();
    await page.keyboard.press('Control+c');
    const copied = await page.evaluate(() => document.documentElement.dataset['copied'] ?? '');
    expect(copied.split('\r\n').map((line) => line.split('\t'))).toEqual([[expect.stringMatching(/^91211382/), expect.stringMatching(/机械厂$/)], [expect.stringMatching(/^91211382/), expect.stringMatching(/机械厂$/)]]);
    await picture('键盘勾选');
  });

  test('an act on the ticked rows is confirmed under its own name and done', async () => {
    await page.locator('.act-bar').getByRole('button', { name: '受理…', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: '受理' });
    await dialog.getByText('受理 1 笔').waitFor();
    await dialog.getByText(/^人民币.*[整分]$/).waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await picture('受理');
    await dialog.getByRole('button', { name: '受理', exact: true }).click();
    await page.getByText('已办理“受理” 1 笔').waitFor();
  });

  test('a refused act stays in its dialog with what was typed, and says what to do next', async () => {
    await as('approver');
    await go('退税办理');
    await openTab(page, '待核准');
    await tableAnswered(page);
    await page.locator('[role=grid] .open').first().click();
    await page.getByRole('button', { name: '核准…', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: '核准' });
    await dialog.getByLabel('核准增量额').fill('999,999,999');
    await dialog.getByRole('button', { name: '核准', exact: true }).click();
    const refusal = dialog.getByRole('alert');
    await refusal.waitFor();
    await expect.poll(() => refusal.innerText()).toMatch(/未核准。[\s\S]*请改正核准金额/);
    await expect.poll(() => dialog.getByLabel('核准增量额').inputValue()).toBe('999,999,999');
    expect(await seriousFaults(page)).toEqual([]);
    await picture('核准被拒');
    await dialog.getByRole('button', { name: '取消' }).click();
  });

  test('only acts of one’s own duties are offered', async () => {
    await as('approver');
    await go('退税办理');
    await openTab(page, '待受理');
    await page.locator('.data-table .body [role=row]').first().waitFor();
    await settled(page);
    await expect.poll(() => page.getByRole('button', { name: /^受理/ }).count()).toBe(0);
  });
});

describe('the key ceremony', () => {
  test('takes the fingerprint from the keyboard and refuses the clipboard', async () => {
    await as('security');
    await go('交换');
    await page.getByRole('tab', { name: '密钥核对' }).click();
    const field = page.getByRole('textbox', { name: /密钥指纹/ });
    await field.pressSequentially('abcd ef');
    await expect.poll(() => field.inputValue()).toBe('ABCD EF');
    await field.evaluate((element) => {
      const data = new DataTransfer();
      data.setData('text/plain', 'GHJK');
      element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    });
    await page.getByText('不能粘贴或拖入').waitFor();
    await expect.poll(() => field.inputValue()).toBe('ABCD EF');
    expect(await seriousFaults(page)).toEqual([]);
  });
});

test('signing in is possible without the mouse', async () => {
  await page.getByRole('button', { name: '退出登录' }).click();
  await page.getByRole('heading', { name: '登录' }).waitFor();
  expect(await seriousFaults(page)).toEqual([]);
  await picture('登录');
  await page.getByRole('button', { name: /（[a-z]+）/ }).first().waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: '工作台' }).waitFor();
});

test('nothing was said on the console, and no style or script was refused by the content policy', () => {
  expect(complaints).toEqual([]);
});
