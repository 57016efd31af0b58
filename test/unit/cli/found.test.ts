/** B2: at the command line a person reads what was found, without --json: numbers, first warnings, remarks, lacking columns, details of refusals. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { errorOf, jsonOf, liudi } from '../../support/command-line.ts';
import { completeCells, completeText, rosterText, testUscc, withoutAny } from '../../support/roster-rows.ts';

const folder = mkdtempSync(join(tmpdir(), 'liudi-found-'));
const at = ['--office', join(folder, 'tax'), '--clock', '2022-04-11'];

beforeAll(() => {
  expect(liudi(['office', 'init', join(folder, 'tax'), '--agency', 'tax', '--county', '211382', '--name', '凌源市税务局', '--unattended', '--clock', '2022-04-11']).exit).toBe(0);
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function written(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const warned = completeText(...Array.from({ length: 25 }, (_, index) => ({ uscc: testUscc(index + 1), name: `第${String(index + 1)}户`, prevYearSales: '"1,000"' })))
  .replace('\r\n', ',经办\r\n').replaceAll(/(?<=第\d+户|机械厂)\r\n/g, ',王\r\n').replaceAll('"""', '"');

describe('B2 每个入口都说发现了什么', () => {
  test('导入：处数、前二十处提示、不认识的列', () => {
    const { exit, stdout } = liudi(['roster', 'import', written('有提示.csv', warned), '--period', '2022-04', '--dry-run', ...at]);
    expect(exit).toBe(0);
    expect(stdout).toContain('提示 50 处，先列 20 处：\n  第 2 行“上年增值税销售额”“1,000”：千位分隔符或全角数字已换成“1000”');
    expect(stdout.match(/^ {2}第 \d+ 行/gm)).toHaveLength(20);
    expect(stdout).toContain('不认识的列（作为备注保留）：经办');
  });

  test('测算：同样的话写在标准错误上，标准输出仍只有每行一条', () => {
    const { stdout, stderr } = liudi(['evaluate', written('有提示.csv', warned), '--period', '2022-04']);
    expect(stdout.trimEnd().split('\n').every((line) => line.startsWith('{"row":'))).toBe(true);
    expect(stderr).toContain('提示 50 处，先列 20 处：');
    expect(stderr).toContain('不认识的列（作为备注保留）：经办');
    const bare = liudi(['evaluate', written('缺列.csv', rosterText([{}], ['uscc', 'name', 'taxpayerKind'])), '--period', '2022-04', '--out', join(folder, 'out.jsonl')]);
    expect(bare.stderr).toContain('增值税欠税＝0');
    expect(bare.stderr).toContain('文件没有的列（按不知道处理）：划型行业代码、');
    expect(bare.stderr).toMatch(/缺 纳税信用级别、.*各户至多是“资料不足”/);
  });

  test('缺列的拒绝说出每一列和它会按什么计，--without 逐列确认后才导入', () => {
    const file = written('缺列.csv', rosterText([completeCells], ['uscc', 'name', 'taxpayerKind', 'endingCredit']));
    const refused = liudi(['roster', 'import', file, '--period', '2022-04', ...at]);
    expect([refused.exit, refused.stdout]).toEqual([1, '']);
    expect(refused.stderr).toContain('文件没有 17 列，而空白会被当作有意义的值（纳税期限＝月、个体工商户＝否、纳税人状态＝正常');
    expect(refused.stderr).toContain('--without');
    expect(errorOf(liudi(['roster', 'import', file, '--period', '2022-04', '--without', '增值税欠税', '--json', ...at])).code).toBe('ROSTER_COLUMNS_LACKING');
    expect(jsonOf(liudi(['roster', 'import', file, '--period', '2022-04', '--without', withoutAny.join(','), '--json', ...at]))).toMatchObject({ changed: true });
    expect(jsonOf(liudi(['roster', 'import', file, '--period', '2022-04', '--json', ...at]))).toMatchObject({ changed: false });
  });

  test('成批办理的拒绝逐笔列出', () => {
    const { exit, stderr } = liudi(['operation', 'refunds.approve', '{"refunds":["SQ-2022-000001","SQ-2022-000002"]}', ...at]);
    expect(exit).toBe(1);
    expect(stderr.match(/^ {2}SQ-2022-00000[12].*：.+/gm)).toHaveLength(2);
  });
});
