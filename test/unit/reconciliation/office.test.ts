/** 三方对账 in the office: three offices of one story compute one document, and the files they export give it again. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { agencies, type Agency } from '../../../shared/kernel/office.ts';
import { april, refusal, sendPackage, take } from '../../support/exchange-offices.ts';
import { aprilPaid, stateRound } from '../../support/reconciling.ts';
import { liudi } from '../../support/command-line.ts';

test('三个单位用交换来的对账单各自对账，得到逐字节相同的对账单；导出的三方清单由命令行再对一次也相同', async () => {
  const county = await aprilPaid();
  await stateRound(county);
  const runs = await Promise.all(agencies.map((agency) => county.call(agency, 'reconciliation.run', { period: april })));
  const [run] = runs;
  expect(new Set(runs.map((one) => JSON.stringify(one))).size).toBe(1);
  expect(run?.document).toMatchObject({ period: '2022-04', cutoff: '2022-04-30', through: '2022-05-05', holds: true, warnings: [] });
  expect(run?.document.items.map(({ key, link, reason, explained }) => [key, link, reason, explained])).toEqual([
    ['00000003', 'tax-treasury', 'bank-return-open', true],
    ['00000001', 'treasury-finance', 'charge-missing', false],
    ['00000002', 'treasury-finance', 'charge-missing', false],
  ]);
  for (const office of Object.values(county.offices)) office.close();
  const at = ['--clock', '2022-05-05T09:30:00+08:00'];
  const written = agencies.map((agency) => {
    const out = join(county.folder, `${agency}.json`);
    const told = liudi(['reconcile', '--office', join(county.folder, agency), '--period', '2022-04', '--out', out, '--lists', join(county.folder, `lists-of-${agency}`), ...at]);
    expect([told.exit, told.stderr]).toEqual([0, '']);
    return readFileSync(out, 'utf8');
  });
  expect(new Set(written).size).toBe(1);
  const again = join(county.folder, 'again.json');
  const lists = (of: Agency): string[] => agencies.flatMap((side) => [`--${side}`, join(county.folder, `lists-of-${of}-${side}.csv`)]);
  expect(liudi(['reconcile', '--period', '2022-04', ...lists('finance'), '--through', '2022-05-05', '--out', again]).exit).toBe(0);
  expect(readFileSync(again, 'utf8')).toBe(written[0]);
});

test('未到齐不对账；月份没有过完不汇成；没有变化的再汇成一次不改账本；新登记的进入下一版', async () => {
  const county = await aprilPaid();
  expect(await refusal(county.offices.tax, 'reconciliation.run', { period: april })).toBe('RECON_STATEMENTS_MISSING');
  expect(await refusal(county.offices.tax, 'reconciliation.state', { period: '2022-05' })).toBe('RECON_MONTH_NOT_OVER');
  expect(await refusal(county.offices.tax, 'reconciliation.state', { period: '2022-04', through: '2022-04-29' })).toBe('RECON_THROUGH_UNFIT');
  const first = await county.call('treasury', 'reconciliation.state', { period: april });
  expect([first.changed, first.statement.version, first.statement.lines]).toEqual([true, 1, 6]);
  expect((await county.call('treasury', 'reconciliation.state', { period: april })).changed).toBe(false);
  await county.call('treasury', 'treasury.bankReturn', { vouchers: ['00000001'], reasonCode: 'account-closed', reason: '账户已销户' });
  const second = await county.call('treasury', 'reconciliation.state', { period: april });
  expect([second.changed, second.statement.version, second.statement.lines]).toEqual([true, 2, 7]);
});

test('更正后重开的退还书：原退还书随新号作废，四月的退回不再是差异', async () => {
  const county = await aprilPaid();
  await take(county, 'tax', await sendPackage(county, 'treasury', { kind: 'REFUND_RECEIPT', to: 'tax' }));
  const { refunds } = await county.call('tax', 'refunds.correctReturned', { refund: 'SQ-2022-000003', reason: '印鉴已补盖' });
  expect(refunds.length).toBe(1);
  await county.call('tax', 'refunds.issueVouchers', { all: { state: 'corrected' } });
  await county.call('tax', 'reconciliation.state', { period: april });
  const { csv } = await county.call('tax', 'reconciliation.list', { period: april, office: 'tax' });
  const rows = csv.split('\r\n').slice(1, -1).map((line) => { const [kind, no, former, ...rest] = line.split(','); return [kind, no, former, rest[9]]; });
  expect(rows).toEqual([
    ['开具', '00000001', '', '2022-04-11'], ['开具', '00000002', '', '2022-04-11'],
    ['开具', '00000003', '', '2022-04-11'], ['作废', '00000003', '', '2022-05-05'],
    ['开具', '00000004', '00000003', '2022-05-05'],
  ]);
});
