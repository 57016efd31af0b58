/**
 * A roster with faults 有问题的名册 in the window: the preview lists row, column, what was read and the rule it breaks, nothing is imported before the clerk
 * has said so, and then the good rows alone. One launch, one practice office.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { columnOf } from '../../shared/roster/columns.ts';
import { chain } from '../support/chain.ts';
import { goTo, openTab, tableAnswered } from '../support/clerk.ts';
import { answerOpenDialogs, fileFolder, openProgram, practiceOffice, shown, type Program } from '../support/program.ts';
import { completeText, testUscc } from '../support/roster-rows.ts';
import { sheetRow, workbookOf } from '../support/workbooks.ts';

const folder = fileFolder();
const good = [1, 4, 7] as const;
let program: Program;
let page: Page;

/** Rows 2–8 of the file: three good ones, each of the others breaks one rule. */
const rows = [
  taxpayer(1), { ...taxpayer(2), endingCredit: '十二万' }, { ...taxpayer(3), uscc: '912113820000000001' }, taxpayer(4), { ...taxpayer(5), registeredOn: '去年三月' },
  { ...taxpayer(6), creditRating: '优' }, taxpayer(7),
];
/** Row, column, what was read, the rule and what to do, as the table must say them. */
const faults = [
  ['3', '当期期末留抵税额', '十二万', '不是金额'],
  ['4', '统一社会信用代码', '912113820000000001', '校验位不符'],
  ['6', '登记日期', '去年三月', '不是有效日期'],
  ['7', '纳税信用级别', '优', '须为'],
] as const;

function taxpayer(number: number): Record<string, string> {
  const name = `凌源市第${String(number)}机械厂`;
  return { uscc: testUscc(number), name, accountName: name, bankAccount: `62281000${String(number).padStart(8, '0')}` };
}

async function preview(file: string): Promise<void> {
  await goTo(page, '名册与底数');
  await page.getByRole('button', { name: '导入名册…' }).first().click();
  await answerOpenDialogs(program.app, file);
  await page.getByRole('button', { name: '选取名册文件…' }).click();
  await page.getByText(file.slice(folder.length + 1)).waitFor();
  await page.getByRole('button', { name: '预览', exact: true }).click();
}

beforeAll(async () => {
  writeFileSync(join(folder, '有误的名册.csv'), completeText(...rows));
  writeFileSync(join(folder, '全错的名册.csv'), completeText({ ...taxpayer(8), endingCredit: '若干' }));
  writeFileSync(join(folder, '失真的名册.xlsx'), workbookOf({
    rows: [
      sheetRow(1, (['uscc', 'name', 'endingCredit', 'bankAccount'] as const).map((key) => columnOf(key).header)),
      sheetRow(2, [testUscc(21), '凌源市第21机械厂', { v: '120000.5' }, '6228100000000021001']),
      sheetRow(3, [testUscc(22), '凌源市第22机械厂', { v: '120000.5' }, { v: '6.228100000000022E+18' }]),
    ].join(''),
  }));
  writeFileSync(join(folder, '不是名册.csv'), '日期,金额\r\n2022-04-01,1\r\n');
  program = await openProgram({ folder });
  page = await shown(program.page);
  await page.setViewportSize({ width: 1366, height: 768 });
  await practiceOffice(program, { agency: 'tax', dir: join(folder, '税务'), as: 'handler' });
  await page.locator('.page-head').waitFor();
  await goTo(page, '名册与底数');
  await page.getByLabel('申报期', { exact: true }).fill('2022-04');
  await page.keyboard.press('Enter');
  await page.getByText('2022年4月申报期还没有名册').waitFor();
}, 240_000);

afterAll(async () => {
  await program.app.close();
});

const step = chain('a roster with faults is looked at, and its good rows alone are imported');

