/**
 * One refund from the application to the cross-off 一笔退税从申请到销号, by mouse: a tax office and a treasury on two computers, a stick between them. Every
 * act is done on the screen by the person whose duty it is, and read back from it; at the end both ledgers are verified deeply.
 */
import { afterAll, beforeAll, expect } from 'vitest';
import { chain } from '../support/chain.ts';
import { actOnQueue, choose, deepFaults, firstRow, goTo, lookIntoPackage, openComputer, openOnScreen, openTab, registerVoucherNumbers, signInOnScreen, tableAnswered } from '../support/clerk.ts';
import { answerOpenDialogs, fileFolder, type Program } from '../support/program.ts';
import { windowCounty, type WindowCounty } from '../support/window-county.ts';

const folder = fileFolder();
let county: WindowCounty;
let tax: Program;
let treasury: Program;

/** A computer of its own: its own program data. */
async function computer(name: string, office: string): Promise<Program> {
  const program = await openComputer(folder, name);
  await openOnScreen(program, office);
  await answerOpenDialogs(program.app, county.stick);
  return program;
}

beforeAll(async () => {
  county = await windowCounty(folder);
  tax = await computer('computer-tax', county.tax);
  treasury = await computer('computer-treasury', county.treasury);
}, 240_000);

afterAll(async () => {
  for (const program of [tax, treasury]) await program.app.close();
});

async function act(by: string, queue: string, title: string): Promise<void> {
  await signInOnScreen(tax.page, by);
  await goTo(tax.page, '退税办理');
  await actOnQueue(tax.page, { queue, act: title, done: `已办理“${title}” 1 笔` });
}

/** The grouped amount as tables show it. */
function shownYuan(yuan: string): string {
  return yuan.replace(/\B(?=(?:\d{3})+\.)/g, ',');
}

const step = chain('one refund goes from the application to its crossing-off by mouse, on two computers and a stick');

step('the handler registers the application and accepts it', async () => {
  await act('handler', '待告知', '登记申请');
  expect(await firstRow(tax.page, '待受理')).toMatch(new RegExp(`${county.name}[\\s\\S]*已申请[\\s\\S]*${shownYuan(county.due)}`));
  await actOnQueue(tax.page, { queue: '待受理', act: '受理', done: '已办理“受理” 1 笔' });
  expect(await firstRow(tax.page, '待审核')).toMatch(/已受理[\s\S]*SQ-\d{4}-000001/);
});

step('the reviewer reviews and the approver approves', async () => {
  await act('reviewer', '待审核', '审核');
  expect(await firstRow(tax.page, '待核准')).toContain('已审核');
  await act('approver', '待核准', '核准');
  expect(await firstRow(tax.page, '待开具')).toMatch(/已核准/);
});

step('the issuer registers a range of numbers and issues the voucher, which the reviewer checks', async () => {
  const { page } = tax;
  await signInOnScreen(page, 'issuer');
  await goTo(page, '退税办理');
  await registerVoucherNumbers(page);
  await actOnQueue(page, { queue: '待开具', act: '开具收入退还书', done: '已办理“开具收入退还书” 1 笔' });
  expect(await firstRow(page, '退还书待复核')).toContain('已开退还书');
  await act('reviewer', '退还书待复核', '复核收入退还书');
  expect(await firstRow(page, '待组批')).toContain('退还书已复核');
});

step('a batch whose blind totals are wrong is not formed; with the right ones it is', async () => {
  const { page } = tax;
  await signInOnScreen(page, 'issuer');
  await goTo(page, '退税办理');
  await openTab(page, '待组批');
  await tableAnswered(page);
  await page.getByRole('button', { name: '勾选全部', exact: true }).click();
  await page.locator('.act-bar').getByRole('button', { name: '组成退库批次…', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: '组成退库批次' });
  await dialog.getByLabel('笔数').fill('1');
  await dialog.getByLabel('总金额（元）').fill('1.00');
  await dialog.getByRole('button', { name: '组成退库批次', exact: true }).click();
  await dialog.getByRole('alert').waitFor();
  await dialog.getByLabel('总金额（元）').fill(county.due);
  await dialog.getByRole('button', { name: '组成退库批次', exact: true }).click();
  await page.getByText('已组成退库批次').waitFor();
  expect(await firstRow(page, '已组批在途')).toContain('已组批');
});

