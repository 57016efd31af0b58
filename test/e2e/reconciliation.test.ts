/** 三方对账 on the screen: a difference with its evidence side by side, the third signature locks the month, an act dated in it is refused, unlocking begins. */
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { civilDate } from '../../shared/kernel/civil-date.ts';
import { agencies } from '../../shared/kernel/office.ts';
import { goTo, openComputer, openOnScreen, settled, signInOnScreen } from '../support/clerk.ts';
import { april, sendPackage, take } from '../support/exchange-offices.ts';
import { refusedCode, type Program } from '../support/program.ts';
import { aprilPaid, hashOf, sendRound, stateRound } from '../support/reconciling.ts';

const programs: Program[] = [];
afterAll(async () => {
  for (const { app } of programs) await app.close();
});

test('差异有证据并列；第三方在屏幕上签字后该月锁定，记在该月的业务不予办理，解锁须写明原因', async () => {
  const county = await aprilPaid();
  await take(county, 'tax', await sendPackage(county, 'treasury', { kind: 'REFUND_RECEIPT', to: 'tax' }));
  await stateRound(county);
  const hash = await hashOf(county, 'tax');
  for (const from of ['finance', 'treasury'] as const) {
    await county.call(from, 'reconciliation.sign', { period: april, purpose: 'lock', hash });
    await sendRound(county, from, 'PERIOD_LOCK');
  }
  for (const agency of agencies) county.offices[agency].close();
  const program = await openComputer(county.folder, 'screen');
  programs.push(program);
  const { page } = program;
  await openOnScreen(program, join(county.folder, 'tax'));
  await signInOnScreen(page, 'approver');
  await goTo(page, '三方对账');
  await page.getByRole('heading', { name: /^2022\s*年\s*4\s*月对账单与签字/ }).waitFor();
  await page.getByRole('button', { name: 'CX-2022-0001' }).click();
  await page.getByRole('heading', { name: /^CX-2022-0001/ }).waitFor();
  await page.getByText('2022-04-11 退回', { exact: true }).waitFor();
  await page.getByText(/库—财\u3000PC-2022-0001 2 笔漏记列支/).waitFor();
  await settled(page);
  if (process.env['LIUDI_SEEN'] !== undefined) await page.screenshot({ path: join(import.meta.dirname, 'seen', '三方对账-差异与证据.png'), fullPage: true });
  await page.getByRole('button', { name: '签字锁定…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '签字', exact: true }).click();
  await page.getByText('三方签字到齐，2022年4月已锁定').waitFor();
  await page.locator('.state', { hasText: '已锁定' }).waitFor();
  await signInOnScreen(page, 'handler');
  expect(await refusedCode(page, 'refunds.crossOff', { all: { state: 'paid' }, on: civilDate('2022-04-30') })).toBe('MONTH_LOCKED');
  await signInOnScreen(page, 'approver');
  await goTo(page, '三方对账');
  await page.getByRole('button', { name: '签字解锁…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox').first().fill('漏记一笔追缴');
  await dialog.getByRole('button', { name: '签字', exact: true }).click();
  await page.getByText('已签字；请到“交换”把“期间锁定”送对方').waitFor();
  await page.getByText(/演练审批.*漏记一笔追缴/).waitFor();
});
