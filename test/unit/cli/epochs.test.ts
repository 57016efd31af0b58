/** C3, C5 on the command line: a channel that stopped is named by status and list, with both files and whom to call, and is opened anew by verbs alone. */
import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCli } from '../../support/tampering-cli.ts';
import { temporaryFolder } from '../../support/practice.ts';

test('C3 C5 two machines with one ledger: status and list say what stopped, and four persons in two offices open the channel by verbs', { timeout: 120_000 }, () => {
  const root = temporaryFolder();
  const [stick, other] = [join(root, 'stick'), join(root, 'other')];
  for (const folder of [stick, other]) mkdirSync(folder);
  const run = (...words: string[]): { json: unknown } => {
    const result = runCli([...words, '--json', '--clock', '2022-06-05']);
    expect([words.join(' '), result.exit, result.exit === 0 ? '' : JSON.stringify(result.json)]).toEqual([words.join(' '), 0, '']);
    return result;
  };
  const office = (name: string): string[] => ['--office', join(root, name)];
  const prints: Record<string, { fileName: string; fingerprint: string }> = {};
  for (const agency of ['tax', 'finance']) {
    run('office', 'init', join(root, agency), '--agency', agency, '--county', '211382', '--name', `凌源市${agency === 'tax' ? '税务局' : '财政局'}`, '--unattended');
    prints[agency] = (run('key', 'show', '--out', stick, ...office(agency)).json as { card: { fileName: string; fingerprint: string } }).card;
  }
  for (const [agency, peer] of [['tax', 'finance'], ['finance', 'tax']] as const) run('key', 'trust', join(stick, prints[peer]?.fileName ?? ''), '--fingerprint', prints[peer]?.fingerprint ?? '', ...office(agency));
  mkdirSync(join(root, 'clone'));
  copyFileSync(join(root, 'tax', 'ledger.db'), join(root, 'clone', 'ledger.db'));
  run('package', 'export', 'MONTHLY_REPORT', '--allow-empty', '--to', 'finance', '--period', '2022-04', '--out', stick, ...office('tax'));
  run('package', 'export', 'MONTHLY_REPORT', '--allow-empty', '--to', 'finance', '--period', '2022-05', '--out', other, ...office('clone'));
  const name = '211382-tax-finance-e1-000001.kxp';
  run('package', 'import', join(stick, name), ...office('finance'));
  expect(runCli(['package', 'import', join(other, name), '--json', '--clock', '2022-06-05', ...office('finance')])).toMatchObject({ exit: 1, json: { error: { code: 'PACKAGE_FORK' } } });

  for (const words of [['office', 'status'], ['package', 'list'], ['epoch', 'list']]) {
    const text = runCli([...words, ...office('finance'), '--clock', '2022-06-05']).stdout;
    expect([words.join(' '), text]).toEqual([words.join(' '), expect.stringMatching(/停用：.*同一序号出现两份不同文件[\s\S]*本单位先收到的税务局第 1 号包[\s\S]*未入账、已隔离的税务局第 1 号包[\s\S]*请联系凌源市税务局/)]);
  }
  expect(run('operation', 'exchange.quarantine', '{}', ...office('finance')).json).toMatchObject({ files: [{ code: 'PACKAGE_FORK' }] });
  const evidence = join(root, 'evidence');
  mkdirSync(evidence);
  run('epoch', 'evidence', 'tax', '--out', evidence, ...office('finance'));
  expect(readdirSync(evidence).map((file) => file.slice(0, 2)).sort()).toEqual(['已收', '隔离']);

  run('epoch', 'propose', 'tax', '--reason', 'fork', '--note', '两台机器', '--as', 'handler', ...office('finance'));
  run('epoch', 'confirm', 'tax', '--out', stick, ...office('finance'));
  run('package', 'import', join(stick, '211382-finance-tax-e2-000001.kxp'), ...office('tax'));
  run('epoch', 'propose', 'finance', '--reason', 'fork', '--as', 'handler', ...office('tax'));
  run('epoch', 'confirm', 'finance', '--out', stick, ...office('tax'));
  run('package', 'import', join(stick, '211382-tax-finance-e2-000001.kxp'), ...office('finance'));
  expect(runCli(['office', 'status', ...office('finance'), '--clock', '2022-06-05']).stdout).not.toContain('停用');
  run('package', 'export', 'MONTHLY_REPORT', '--allow-empty', '--to', 'finance', '--period', '2022-06', '--out', stick, ...office('tax'));
  run('package', 'import', join(stick, '211382-tax-finance-e2-000002.kxp'), ...office('finance'));
  for (const agency of ['tax', 'finance']) run('ledger', 'verify', '--deep', ...office(agency));
});

test('C3 office status reminds of the key and says what to do', () => {
  const root = join(temporaryFolder(), 'tax');
  runCli(['office', 'init', root, '--agency', 'tax', '--county', '211382', '--name', '凌源市税务局', '--unattended', '--clock', '2022-06-05']);
  expect(runCli(['office', 'status', '--office', root, '--clock', '2023-05-29']).stdout).toContain('密钥：本单位签名密钥 2023-06-05 到期，还有 7 天，请立即更换');
  expect(runCli(['package', 'list', '--office', root, '--clock', '2023-06-06']).stdout).toMatch(/密钥：本单位签名密钥已于 2023-06-05 到期.*当面交另外两家登记/);
});