step('a file that is no roster is refused with what to do, and there is nothing to confirm', async () => {
  await preview(join(folder, '不是名册.csv'));
  const refusal = page.locator('main').getByRole('alert');
  await refusal.waitFor();
  await expect.poll(() => refusal.innerText()).toMatch(/E150[\s\S]*名册未变[\s\S]*请按提示改正表头/);
  await expect.poll(() => page.getByRole('button', { name: /^导入 \d+ 户$/ }).count()).toBe(0);
});

step('a file without one good row can be looked at and not imported', async () => {
  await preview(join(folder, '全错的名册.csv'));
  await page.getByText('没有可以导入的行。请按清单改正文件后重新预览。').waitFor();
  await expect.poll(() => page.getByRole('button', { name: '导入 0 户' }).isDisabled()).toBe(true);
});

step('the preview counts the rows and lists row, column, content and rule of every fault', async () => {
  await preview(join(folder, '有误的名册.csv'));
  await page.getByRole('tab', { name: '有问题的', exact: true }).and(page.getByTitle('共 4')).waitFor();
  await tableAnswered(page);
  await expect.poll(async () => (await page.locator('.counts dl').innerText()).replace(/\s+/g, '')).toBe('读到7行可以导入3户有问题4行增加3户变动0户消失0户不变0户');
  const lines = page.locator('.data-table .body [role=row]');
  await expect.poll(() => lines.count()).toBe(faults.length);
  for (const [index, [row, column, value, rule]] of faults.entries()) {
    const cells = lines.nth(index).getByRole('gridcell');
    await expect.poll(async () => (await cells.allInnerTexts()).slice(0, 3).map((text) => text.trim())).toEqual([row, column, value]);
    await expect.poll(() => cells.nth(3).innerText()).toContain(rule);
    await expect.poll(() => cells.nth(3).innerText()).toContain('请');
  }
});

step('a workbook in which a long number has lost its digits says so at its row and column', async () => {
  await preview(join(folder, '失真的名册.xlsx'));
  // It lacks what decides: the button says what would follow.
  await page.getByRole('button', { name: '导入后全部会是“资料不足”', exact: true }).waitFor();
  const cells = page.locator('.data-table .body [role=row]').first().getByRole('gridcell');
  await expect.poll(async () => (await cells.allInnerTexts()).slice(0, 2).map((text) => text.trim())).toEqual(['3', columnOf('bankAccount').header]);
  await expect.poll(() => cells.nth(3).innerText()).toMatch(/Excel 已丢失后 \d+ 位[\s\S]*请在原系统以文本导出/);
});

step('nothing is imported by looking: the list is still empty, and so is the record of imports', async () => {
  await page.getByRole('link', { name: '返回名册' }).click();
  await page.getByText('2022年4月申报期还没有名册').waitFor();
  await openTab(page, '导入记录');
  await page.getByText('还没有导入过名册').waitFor();
});

step('the good rows are imported once the clerk says that the others are left out', async () => {
  await preview(join(folder, '有误的名册.csv'));
  const button = page.getByRole('button', { name: '导入 3 户', exact: true });
  await button.waitFor();
  await expect.poll(() => button.isDisabled()).toBe(true);
  await page.getByText('有问题的 4 行不导入，只导入其余 3 户').click();
  await button.click();
  await page.getByText('共 3 户').waitFor();
  const list = page.locator('.data-table .body [role=row]');
  await expect.poll(() => list.count()).toBe(good.length);
  for (const [index, number] of good.entries()) await expect.poll(() => list.nth(index).innerText()).toMatch(new RegExp(`${testUscc(number)}[\\s\\S]*凌源市第${String(number)}机械厂[\\s\\S]*120,000\\.50`));
});

step('the record says which file, how many rows stand and how many were left out', async () => {
  await openTab(page, '导入记录');
  const cells = page.getByRole('region', { name: '导入记录' }).locator('tbody tr').first().locator('td');
  await expect.poll(async () => (await cells.allInnerTexts()).slice(0, 8).map((text) => text.replace(/^●\s*/, ''))).toEqual(['2022-04', '现行', '有误的名册.csv', '3', '4', '3', '0', '0']);
});
