/**
 * Element Plus under the window's content policy, without `unsafe-inline`: what it draws, places and sizes works, because it sets styles through the
 * CSSOM. The control shows that the policy bites: a style attribute written as text is refused.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { appFileOf, startPage } from '../../electron/platform/app-files.ts';
import { programRoot } from '../../electron/platform/program-build.ts';
import { testBrowser } from '../support/browser.ts';
import { fileFolder } from '../support/program.ts';

const folder = fileFolder();
const host = 'https://probe.example';
let browser: Browser;
let page: Page;

/** One page with the components of the window and a few of their harder relatives. */
const probe = `
  import { createApp, h, ref } from 'vue';
  import { ElButton, ElCheckbox, ElDatePicker, ElDialog, ElDrawer, ElInput, ElMessage, ElMessageBox, ElOption, ElProgress, ElScrollbar, ElSelect, ElTable, ElTableColumn, ElTableV2, ElTag, ElTooltip, ElLoading } from 'element-plus';
  import 'element-plus/dist/index.css';
  const rows = Array.from({ length: 40 }, (_, index) => ({ id: index, code: '9121138200000000' + index, name: '企业' + index, amount: '1,234.50' }));
  createApp({
    setup() {
      const dialog = ref(false), drawer = ref(false), text = ref(''), choice = ref(null), date = ref(null);
      return () => h('div', [
        h(ElButton, { id: 'open-dialog', onClick: () => { dialog.value = true; } }, () => '打开'),
        h(ElButton, { id: 'open-drawer', onClick: () => { drawer.value = true; } }, () => '抽屉'),
        h(ElButton, { id: 'say', onClick: () => { ElMessage.success({ message: '已受理', duration: 0 }); ElLoading.service({ lock: true }).close(); void ElMessageBox.confirm('确定吗', '提示').catch(() => undefined); } }, () => '提示'),
        h(ElCheckbox, { label: '选择' }), h(ElTag, null, () => '演练'), h(ElProgress, { percentage: 40 }),
        h(ElInput, { id: 'text', type: 'textarea', autosize: { minRows: 1, maxRows: 8 }, modelValue: text.value, 'onUpdate:modelValue': (value) => { text.value = value; } }),
        h(ElSelect, { id: 'select', modelValue: choice.value, filterable: true, style: { width: '240px' } }, () => rows.map((row) => h(ElOption, { key: row.id, label: row.name, value: row.id }))),
        h(ElDatePicker, { id: 'date', modelValue: date.value, type: 'month', placeholder: '月份' }),
        h(ElTooltip, { content: '依据' }, () => h('span', { id: 'hint' }, '？')),
        h(ElTable, { data: rows, height: 200, border: true }, () => ['code', 'name', 'amount'].map((prop, index) => h(ElTableColumn, { prop, label: prop, width: 180 + index, fixed: index === 0 }))),
        h(ElTableV2, { data: rows, width: 600, height: 200, fixed: true, columns: ['code', 'name', 'amount'].map((key) => ({ key, dataKey: key, title: key, width: 200 })) }),
        h(ElScrollbar, { maxHeight: 60 }, () => rows.map((row) => h('p', { key: row.id }, row.name))),
        h(ElDialog, { modelValue: dialog.value, title: '受理', width: 432, draggable: true, appendToBody: true }, () => '内容'),
        h(ElDrawer, { modelValue: drawer.value, title: '说明', size: 321 }, () => '内容'),
      ]);
    },
  }).mount('#app');`;