step('the batch is signed and written to the stick, and the refund is on its way', async () => {
  const { page } = tax;
  await goTo(page, '交换');
  await openTab(page, '发件');
  await choose(page, '种类', /退库批次/);
  await choose(page, '接收方', /国库/);
  await choose(page, '退库批次', /PC-/);
  await page.getByRole('button', { name: '签名并制作' }).click();
  await page.getByText(/已制作.*第 1 号包/).waitFor();
  await page.getByRole('button', { name: '写入 U 盘…' }).click();
  await page.getByText('211382-tax-treasury-e1-000001.kxp：').waitFor();
  await goTo(page, '退税办理');
  expect(await firstRow(page, '已组批在途')).toContain('已送国库');
});

step('the treasury looks into the package, imports it, checks the voucher and pays it', async () => {
  const { page } = treasury;
  await signInOnScreen(page, 'reviewer');
  await importFromStick(treasury, '211382-tax-treasury-e1-000001.kxp', '税务局');
  await goTo(page, '退库');
  expect(await firstRow(page, '待审核')).toMatch(new RegExp(`00000001[\\s\\S]*${county.name}[\\s\\S]*${shownYuan(county.due)}`));
  await actOnQueue(page, { queue: '待审核', act: '审核退还书', done: '已办理“审核退还书” 1 份' });
  await signInOnScreen(page, 'approver');
  await goTo(page, '退库');
  await actOnQueue(page, { queue: '待退付', act: '退付', done: '已办理“退付” 1 份' });
  expect(await firstRow(page, '已退付')).toContain('已退付');
});

step('the receipt goes back on the stick and the tax office takes it', async () => {
  const { page } = treasury;
  await goTo(page, '交换');
  await openTab(page, '发件');
  await choose(page, '种类', /退库.*回单|回单/);
  await choose(page, '接收方', /税务局/);
  await page.getByRole('button', { name: '签名并制作' }).click();
  await page.getByText(/已制作.*第 1 号包/).waitFor();
  await page.getByRole('button', { name: '写入 U 盘…' }).click();
  await page.getByText('211382-treasury-tax-e1-000001.kxp：').waitFor();
  await signInOnScreen(tax.page, 'handler');
  await importFromStick(tax, '211382-treasury-tax-e1-000001.kxp', '人民银行国库');
});

step('the handler crosses the refund off by the receipt', async () => {
  const { page } = tax;
  await goTo(page, '退税办理');
  expect(await firstRow(page, '待销号')).toContain('已退库');
  await actOnQueue(page, { queue: '待销号', act: '销号', done: '已办理“销号” 1 笔' });
  expect(await firstRow(page, '已办结')).toContain('已销号');
  await page.locator('[role=grid] .open').first().click();
  await page.getByRole('heading', { level: 1, name: county.name }).waitFor();
  for (const done of ['登记申请', '受理', '审核', '核准', '开具收入退还书', '复核收入退还书', '组成退库批次', '送达国库', '国库已退付', '销号']) {
    await expect.poll(() => page.locator('main').innerText()).toContain(done);
  }
});

step('both ledgers, rebuilt from their entries, have no fault', async () => {
  for (const program of [tax, treasury]) {
    await program.page.getByRole('button', { name: '退出登录' }).click();
    await program.page.getByRole('button', { name: '打开别的单位' }).click();
    await program.page.getByRole('button', { name: '打开已有单位的文件夹…' }).waitFor();
  }
  expect([deepFaults(county.tax), deepFaults(county.treasury)]).toEqual([[], []]);
});

async function importFromStick({ page }: Program, file: string, from: string): Promise<void> {
  await goTo(page, '交换');
  await lookIntoPackage(page, file);
  await page.getByRole('button', { name: '导入这个交换包' }).click();
  await page.getByText(`已接收${from}第 1 号包`).waitFor();
}
