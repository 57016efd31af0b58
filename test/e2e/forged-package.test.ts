/**
 * Packages that are not what they say 伪造与改动的交换包: one bit of the signature or of the content changed, one signed by a key nobody registered. Each is
 * refused on the screen with its code and what to do; the business stream keeps its head, a copy lies in quarantine, and the true package is still taken.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { openLedgerFile } from '../../electron/platform/database.ts';
import { chain } from '../support/chain.ts';
import { deepFaults, goTo, lookIntoPackage, openOnScreen, openTab, signInOnScreen } from '../support/clerk.ts';
import { forge, party } from '../support/exchange-packages.ts';
import { refundsToVoucher, sendBatch } from '../support/killing-county.ts';
import { answerOpenDialogs, fileFolder, openProgram, type Program } from '../support/program.ts';
import { windowCounty, type WindowCounty } from '../support/window-county.ts';

const folder = fileFolder();
const trueFile = '211382-tax-treasury-e1-000001.kxp';
const forged = [
  { what: 'one bit of the signature changed', file: '签名改动一位.kxp', code: 'E110', says: '签名无效，文件可能被改动', next: '请联系税务局核对该文件' },
  { what: 'one bit of the content changed', file: '内容改动一位.kxp', code: 'E130', says: '密文校验失败', next: '请换一只U盘' },
  { what: 'a key nobody registered', file: '陌生密钥.kxp', code: 'E111', says: '签名所用密钥未在本机登记', next: '不可直接信任' },
] as const;
let county: WindowCounty;
let program: Program;
let before: Stand;

type Stand = { readonly business: { readonly seq: number; readonly hash: string }; readonly refusedFiles: readonly string[] };

/** The newest entry of the business stream, and the files whose refusal is on record. The office must not be open. */
function standOf(dir: string): Stand {
  const db = openLedgerFile(join(dir, 'ledger.db'), { mustExist: true });
  try {
    const newest = db.prepare("SELECT seq, entry_hash FROM journal WHERE stream = 'business' ORDER BY seq DESC LIMIT 1").get();
    const refused = db.prepare("SELECT subject FROM journal WHERE kind = 'exchange.quarantine' ORDER BY seq").all();
    return { business: { seq: Number(newest?.['seq']), hash: String(newest?.['entry_hash']) }, refusedFiles: refused.map((row) => String(row['subject'])) };
  } finally {
    db.close();
  }
}

function sha256(file: string): string {
  return createHash('sha256').update(readFileSync(join(county.stick, file))).digest('hex');
}

/** A copy with the lowest bit of one byte changed. */
function oneBitChanged(bytes: Uint8Array, at: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}

async function look(file: string): Promise<void> {
  await goTo(program.page, '交换');
  await lookIntoPackage(program.page, file);
}

beforeAll(async () => {
  county = await windowCounty(folder, async (offices) => {
    await sendBatch(offices, await refundsToVoucher(offices));
  });
  const bytes = new Uint8Array(readFileSync(join(county.stick, trueFile)));
  const signatureAt = 14 + new DataView(bytes.buffer).getUint32(10) + 4;
  writeFileSync(join(county.stick, '签名改动一位.kxp'), oneBitChanged(bytes, signatureAt + 10));
  writeFileSync(join(county.stick, '内容改动一位.kxp'), oneBitChanged(bytes, bytes.length - 100));
  const stranger = await forge({ from: party('tax', { practice: true, seed: 'stranger' }), to: party('treasury', { practice: true }) });
  writeFileSync(join(county.stick, '陌生密钥.kxp'), stranger.bytes);
  before = standOf(county.treasury);
  program = await openProgram({ folder });
  await program.page.setViewportSize({ width: 1366, height: 768 });
  await openOnScreen(program, county.treasury);
  await answerOpenDialogs(program.app, county.stick);
  await signInOnScreen(program.page, 'reviewer');
}, 240_000);

afterAll(async () => {
  await program.app.close();
});

const step = chain('three packages that are not what they say are refused, and the true one is still taken');

for (const { what, file, code, says, next } of forged) {
  step(`a package with ${what} is refused on looking into it, with its code and what to do, and is not offered for import`, async () => {
    await look(file);
    const found = program.page.getByRole('region', { name: `查看 ${file}` });
    for (const words of [code, says, next, '导入时将答复']) await expect.poll(() => found.innerText()).toContain(words);
    await expect.poll(() => program.page.getByRole('button', { name: '导入这个交换包' }).count()).toBe(0);
  });

  step(`a package with ${what} is refused when it is entered all the same, and is said to be quarantined`, async () => {
    await program.page.getByRole('button', { name: '登记，不入账' }).click();
    const refusal = program.page.locator('main').getByRole('alert');
    for (const words of [code, says, next, '文件已隔离，未入账']) await expect.poll(() => refusal.innerText()).toContain(words);
    expect(readdirSync(join(county.treasury, 'quarantine'))).toContain(`${sha256(file)}.kxp`);
  });
}

step('nothing of them is on any page: no package came, no voucher is waiting', async () => {
  const { page } = program;
  await goTo(page, '交换');
  await page.getByText('还没有收到交换包').waitFor();
  await openTab(page, '缺号、逾期与隔离');
  await page.getByRole('row', { name: /税务局/ }).getByText('连续').waitFor();
  await expect.poll(() => page.getByRole('row', { name: /税务局/ }).innerText()).toContain('0 号');
  await goTo(page, '退库');
  await openTab(page, '待审核');
  await page.getByText('这里现在没有退还书').waitFor();
});

step('the business stream has its old head; the three refusals are on record under the hashes of their files', async () => {
  const { page } = program;
  await page.getByRole('button', { name: '退出登录' }).click();
  await page.getByRole('button', { name: '打开别的单位' }).click();
  await page.getByRole('button', { name: '打开已有单位的文件夹…' }).waitFor();
  const after = standOf(county.treasury);
  expect(after.business).toEqual(before.business);
  expect([before.refusedFiles, after.refusedFiles]).toEqual([[], forged.map(({ file }) => sha256(file))]);
  expect(deepFaults(county.treasury)).toEqual([]);
});

step('the number was not used: the true package is still taken as number 1', async () => {
  const { page } = program;
  await openOnScreen(program, county.treasury);
  await answerOpenDialogs(program.app, county.stick);
  await signInOnScreen(page, 'reviewer');
  await look(trueFile);
  await page.getByRole('button', { name: '导入这个交换包' }).click();
  await page.getByText('已接收税务局第 1 号包').waitFor();
});
