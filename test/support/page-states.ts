/**
 * What every page is seen as 页面状态: in a new office (empty), in a county with work in every queue (full), and when the program does not answer (error). A new
 * page gets its rows here; test/e2e/page-states.test.ts fails by the page's name until it has them. Words are what a clerk must be able to read.
 */
import type { Page } from 'playwright-core';
import { agencies, duties, type Agency, type Duty } from '../../shared/kernel/office.ts';
import { answerOpenDialogs, type Program } from './program.ts';
import { openTab, tableAnswered } from './clerk.ts';
import type { SeenCounty } from './seen-county.ts';

export const seenStates = ['empty', 'full', 'error'] as const;
export type SeenState = (typeof seenStates)[number];
export const seenStateNames: Readonly<Record<SeenState, string>> = { empty: '空', full: '满', error: '无应答' };

export type Scene = { readonly program: Program; readonly page: Page; readonly county: SeenCounty; readonly state: SeenState };

export type Look = {
  /** Beside the page's title in the picture's name; '' for the page as it opens. */
  readonly name: string;
  /** Who looks; 经办 where nothing is said. */
  readonly by?: Duty;
  /** Where this look is taken; in every office that has the page where nothing is said. */
  readonly agencies?: readonly Agency[];
  /** From the page as it opens to the look. */
  readonly show?: (scene: Scene) => Promise<void>;
} & Partial<Readonly<Record<SeenState, string | RegExp>>>;

/** What a page says that got no answer. */
export const noAnswer = '程序没有应答';

const tab = (title: string) => ({ page }: Scene): Promise<void> => openTab(page, title);
const tickAll = (queue: string) => async (scene: Scene): Promise<void> => {
  await tab(queue)(scene);
  await tableAnswered(scene.page);
  await scene.page.keyboard.press('F4');
  await scene.page.keyboard.press('Control+a');
  await scene.page.locator('.act-bar').waitFor();
};
const address = (hash: string) => async ({ page }: Scene): Promise<void> => {
  await page.evaluate((to) => { location.hash = to; }, hash);
};
const surveySheet = (title: string) => async (scene: Scene): Promise<void> => {
  await tab('退税底数')(scene);
  await tab(title)(scene);
};
const stranger = '91211382000000000R';

async function openFirst({ page }: Scene): Promise<void> {
  await tableAnswered(page);
  await page.locator('[role=grid] .open').first().click();
}

/** The period of the county's roster, for an office that has none of its own. */
async function april({ page, county }: Scene): Promise<void> {
  await page.getByLabel('申报期', { exact: true }).fill(county.period);
  await page.keyboard.press('Enter');
}

