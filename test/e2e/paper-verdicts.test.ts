/**
 * One explanation for each of the seven conclusions, printed as the clerk prints it and read back as a taxpayer would: the conclusion in a sentence, why,
 * what is missing and who has it, the numbers, the articles, what comes next. With LIUDI_SEEN set each page is kept as a picture in test/e2e/seen.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verdicts, type Verdict } from '../../shared/eligibility/model.ts';
import { verdictNames } from '../../shared/eligibility/terms.ts';
import { taxPeriod } from '../../shared/kernel/tax-period.ts';
import { foundOffice } from '../../electron/office/found-office.ts';
import type { Office } from '../../electron/office/office.ts';
import { withPaperFonts } from '../../electron/platform/paper-fonts.ts';
import { chromiumPrinter, type ChromiumPrinter } from '../../electron/platform/print-chromium.ts';
import { testBrowser } from '../support/browser.ts';
import { paperPicture, paperText } from '../support/paper.ts';
import { done, testClock, testEnv } from '../support/practice.ts';
import { completeText, testUscc, type Cells } from '../support/roster-rows.ts';

const folder = mkdtempSync(join(tmpdir(), 'liudi-verdicts-'));
const period = taxPeriod('2022-04');
const plain: Cells = {
  prevYearSales: '12345678.90', baseCredit: '100000.00', endingCredit: '900000.50', recentCredits: '200000;300000;400000;500000;600000;900000.50', salesByIndustry: 'C=800000;F51=150000',
  exportRefundDue: '', vatArrears: '', existingRefundedOn: '', generalRefundedOn: '', evasion36: '0', immediateRefundRepaidOn: '', abnormalVouchers: '', registeredOn: '2015-03-04',
};
const builder: Cells = { industryCode: 'E4710', prevYearSales: '900000000.00', prevYearAssets: '900000000.00', salesByIndustry: 'E=8000000' };

type Sheet = { readonly verdict: Verdict; readonly name: string; readonly picture: string; readonly cells: Cells; readonly says: readonly string[] };

/** What each page must say, beyond its frame. */
const sheets: readonly Sheet[] = [
  { verdict: 'refundable', name: '凌源市甲一机械有限公司', picture: 'refundable', cells: {}, says: ['应退税额合计', '人民币', '结转下期继续抵扣', '以后申报期仍可申请'] },
  { verdict: 'nothing-due', name: '凌源市乙二铸造有限公司', picture: 'nothing-due', cells: { endingCredit: '0', recentCredits: '0;0;0;0;0;0' }, says: ['本期没有应退税额', '本期没有可以申请的金额'] },
  { verdict: 'ineligible', name: '凌源市丙三阀门有限公司', picture: 'ineligible', cells: { creditRating: 'M', evasion36: '2' }, says: ['不符合的条件如下', '纳税信用级别为M级，须为A级或B级', '试算', '核实更正后重新测算'] },
  {
    verdict: 'not-open', name: '凌源市丁四钢铁有限公司', picture: 'not-open', cells: { prevYearSales: '500000000.00', baseCredit: '2000000.00', endingCredit: '1500000.00', recentCredits: '1;2;3;4;5;1500000.00' },
    says: ['受理的申报期还没有到', '2022-06', '受理起始'],
  },
  { verdict: 'suspended', name: '凌源市戊五橡胶有限公司', picture: 'suspended', cells: { underInspection: '是', abnormalVouchers: '3200.00' }, says: ['被税务稽查立案且未结案', '暂停办理不是不予退税'] },
  {
    verdict: 'needs-evidence', name: '凌源市己六食品有限公司', picture: 'needs-evidence', cells: { creditRating: '', fraud36: '', deductedFrom: '', salesMonths: '', filingMismatch: '' },
    says: ['缺少的资料', '找谁要', '稽查部门', '纳税信用管理岗', '税源管理岗', '补齐以前不作符合或者不符合的结论'],
  },
  { verdict: 'out-of-scope', name: '凌源市庚七百货商店', picture: 'out-of-scope', cells: { taxpayerKind: '小规模纳税人' }, says: ['为小规模纳税人', '本期不适用留抵退税'] },
  { verdict: 'ineligible', name: '凌源市辛八建筑安装有限公司', picture: 'ineligible-general', cells: { ...builder, endingCredit: '599999.99', recentCredits: '200000;90000;400000;500000;550000;599999.99' }, says: ['499,999.99元，低于500,000.00元', '2019年第39号公告第八条'] },
  { verdict: 'needs-evidence', name: '凌源市壬九建筑劳务有限公司', picture: 'needs-evidence-general', cells: { ...builder, creditRating: '', evasion36: '', baseCredit: '', recentCredits: '', deductedFrom: '', immediateRefund: '', industryCode: '' }, says: ['缺少的资料', '2019年3月所属期增值税申报表', '待资料补齐后计算'] },
];

let office: Office;
let printer: ChromiumPrinter;
let browser: Browser;

beforeAll(async () => {
  const found = await chromiumPrinter();
  if (found === null) throw new Error('no browser: install Edge or Chrome, or name one with LIUDI_BROWSER');
  printer = found;
  browser = await testBrowser();
  office = await foundOffice(join(folder, 'tax'), { agency: 'tax', county: '211382', name: '凌源市税务局', practice: true }, testEnv(testClock('2022-04-18T10:00'), 'verdicts'));
  const file = join(folder, '名册.csv');
  writeFileSync(file, completeText(...sheets.map(({ name, cells }, index) => ({ ...plain, ...cells, uscc: testUscc(index + 1), name, accountName: name }))));
  await done(office, 'roster.import', { file, period }, 'handler');
  await done(office, 'eligibility.assess', { period }, 'handler');
});
afterAll(async () => {
  office.close();
  await printer.close();
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

test('every conclusion has its sheet', () => {
  expect(new Set(sheets.map(({ verdict }) => verdict))).toEqual(new Set(verdicts));
});

test.each(sheets.map((sheet, index) => ({ ...sheet, uscc: testUscc(index + 1) })))('$verdict of $name is one page that says why and what next', async ({ verdict, name, uscc, picture, says }) => {
  const found = await done(office, 'eligibility.explain', { period, uscc }, 'handler');
  expect(found.verdict).toBe(verdict);
  const { html } = await done(office, 'reports.render', { id: 'explanation', params: { period, uscc } }, 'handler');
  const bytes = await printer.print(withPaperFonts(html).html);
  const pages = await paperText(bytes);
  if (process.env['LIUDI_SEEN'] !== undefined) writeFileSync(join(import.meta.dirname, 'seen', `paper-verdict-${picture}.png`), await paperPicture(browser, bytes));
  expect(pages).toHaveLength(1);
  const [page = ''] = pages;
  for (const part of [name, uscc, `结论：${verdictNames[verdict]}`, '下一步', '计算过程', '依据条文（转述）', '以《税务事项通知书》为准', ...says]) expect(page).toContain(part);
  expect(page).not.toMatch(/undefined|null|NaN|确信度|conditions|reading\//);
});
