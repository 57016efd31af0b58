/** Closed tables of the window: every refusal can be laid out, every help key is written and used, every citation has words, the fonts are those of the package. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { errorMessage, errorTable, type ErrorKey } from '../../../shared/error-table.ts';
import type { ErrorRow } from '../../../shared/kernel/errors.ts';
import { parseArticles } from '../../../shared/eligibility/articles.ts';
import { citationName, isReading } from '../../../shared/reports/citations.ts';
import { detailLines, refusalText } from '../../../renderer/components/refusal.ts';
import { helpTable } from '../../../renderer/help/help-table.ts';
import { deadlineText } from '../../../renderer/components/deadline.ts';
import { civilDate } from '../../../shared/kernel/civil-date.ts';
import { windowFonts } from '../../../electron.vite.config.ts';
import * as capabilities from '../../../renderer/capabilities.ts';
import { pages as listedPages, pagesOf } from '../../../renderer/shell/navigation.ts';
import { agencies, businessDuties, duties } from '../../../shared/kernel/office.ts';
import { filesBelow, root } from '../../support/source-tree.ts';

const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const pages = filesBelow(['renderer'], ['.vue']).map((path) => ({ path, text: read(path) }));

test.each(Object.keys(errorTable) as ErrorKey[])('%s: what happened and what to do next are told apart', (code) => {
  const row: ErrorRow = errorTable[code];
  const params = Object.fromEntries([...`${row.says}${row.next}`.matchAll(/\{([a-zA-Z]+)\}/g)].map(([, name = '']) => [name, '某。某']));
  const { says, next } = refusalText({ code, message: errorMessage(code, params) });
  expect(next).toBe(`${row.next.replace(/\{[a-zA-Z]+\}/g, '某。某')}。`);
  expect(says.endsWith('。')).toBe(true);
});

test('a refusal of an unknown code is shown whole', () => {
  expect(refusalText({ code: 'NO_SUCH_CODE', message: '没有应答。请重新启动。' })).toEqual({ says: '没有应答。请重新启动。', next: null });
});

test('details become lines that say what they are about, and nothing becomes raw data', () => {
  expect(detailLines({ faults: [{ field: 'name', message: '不能为空', code: 'x' }] })).toEqual(['“name”项：不能为空']);
  expect(detailLines([{ row: 3, column: '代码', message: '校验位不符' }, '另一条'])).toEqual(['第 3 行 “代码”列：校验位不符', '另一条']);
  expect(detailLines({ reference: 'AB12' })).toEqual([]);
  expect(detailLines(null)).toEqual([]);
});

test('every help key that a page names is written, and every written one is used', () => {
  const used = new Set(pages.flatMap(({ text }) => [...text.matchAll(/(?:data-)?help="([a-z]+\.[a-zA-Z]+)"/g)].map(([, key = '']) => key)));
  // A description of cases names them for the fields of its acts.
  for (const path of filesBelow(['renderer'], ['-view.ts'])) for (const [, key = ''] of read(path).matchAll(/: '([a-z]+\.[a-zA-Z]+)'/g)) if (Object.hasOwn(helpTable, key)) used.add(key);
  expect([...used].filter((key) => !Object.hasOwn(helpTable, key))).toEqual([]);
  expect(Object.keys(helpTable).filter((key) => !used.has(key))).toEqual([]);
});

test('every folder with a manifest is listed, and no page or help key is given twice', () => {
  const folders = filesBelow(['renderer'], ['/capability.ts']).map((path) => path.split('/')[1] ?? '').filter((name) => name !== 'capability.ts');
  expect(Object.keys(capabilities).sort()).toEqual(folders.sort());
  const named = (part: 'pages' | 'help'): string[] => Object.values(capabilities).flatMap((capability) => Object.keys(capability[part]));
  for (const names of [named('pages'), named('help'), listedPages.map(({ path }) => path)]) expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

test('every office sees its own work first, and no two pages in one place', () => {
  expect(agencies.map((agency) => pagesOf(agency, businessDuties).map(({ key }) => key))).toEqual([
    ['desk', 'roster', 'assessment', 'schedule', 'refunds', 'risk', 'monthly', 'reconciliation', 'policy', 'exchange', 'reports', 'administration'],
    ['desk', 'received', 'survey', 'reconciliation', 'schedule', 'policy', 'exchange', 'reports', 'administration'],
    ['desk', 'treasury', 'reconciliation', 'survey', 'schedule', 'policy', 'exchange', 'reports', 'administration'],
  ]);
  for (const agency of agencies) {
    const places = pagesOf(agency, duties).map(({ place }) => place[agency]);
    expect(new Set(places).size).toBe(places.length);
  }
});

test('E1 administrators have no page of taxpayers, and the audit administrator has one of his own', () => {
  const own = ['desk', 'schedule', 'policy', 'exchange', 'reports', 'administration'];
  for (const agency of agencies) {
    expect(pagesOf(agency, ['system']).map(({ key }) => key)).toEqual(own);
    expect(pagesOf(agency, ['security']).map(({ key }) => key)).toEqual(own);
    expect(pagesOf(agency, ['audit']).map(({ key }) => key)).toEqual(['desk', 'audit', ...own.slice(1)]);
  }
});

test('every article that is shipped has words for its citation', () => {
  const articles = filesBelow(['resources/policy', 'resources/reference'], ['articles.md']).flatMap((path) => [...parseArticles(read(path)).values()]);
  expect(articles.length).toBeGreaterThan(40);
  const bare = articles.filter(({ cite }) => !isReading(cite) && citationName(cite) === cite);
  expect(bare.map(({ cite }) => cite)).toEqual([]);
});

test('no page carries an inline style attribute or a remote address, which the content policy would refuse', () => {
  expect(pages.filter(({ text }) => /\sstyle="/.test(text) || /https?:\/\//.test(text)).map(({ path }) => path)).toEqual([]);
});

test.each(['noto-sans-sc/400', 'noto-sans-sc/600', 'noto-serif-sc/400', 'noto-serif-sc/600'])('%s reaches the window with its woff2 slices only, shown when loaded', (sheet) => {
  const path = `node_modules/@fontsource/${sheet}.css`;
  const faces = windowFonts().transform(read(path), `/${path}`)?.match(/@font-face \{[^}]+\}/g) ?? [];
  expect(faces.length).toBe(101);
  expect(faces.filter((face) => !/font-display: block;[^]*src: url\([^)]+\.woff2\) format\('woff2'\);\s+unicode-range: U\+/.test(face))).toEqual([]);
});

test.each([
  ['2022-04-24', '还有 13 天', 'plain'], ['2022-04-14', '还有 3 天', 'wait'], ['2022-04-11', '今天到期', 'bad'], ['2022-04-09', '已超期 2 天', 'bad'],
])('a deadline of %s is told as %s', (due, text, tone) => {
  expect(deadlineText(civilDate(due), civilDate('2022-04-11'))).toEqual({ text, tone });
});