/** By key of renderer/shell/navigation.ts; a page below a page is `key/detail`. */
export const pageStates: Readonly<Record<string, readonly Look[]>> = {
  desk: [
    { name: '', agencies: ['tax'], empty: '导入名册', full: '退税进度', error: noAnswer },
    { name: '', agencies: ['finance'], empty: '互登密钥', full: '还没有出具回执', error: noAnswer },
    { name: '', agencies: ['treasury'], by: 'reviewer', empty: '收到税务局的退税底数', full: '待审核 6 份', error: noAnswer },
  ],
  roster: [
    { name: '', empty: '申报期还没有名册', full: '共 90 户', error: noAnswer },
    { name: '底数', show: tab('退税底数'), empty: '申报期还没有冻结底数', full: '行业门类 × 企业规模', error: noAnswer },
    { name: '底数明细', show: surveySheet('明细与清单'), full: /共 \d+ 户/ },
    { name: '底数漏斗', show: surveySheet('漏斗'), full: '漏斗各处金额之和 ＝ 底数快照金额' },
    { name: '现行测算', show: surveySheet('现行测算'), full: '按测算结论' },
    { name: '导入记录', show: tab('导入记录'), empty: '还没有导入过名册', full: '现行', error: noAnswer },
    { name: '一户', show: openFirst, full: '开户银行' },
  ],
  'roster/detail': [
    { name: '', show: ({ page }) => page.getByRole('button', { name: '导入名册…' }).first().click(), empty: '未选取', full: '未选取' },
    { name: '预览', show: previewRoster, full: '有问题的', error: noAnswer },
    { name: '列的对应', show: async (scene) => { await previewRoster(scene); await tab('列的对应')(scene); }, full: '文件的表头' },
  ],
  survey: [
    { name: '', empty: '还没有收到税务局', error: noAnswer },
    { name: '', show: april, full: '行业门类 × 企业规模' },
    { name: '明细', show: async (scene) => { await april(scene); await tab('明细与清单')(scene); }, full: /共 \d+ 户/ },
  ],
  assessment: [{ name: '', empty: '申报期还没有测算', full: '共 90 户', error: noAnswer }],
  'assessment/detail': [
    { name: '', show: openFirst, full: '逐条判定' },
    { name: '没有这一户', show: address(`#/assessment/2022-04/${stranger}`), empty: '的测算结果', error: noAnswer },
  ],
  schedule: [
    { name: '', empty: '不是受理的截止日', full: '不是受理的截止日', error: noAnswer },
    { name: '逐月', show: tab('逐月安排'), agencies: ['tax'], full: '集中退还目标日' },
    { name: '对照', show: tab('方案与国家规定'), agencies: ['tax'], full: '方案原文' },
  ],
  refunds: [
    { name: '', show: ({ state, ...scene }) => (state === 'full' ? tab('全部')({ state, ...scene }) : Promise.resolve()), empty: '还没有退税记录', full: /共 4\d 笔/, error: noAnswer },
    { name: '待核准', by: 'approver', show: tab('待核准'), full: '共 2 笔' },
    { name: '勾选', by: 'approver', show: tickAll('待核准'), full: '已勾选 2 笔' },
    { name: '核准', by: 'approver', show: async (scene) => { await tickAll('待核准')(scene); await scene.page.getByRole('button', { name: '核准…' }).click(); }, full: /^人民币/ },
    { name: '号段', by: 'issuer', show: ({ page }) => page.getByRole('button', { name: '批次与号段…' }).click(), empty: '还没有登记号段', full: 'PC-', error: noAnswer },
  ],
  'refunds/detail': [
    { name: '', show: async (scene) => { await tab('全部')(scene); await openFirst(scene); }, full: '可办事项' },
    { name: '没有这一笔', show: address(`#/refunds/2022-04/${stranger}`), empty: stranger, error: noAnswer },
  ],
  risk: [
    { name: '', by: 'reviewer', empty: '这里现在没有疑点', full: /共 \d+ 条/, error: noAnswer },
    { name: '指标', by: 'reviewer', show: tab('排查与各指标'), empty: '还没有排查出疑点', full: '误报率', error: noAnswer },
  ],
  'risk/detail': [
    { name: '', by: 'reviewer', show: async (scene) => { await tab('全部')(scene); await openFirst(scene); }, full: '可办事项' },
    { name: '没有这一条', show: address(`#/risk/2022-04/${stranger}/status`), empty: stranger, error: noAnswer },
  ],
  policy: [
    { name: '', empty: '没有政策更正', full: '没有政策更正', error: noAnswer },
    { name: '参数', show: tab('2022年4月起'), empty: '纳税信用级别', full: '纳税信用级别' },
    { name: '提出', agencies: ['tax'], show: ({ page }) => page.getByRole('button', { name: '提出更正…' }).click(), full: '试算影响' },
  ],
  monthly: [
    { name: '', empty: '没有退库', error: noAnswer },
    { name: '', show: async ({ page, county }) => { await page.getByLabel('申报期', { exact: true }).fill(county.paidIn); await page.keyboard.press('Enter'); }, full: '累计笔数' },
  ],
  treasury: [
    { name: '', by: 'reviewer', empty: '这里现在没有退还书', full: '共 6 份', error: noAnswer },
    { name: '全部', show: tab('全部'), full: '共 20 份' },
    { name: '批次', show: tab('收到的批次'), empty: '还没有收到退库批次', full: 'PC-', error: noAnswer },
    { name: '暂缓', by: 'approver', show: tab('暂缓名单'), empty: '没有暂缓退库的纳税人', full: '待书面通知', error: noAnswer },
  ],
  received: [
    { name: '', empty: '还没有收到退库批次', full: 'PC-', error: noAnswer },
    { name: '逐笔', show: tab('逐笔'), full: /共 \d+ 份/ },
    { name: '月份', show: tab('按月与级次'), empty: '还没有收到退付回单', full: '未能分级次' },
    { name: '清单', show: tab('企业清单'), empty: '还没有收到企业清单', full: '年4月' },
  ],
  'treasury/detail': [
    { name: '', by: 'reviewer', show: openFirst, full: '可办事项' },
    { name: '没有这一份', show: address('#/treasury/99999999'), empty: '99999999', error: noAnswer },
  ],
  reconciliation: [
    { name: '', empty: '还没有对账单', full: '三环合计', error: noAnswer },
    { name: '签字', by: 'approver', show: ({ page }) => page.getByRole('button', { name: '签字锁定…' }).click(), full: '三方对同一摘要签字后' },
  ],
  exchange: [
    { name: '收件', empty: '还没有收到交换包', full: '收件清单', error: noAnswer, show: stickListed },
    { name: '发件', show: tab('发件'), empty: '还没有送出的交换包', full: '发件清单', error: noAnswer },
    { name: '缺号', show: tab('缺号、逾期与隔离'), agencies: ['tax'], empty: '没有隔离的文件', full: '密文校验失败', error: noAnswer },
    { name: '回执', show: tab('回执'), agencies: ['tax'], empty: '没有应出具的回执', full: '退库回单', error: noAnswer },
    { name: '密钥', by: 'security', show: tab('密钥核对'), agencies: ['tax'], empty: '还没有登记对方单位的密钥', full: '凌源市财政局', error: noAnswer },
  ],
  reports: [
    { name: '', empty: '请在左侧选一种报表', full: '请在左侧选一种报表', error: noAnswer },
    { name: '预览', show: ({ page }) => page.getByRole('button', { name: /^密钥指纹核对单/ }).click(), full: '数据摘要' },
  ],
  administration: [
    { name: '', by: 'system', empty: '操作员与岗位', full: '操作员与岗位', error: noAnswer },
    { name: '建立操作员', by: 'system', show: ({ page }) => page.getByRole('button', { name: '建立操作员…' }).click(), agencies: ['tax'], full: '业务岗位' },
    { name: '岗位分离', show: tab('岗位分离表'), agencies: ['tax'], full: '不能' },
    { name: '参数', by: 'system', show: tab('本单位与县区参数'), agencies: ['tax'], full: '分担比例', error: noAnswer },
    { name: '口令', show: tab('本人口令'), agencies: ['tax'], full: '口令' },
  ],
  audit: [{ name: '', by: 'audit', empty: '建立单位账本', full: /演练(?:经办|复核|开具|审批)/ }],
};

