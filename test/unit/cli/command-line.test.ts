/** The headless interface from outside: exit codes, one JSON document, Chinese sentences, secrets by standard input only. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withoutAny } from '../../support/roster-rows.ts';
import { usccCheckCharacter } from '../../../shared/roster/uscc.ts';
import { errorOf, jsonOf, liudi } from '../../support/command-line.ts';

const folder = mkdtempSync(join(tmpdir(), 'liudi-cli-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const office = join(folder, 'tax');
const roster = join(folder, '名册.csv');
const body = '91211382MA0000001';
const uscc = body + usccCheckCharacter(body);
const header =
  '统一社会信用代码,纳税人名称,纳税人类型,划型行业代码,纳税信用级别,上年增值税销售额,上年存续月数,近12个月分行业销售额,近12个月经营月数,2019年3月31日期末留抵税额,当期期末留抵税额,' +
  '进项统计起始所属期,已抵扣_增值税专用发票,已抵扣_其他,36个月内骗税或虚开,36个月内偷税处罚次数,2019年4月起享受即征即退,当期已申报,稽查立案未结,申报比对异常未处理';
const good = `${uscc},凌源市某机械厂,一般纳税人,C3411,A,1234500.00,12,C=600000;F51=400000,12,100,120,2019-04,800,200,否,0,否,是,否,否`;

beforeAll(() => {
  writeFileSync(roster, `\ufeff${header}\r\n${good}\r\n`);
  const founded = liudi(['office', 'init', office, '--agency', 'tax', '--county', '211382', '--name', '凌源市税务局', '--unattended', '--clock', '2022-04-11', '--json']);
  expect(founded.exit, founded.stderr).toBe(0);
});

describe('evaluate', () => {
  test('prints one line a row in the shape of the contract', () => {
    const { exit, stdout } = liudi(['evaluate', roster, '--period', '2022-04']);
    expect(exit).toBe(0);
    const line = JSON.parse(stdout) as Record<string, unknown>;
    expect(Object.keys(line)).toEqual([
      'row', 'uscc', 'name', 'period', 'pack', 'route', 'size', 'sizeBasis', 'listedIndustry', 'listedShare', 'verdict', 'endingCredit', 'existingCredit',
      'incrementalCredit', 'ratio', 'refundRate', 'refundableExisting', 'refundableIncremental', 'refundableTotal', 'existingOpenFrom',
      'incrementalOpenFrom', 'warnings', 'findings',
    ]);
    expect(line).toMatchObject({
      row: 2, uscc, pack: 'mof-sta-2022-14', route: '2022-14/1', size: 'micro', sizeBasis: 'annual sales 1,234,500.00 < 3,000,000.00 (industry)',
      listedIndustry: true, listedShare: '0.6000', verdict: 'refundable', existingCredit: '100.00', incrementalCredit: '20.00', ratio: '0.8000000000',
      refundRate: '1', refundableExisting: '80.00', refundableIncremental: '16.00', refundableTotal: '96.00', existingOpenFrom: '2022-04',
    });
  });

  test('writes findings and a table to files, which appear only when complete', () => {
    const out = join(folder, 'out.jsonl');
    const csv = join(folder, 'out.csv');
    expect(liudi(['evaluate', roster, '--period', '2022-04', '--out', out, '--csv', csv, '--json'])).toMatchObject({ exit: 0 });
    expect(JSON.parse(readFileSync(out, 'utf8'))).toMatchObject({ verdict: 'refundable' });
    expect(readFileSync(csv, 'utf8').split('\n')[1]).toContain('96.00');
    expect(existsSync(`${out}.part`)).toBe(false);
  });

  test('a table alone comes without lines: the sentence of what was done is all that is printed', () => {
    const csv = join(folder, 'alone.csv');
    const { exit, stdout } = liudi(['evaluate', roster, '--period', '2022-04', '--csv', csv]);
    expect([exit, stdout]).toEqual([0, '2022-04 申报期测算 1 行：可退 1\n']);
    expect(readFileSync(csv, 'utf8').split('\n')[1]).toContain(',refundable,');
  });

  test('a row that cannot be used gets its error line and the exit code stays 0', () => {
    const faulty = join(folder, 'faulty.csv');
    writeFileSync(faulty, `${header}\n${good.replace('1234500.00', '1e3')}\n${good}\n`);
    const { exit, stdout } = liudi(['evaluate', faulty, '--period', '2022-04']);
    const lines = stdout.trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(exit).toBe(0);
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatchObject({ row: 2, name: '凌源市某机械厂', error: { code: 'CELL_AMOUNT_INVALID' } });
    expect(lines[1]).toMatchObject({ row: 3, verdict: 'refundable' });
  });

  const usage: readonly (readonly [string, readonly string[]])[] = [
    ['no period', ['evaluate', roster]],
    ['a month that is none', ['evaluate', roster, '--period', '2022-13']],
    ['a period before the policy', ['evaluate', roster, '--period', '2019-04']],
    ['an unknown pack', ['evaluate', roster, '--period', '2022-04', '--pack', 'x']],
    ['an unknown option', ['evaluate', roster, '--period', '2022-04', '--frob']],
    ['an unknown verb', ['frob']],
    ['no file', ['evaluate', '--period', '2022-04']],
  ];
  test.each(usage)('%s is wrong usage: exit 2, nothing on standard output', (_name, words) => {
    const { exit, stdout, stderr } = liudi(words);
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' });
    expect(stderr).toMatch(/未作任何改动/);
  });

  test('a file that is not there is refused: exit 1 with code and sentence', () => {
    const result = liudi(['evaluate', join(folder, 'none.csv'), '--period', '2022-04', '--json']);
    expect(result.exit).toBe(1);
    expect(errorOf(result)).toMatchObject({ code: 'ROSTER_FILE_UNREADABLE' });
  });
});

describe('an office', () => {
  test('imports, says when nothing changes, assesses, explains and verifies', () => {
    const at = ['--office', office, '--clock', '2022-04-18', '--json'];
    expect(jsonOf(liudi(['roster', 'import', roster, '--period', '2022-04', '--dry-run', '--without', withoutAny.join('、'), ...at]))).toMatchObject({ dryRun: true, added: 1 });
    expect(jsonOf(liudi(['roster', 'import', roster, '--period', '2022-04', '--without', withoutAny.join('、'), ...at]))).toMatchObject({ changed: true, added: 1 });
    expect(jsonOf(liudi(['roster', 'import', roster, '--period', '2022-04', '--without', withoutAny.join('、'), ...at]))).toMatchObject({ changed: false });
    expect(jsonOf(liudi(['assess', '--period', '2022-04', ...at]))).toMatchObject({ changed: true, rows: 1, refundableTotal: '96.00' });
    expect(jsonOf(liudi(['assess', '--period', '2022-04', ...at]))).toMatchObject({ changed: false });
    expect(jsonOf(liudi(['explain', uscc, '--period', '2022-04', ...at]))).toMatchObject({ verdict: 'refundable', refundableTotal: '96.00' });
    expect(jsonOf(liudi(['survey', '--period', '2022-04', ...at]))).toMatchObject({ rows: 1, total: { count: 1, total: '96.00' } });
    expect(jsonOf(liudi(['operation', 'roster.list', '{"period":"2022-04"}', ...at]))).toMatchObject({ count: 1 });
    const verified = liudi(['ledger', 'verify', '--deep', '--office', office, '--json']);
    expect(verified.exit).toBe(0);
    expect(jsonOf(verified)).toMatchObject({ ok: true });
  });

  test('refuses what a person holds no duty for, and names who does', () => {
    const result = liudi(['roster', 'import', roster, '--period', '2022-04', '--office', office, '--as', 'audit', '--clock', '2022-04-18', '--json']);
    expect(result.exit).toBe(1);
    expect(errorOf(result)).toMatchObject({ code: 'DUTY_NOT_HELD' });
    expect(errorOf(result).message).toContain('经办');
  });

  const refusals: readonly (readonly [string, readonly string[], string])[] = [
    ['a folder without a ledger', ['office', 'status', '--office', join(folder, 'nowhere')], 'NOT_AN_OFFICE'],
    ['an office in a folder that has one', ['office', 'init', office, '--agency', 'tax', '--county', '211382', '--name', 'x', '--unattended'], 'OFFICE_EXISTS'],
    ['an operation outside the table', ['operation', 'ledger.rewrite', '{}', '--office', office], 'UNKNOWN_OPERATION'],
    ['a field outside the schema', ['operation', 'roster.list', '{"period":"2022-04","x":1}', '--office', office], 'INPUT_INVALID'],
    ['an act of another office', ['operation', 'treasury.pay', '{"all":{}}', '--office', office], 'NOT_IN_THIS_OFFICE'],
    ['a person nobody knows', ['assess', '--period', '2022-04', '--office', office, '--as', 'nobody'], 'UNKNOWN_OPERATOR'],
  ];
  test.each(refusals)('%s is refused with its code', (_name, words, code) => {
    const result = liudi([...words, '--json']);
    expect(result.exit).toBe(1);
    expect(errorOf(result).code).toBe(code);
  });
});

describe('a real office', () => {
  const real = join(folder, 'real');
  const password = '正确的 口令 battery staple';
  const passphrase = '密钥口令 horse correct';

  test('takes its secrets from standard input and asks for the password of who acts', () => {
    const words = ['office', 'init', real, '--agency', 'treasury', '--county', '211382', '--name', '人民银行凌源市支行国库', '--json'];
    expect(errorOf(liudi(words, `${password}\nshort\n`)).code).toBe('PASSWORD_TOO_SHORT');
    expect(errorOf(liudi(words)).code).toBe('SECRET_NEEDED');
    expect(liudi(words, `${password}\n${passphrase}\n`)).toMatchObject({ exit: 0 });
    const status = ['operation', 'administration.operators', '--office', real, '--as', 'admin', '--json'];
    expect(errorOf(liudi(status, 'wrong password here\n')).code).toBe('PASSWORD_WRONG');
    expect(jsonOf(liudi(status, `${password}\n`))).toMatchObject({ operators: [{ username: 'admin', duties: ['system'] }] });
    expect(errorOf(liudi(['operation', 'administration.operators', '--office', real, '--json'])).code).toBe('SIGN_IN_NEEDED');
  });

  test('takes no clock from the command line', () => {
    expect(errorOf(liudi(['office', 'status', '--office', real, '--clock', '2022-04-18', '--json'])).code).toBe('CLOCK_ONLY_IN_PRACTICE');
  });

  test('locks the account after five wrong passwords, also for the right one', () => {
    const status = ['operation', 'administration.operators', '--office', real, '--as', 'admin', '--json'];
    const codes = Array.from({ length: 5 }, () => errorOf(liudi(status, 'wrong password here\n')).code);
    expect(codes).toEqual(['PASSWORD_WRONG', 'PASSWORD_WRONG', 'PASSWORD_WRONG', 'PASSWORD_WRONG', 'ACCOUNT_LOCKED']);
    expect(errorOf(liudi(status, `${password}\n`)).code).toBe('ACCOUNT_LOCKED');
    expect(liudi(['ledger', 'verify', '--deep', '--office', real, '--json'])).toMatchObject({ exit: 0 });
  });
});