beforeAll(async () => {
  await build({
    configFile: false, logLevel: 'error', root: programRoot,
    plugins: [{ name: 'probe', resolveId: (id) => (id === 'virtual:probe' ? id : null), load: (id) => (id === 'virtual:probe' ? probe : null) }],
    build: { outDir: folder, emptyOutDir: false, assetsInlineLimit: 0, minify: false, reportCompressedSize: false, rolldownOptions: { input: 'virtual:probe', output: { entryFileNames: 'probe.js', assetFileNames: 'probe[extname]' } } },
  });
  const policy = (() => {
    const answer = appFileOf(folder, 'GET', startPage);
    return answer.kind === 'file' ? answer.headers : {};
  })();
  browser = await testBrowser();
  page = await browser.newPage();
  await page.addInitScript(() => {
    Object.assign(window, { refused: [] });
    document.addEventListener('securitypolicyviolation', (event) => {
      (window as unknown as { refused: string[] }).refused.push(`${event.violatedDirective} ${event.sourceFile} ${event.sample}`);
    });
  });
  await page.route(`${host}/**`, async (route) => {
    const name = new URL(route.request().url()).pathname.slice(1);
    if (name === '') {
      await route.fulfill({ headers: { ...policy, 'content-type': 'text/html; charset=utf-8' }, body: '<!doctype html><link rel="stylesheet" href="probe.css"><div id="app"></div><script type="module" src="probe.js"></script>' });
      return;
    }
    await route.fulfill({ contentType: name.endsWith('.css') ? 'text/css' : 'text/javascript', body: readFileSync(join(folder, name), 'utf8') });
  });
  await page.goto(`${host}/`);
  await page.locator('.el-table').first().waitFor();
});

afterAll(async () => {
  await browser.close();
});

const refused = (): Promise<string[]> => page.evaluate(() => (window as unknown as { refused: string[] }).refused);
const width = async (selector: string): Promise<number> => Math.round((await page.locator(selector).first().boundingBox())?.width ?? 0);

test('columns, fixed cells and virtual rows are sized', async () => {
  expect(await width('.el-table__header th:nth-child(2)')).toBe(181);
  expect(await width('.el-table-v2__header-cell')).toBe(200);
  await expect.poll(() => page.locator('.el-table-v2__row').count()).toBeGreaterThan(2);
});

test('lists, calendars and hints stand beside what opened them', async () => {
  await page.locator('#select').click();
  const list = page.locator('.el-select-dropdown').last();
  await list.waitFor();
  expect((await list.boundingBox())?.y ?? 0).toBeGreaterThan(0);
  await page.keyboard.press('Escape');
  await page.locator('input[placeholder=月份]').click();
  const calendar = page.locator('.el-month-table');
  await calendar.waitFor();
  await page.keyboard.press('Escape');
  await page.locator('#hint').hover();
  await page.getByText('依据').waitFor();
});

test('a text area grows with its text', async () => {
  const height = async (): Promise<number> => (await page.locator('textarea').boundingBox())?.height ?? 0;
  const before = await height();
  await page.locator('textarea').fill('一\n二\n三\n四');
  await expect.poll(height).toBeGreaterThan(before * 2);
});

test('dialogs, drawers and messages have the size and place they ask for', async () => {
  await page.locator('#open-dialog').click();
  await page.locator('.el-dialog').waitFor();
  expect(await width('.el-dialog')).toBe(432);
  await page.keyboard.press('Escape');
  await page.locator('.el-dialog').waitFor({ state: 'hidden' });
  await page.locator('#open-drawer').click();
  await expect.poll(() => width('.el-drawer')).toBe(321);
  await page.keyboard.press('Escape');
  await page.locator('.el-drawer').waitFor({ state: 'hidden' });
  await page.locator('#say').click();
  await page.locator('.el-message').waitFor();
  await page.locator('.el-message-box').waitFor();
});

test('none of it needed an exception from the policy', async () => {
  expect(await refused()).toEqual([]);
});

test('the policy bites: a style written as text is refused', async () => {
  await page.evaluate(() => {
    document.body.insertAdjacentHTML('beforeend', '<p id="inline" style="width: 77px">x</p>');
    const sheet = document.createElement('style');
    sheet.textContent = 'p { width: 78px }';
    document.head.append(sheet);
  });
  await expect.poll(refused).toHaveLength(2);
  expect([77, 78]).not.toContain(await width('#inline'));
});