/** A roster file picked and previewed; without an answer the picking itself says so. */
async function previewRoster({ program, page, county, state }: Scene): Promise<void> {
  await page.evaluate(() => { location.hash = '#/roster/import'; });
  await answerOpenDialogs(program.app, county.rosterFile);
  await page.getByRole('button', { name: '选取名册文件…' }).click();
  if (state === 'error') return;
  await page.getByText('2022年4月-企业名册.csv').waitFor();
  await page.getByRole('button', { name: '预览' }).click();
}

/** The stick of the county listed, and its newest package looked at. */
async function stickListed({ program, page, county, state }: Scene): Promise<void> {
  if (state !== 'full') return;
  await answerOpenDialogs(program.app, county.stick);
  await page.getByRole('button', { name: '选取 U 盘目录…' }).click();
  await page.getByRole('button', { name: '查看' }).first().click();
}

type ListedPage = { readonly key: string; readonly title: string; readonly detail?: { readonly title: string } };

/** The table of pages is typed in the project of the pages, which has the types of .vue files; here it is loaded as it runs. */
const navigation = (await import(new URL('../../renderer/shell/navigation.ts', import.meta.url).href)) as { readonly pagesOf: (agency: Agency, held: readonly Duty[]) => readonly ListedPage[] };

/** Pages of an office that are to be seen, those below them included; by key and title. */
export function seenPages(agency: Agency): readonly { readonly key: string; readonly title: string; readonly above: string }[] {
  return navigation.pagesOf(agency, duties).flatMap(({ key, title, detail }) => [
    { key, title, above: title },
    ...(detail === undefined ? [] : [{ key: `${key}/detail`, title: detail.title, above: title }]),
  ]);
}

/** The looks of one office in one state, in the order of its pages. */
export function looksOf(agency: Agency, state: SeenState): readonly { readonly title: string; readonly above: string; readonly look: Look; readonly words: string | RegExp }[] {
  return seenPages(agency).flatMap(({ key, title, above }) =>
    (pageStates[key] ?? []).flatMap((look) => {
      const words = look[state];
      return words === undefined || look.agencies?.includes(agency) === false ? [] : [{ title, above, look, words }];
    }));
}

/** Rows of no page. */
export function strayRows(): readonly string[] {
  const known = new Set(agencies.flatMap((agency) => seenPages(agency).map(({ key }) => key)));
  return Object.keys(pageStates).filter((key) => !known.has(key));
}

/** Pages without a row here, or without one of the three states, by name. */
export function unseenPages(): readonly string[] {
  return agencies.flatMap((agency) =>
    seenPages(agency).flatMap(({ key, title }) => {
      const own = (pageStates[key] ?? []).filter((look) => look.agencies?.includes(agency) !== false);
      // When the program stops answering, the handler is signed in, who has no page of the audit.
      const wanted = key === 'audit' ? seenStates.filter((state) => state !== 'error') : seenStates;
      return wanted.filter((state) => own.every((look) => look[state] === undefined)).map((state) => `${agency} ${title}（${key}）: ${state}`);
    }));
}
