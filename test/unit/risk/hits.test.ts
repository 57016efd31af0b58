/** 疑点 as cases: a run enters them once, a person judges them with a sentence and evidence, a later roster refreshes and supersedes openly. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { taxPeriod } from '../../../shared/kernel/tax-period.ts';
import { indicatorIds } from '../../../shared/risk/indicators.ts';
import { riskSentence } from '../../../shared/risk/sentences.ts';
import { usualRiskSettings } from '../../../shared/risk/settings.ts';
import type { Office } from '../../../electron/office/office.ts';
import { done, practiceOffice, refused, temporaryFolder, testClock } from '../../support/practice.ts';
import { completeText, testUscc, type Cells } from '../../support/roster-rows.ts';

const period = taxPeriod('2022-04');
const rows: readonly Cells[] = [
  { uscc: testUscc(1), name: '凌源市第一机械厂', status: '破产', abnormalVouchers: '0' },
  { uscc: testUscc(2), name: '凌源市第二机械厂', accountName: '凌源市第二机械厂', bankAccount: '6228480000000000002', registeredOn: '2021-11-01', abnormalVouchers: '0' },
  { uscc: testUscc(3), name: '凌源市第三机械厂', accountName: '凌源市第三机械厂', bankAccount: '6228480000000000003', abnormalVouchers: '12.34' },
];
const hit = (n: number, indicator: string): string => `${period}/${testUscc(n)}/${indicator}`;
const why = { reason: '已电话核实并查看合同', evidence: '购销合同、入库单' };

async function imported(office: Office, folder: string, cells: readonly Cells[]): Promise<void> {
  const file = join(folder, '名册.csv');
  writeFileSync(file, completeText(...cells));
  await done(office, 'roster.import', { file, period, acceptWarnings: true }, 'handler');
}
const open = async (office: Office) => (await done(office, 'risk.list', { states: ['open'], limit: 100 }, 'reviewer')).rows.map((row) => row.hit);
const county = async () => {
  const folder = temporaryFolder();
  const office = await practiceOffice('tax', testClock('2022-05-11T09:00'), join(folder, 'tax'));
  await imported(office, folder, rows);
  return { folder, office };
};

test('一次排查一条账，同样的排查不再入账；每条疑点都是一件待核实的事，列在复核人的工作台上', async () => {
  const { office } = await county();
  const first = await done(office, 'risk.run', { period }, 'handler');
  expect(first).toMatchObject({ changed: true, number: 1, firms: 3, refreshed: 0, superseded: 0, kept: 0, settings: usualRiskSettings });
  for (const expected of [hit(1, 'status'), hit(2, 'new-firm'), hit(3, 'abnormal-vouchers')]) expect(await open(office)).toContain(expected);
  expect(await done(office, 'risk.list', { limit: 1 }, 'handler')).toMatchObject({ totals: { count: first.opened }, states: [{ state: 'open', count: first.opened }] });
  const head = await done(office, 'administration.status', {}, 'handler');
  expect(await done(office, 'risk.run', { period }, 'handler')).toMatchObject({ changed: false, number: 1, opened: 0, kept: first.opened });
  expect(await done(office, 'administration.status', {}, 'handler')).toEqual(head);
  const { lines } = await done(office, 'administration.desk', {}, 'reviewer');
  expect(lines).toContainEqual(expect.objectContaining({ table: 'risk', state: 'open', title: '疑点待核实', may: ['reviewer'], count: first.opened }));
  expect(await done(office, 'administration.verify', { depth: 'deep' }, 'audit')).toMatchObject({ ok: true, faultCount: 0 });
});

test('由人核实：须写明情况和依据，改判由审批人；没有一个词说有罪', async () => {
  const { office } = await county();
  await done(office, 'risk.run', { period }, 'handler');
  expect(await refused(office, 'risk.clear', { hits: [hit(2, 'new-firm')], ...why }, 'handler')).toMatchObject({ code: 'DUTY_NOT_HELD' });
  expect(await refused(office, 'risk.clear', { hits: [hit(2, 'new-firm')], reason: '无问题' }, 'reviewer')).toMatchObject({ code: 'INPUT_INVALID' });
  await done(office, 'risk.clear', { hits: [hit(2, 'new-firm')], ...why }, 'reviewer');
  await done(office, 'risk.prove', { hits: [hit(3, 'abnormal-vouchers')], ...why }, 'reviewer');
  await done(office, 'risk.refer', { hits: [hit(1, 'status')], ...why }, 'reviewer');
  expect((await refused(office, 'risk.prove', { hits: [hit(2, 'new-firm')], ...why }, 'reviewer')).message).toContain('现为“已核实无问题”，不能核实有问题');
  const told = await done(office, 'risk.get', { hit: hit(3, 'abnormal-vouchers') }, 'handler');
  expect(told).toMatchObject({ hit: { state: 'proved', reason: why.reason, text: expect.stringMatching(/^疑点：.*12\.34 元/) as string }, facts: [{ key: '异常扣税凭证税额', text: '12.34' }] });
  expect(told.history.at(-1)).toMatchObject({ act: 'prove', details: { 依据资料: why.evidence } });
  const { indicators } = await done(office, 'risk.indicators', { period }, 'handler');
  expect(indicators.find(({ indicator }) => indicator === 'new-firm')).toMatchObject({ hits: 1, cleared: 1, provedShare: '0.00', falsePositiveRate: '100.00' });
  expect(indicators.find(({ indicator }) => indicator === 'status')).toMatchObject({ hits: 1, referred: 1, provedShare: null, falsePositiveRate: null });
  await done(office, 'risk.reopen', { hits: [hit(2, 'new-firm')], reason: '补充资料' }, 'approver');
  expect(await open(office)).toContain(hit(2, 'new-firm'));
  for (const id of indicatorIds) expect(riskSentence(id, {}, usualRiskSettings)).not.toMatch(/骗|犯罪|违法|有罪|嫌疑/);
});

test('后来的名册：未核实而不再列出的注明，数字变了的已核实疑点重新列出，没有变的结论不动', async () => {
  const { folder, office } = await county();
  await done(office, 'risk.run', { period }, 'handler');
  await done(office, 'risk.clear', { hits: [hit(2, 'new-firm')], ...why }, 'reviewer');
  await done(office, 'risk.prove', { hits: [hit(3, 'abnormal-vouchers')], ...why }, 'reviewer');
  const [first, second, third] = rows;
  await imported(office, folder, [{ ...first, status: '正常' }, second ?? {}, { ...third, abnormalVouchers: '99.99' }]);
  const again = await done(office, 'risk.run', { period }, 'handler');
  expect(again).toMatchObject({ changed: true, number: 2, recurred: 1 });
  expect(again.superseded).toBeGreaterThan(0);
  const state = async (of: string) => (await done(office, 'risk.get', { hit: of }, 'handler')).hit;
  expect(await state(hit(1, 'status'))).toMatchObject({ state: 'superseded' });
  expect(await state(hit(2, 'new-firm'))).toMatchObject({ state: 'cleared', reason: why.reason });
  expect(await state(hit(3, 'abnormal-vouchers'))).toMatchObject({ state: 'open', text: expect.stringContaining('99.99') as string });
  expect((await done(office, 'risk.get', { hit: hit(3, 'abnormal-vouchers') }, 'handler')).history.map(({ act }) => act)).toEqual(['open', 'prove', 'recur']);
  expect((await done(office, 'risk.runs', {}, 'handler')).runs.map(({ number }) => number)).toEqual([2, 1]);
  expect(await done(office, 'administration.verify', { depth: 'deep' }, 'audit')).toMatchObject({ ok: true, faultCount: 0 });
});

test('试算门槛：另一门槛会找到什么、漏掉什么，其中多少经人核实；账本不变，排查沿用上次的门槛', async () => {
  const { office } = await county();
  await done(office, 'risk.run', { period, settings: { newFirmMonths: 6 } }, 'handler');
  await done(office, 'risk.clear', { hits: [hit(2, 'new-firm')], ...why }, 'reviewer');
  const tried = await done(office, 'risk.tryThresholds', { period, settings: { newFirmMonths: 3 } }, 'reviewer');
  expect(tried.settings.newFirmMonths).toBe(3);
  expect(tried.indicators).toMatchObject([{ indicator: 'new-firm', caught: 0, missed: 1, clearedMissed: 1, provedMissed: 0, fresh: 0 }]);
  expect((await done(office, 'risk.tryThresholds', { period, settings: { newFirmMonths: 120 } }, 'reviewer')).indicators).toMatchObject([{ indicator: 'new-firm', caught: 1, missed: 0, fresh: 2 }]);
  expect((await done(office, 'risk.runs', {}, 'handler')).settings.newFirmMonths).toBe(6);
  expect(await done(office, 'risk.run', { period }, 'handler')).toMatchObject({ changed: false });
});
