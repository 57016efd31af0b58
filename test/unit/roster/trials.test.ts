/** Small inputs that went wrong when the program was tried (test/vectors/roster-trials): each by the command line, with its right value. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { liudi, type CommandResult } from '../../support/command-line.ts';
import { temporaryFolder } from '../../support/practice.ts';
import { root } from '../../support/source-tree.ts';

type Line = { readonly row: number; readonly verdict?: string; readonly refundableTotal?: string; readonly name: string; readonly warnings?: readonly string[]; readonly error?: { readonly code: string; readonly message: string } };

/** What each of the five firms is refunded where nothing stands in the way. */
const plain = ['3899030.85', '47042282.23', '25832.04', '192.26', '56250.50'];

function evaluated(file: string): CommandResult & { readonly lines: readonly Line[] } {
  const out = join(temporaryFolder(), 'out.jsonl');
  const result = liudi(['evaluate', join(root, 'test/vectors/roster-trials', file), '--period', '2022-04', '--out', out]);
  const text = result.exit === 0 ? readFileSync(out, 'utf8') : '';
  return { ...result, lines: text.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as Line) };
}

let office: string | null = null;

/** Imported into a practice office of its own, which is founded once. */
function imported(file: string, ...more: readonly string[]): CommandResult {
  if (office === null) {
    office = join(folder, 'tax');
    expect(liudi(['office', 'init', office, '--agency', 'tax', '--county', '211382', '--name', '凌源市税务局', '--unattended', '--clock', '2022-04-11']).exit).toBe(0);
  }
  return liudi(['roster', 'import', join(root, 'test/vectors/roster-trials', file), '--period', '2022-04', '--office', office, '--clock', '2022-04-11', ...more]);
}

const folder = mkdtempSync(join(tmpdir(), 'liudi-trials-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const amounts = (lines: readonly Line[]): (string | undefined)[] => lines.map((line) => line.refundableTotal ?? line.error?.code);

describe('试用时出过错的名册，各有正确的结果', () => {
  test.each(['01a-SharedStrings-case.xlsx', '01b-sheet-case.xlsx', '01c-Styles-case.xlsx', '03c-many-styles.xlsx', '27b-two-empty-sheets.xlsx'])('%s 读得出，五户可退', (file) => {
    expect(amounts(evaluated(file).lines)).toEqual(plain);
  });

  test('01c-Styles-case.xlsx 的日期是日期', () => {
    expect(evaluated('01c-Styles-case.xlsx').lines[2]?.warnings?.join()).toContain('2020-01-15');
  });

  test('03d-pasted-white-picture.xlsx 读得出，并说格子可能被图片遮住', () => {
    const { lines, stderr } = evaluated('03d-pasted-white-picture.xlsx');
    expect([amounts(lines), stderr]).toEqual([plain, expect.stringContaining('可能遮住了单元格')]);
  });

  test('04-merged-down.xlsx、04b-merged-arrears.xlsx、04c-merged-status.xlsx：被合并盖住的格各是一处问题，不当作空白', () => {
    expect(amounts(evaluated('04-merged-down.xlsx').lines)).toEqual([plain[0], 'CELL_MERGED', 'CELL_MERGED', 'CELL_MERGED', 'CELL_MERGED']);
    expect(amounts(evaluated('04b-merged-arrears.xlsx').lines)).toEqual(['3894235.85', 'CELL_MERGED', ...plain.slice(2)]);
    const { lines } = evaluated('04c-merged-status.xlsx');
    expect(amounts(lines)).toEqual([plain[0], 'CELL_MERGED', ...plain.slice(2)]);
    expect(lines[0]?.warnings?.join()).toContain('纳税人状态为非正常');
    expect(lines[1]?.error?.message).toContain('“纳税人状态”在合并单元格 F2:F3 之内');
  });

  test('05-filtered-rows.xlsx：筛掉的三行逐行说出，导入前要人看过', () => {
    const { lines, stderr } = evaluated('05-filtered-rows.xlsx');
    expect(amounts(lines)).toEqual(plain);
    for (const row of [3, 4, 5]) expect(stderr).toMatch(new RegExp(`第 ${String(row)} 行.*是隐藏的`));
    expect(imported('05-filtered-rows.xlsx')).toMatchObject({ exit: 1, stderr: expect.stringMatching(/有 3 处须由人看过才能导入.*--accept-warnings.*第 3 行/s) as string });
    expect(imported('05-filtered-rows.xlsx', '--accept-warnings')).toMatchObject({ exit: 0, stdout: expect.stringContaining('新增 5 户') as string });
  });

  test('06h-date1904-with-extension.xlsx：1904 日期系统不被扩展元素盖掉', () => {
    const { lines } = evaluated('06h-date1904-with-extension.xlsx');
    expect(amounts(lines)).toEqual(plain);
    expect(lines[2]?.warnings?.join()).toContain('2019-03-31');
  });

  test('27a-external-link.xlsx：说出怎样断开链接', () => {
    const { exit, stderr } = evaluated('27a-external-link.xlsx');
    expect([exit, stderr]).toEqual([1, expect.stringContaining('断开链接')]);
  });

  test.each(['07a-equals-quoted.csv', '07b-equals-bare.csv', '07c-equals-quoted-uscc.csv'])('%s：="…" 中的数字读得出，并说出来', (file) => {
    const { lines, stderr } = evaluated(file);
    expect(amounts(lines)).toEqual(plain.slice(0, 3));
    expect(stderr).toContain('写成了 ="…"，按引号内的内容读入');
  });

  test('08-account-numbers.csv：每个账号各说出不是数字的字符', () => {
    const { lines, stderr } = evaluated('08-account-numbers.csv');
    expect(amounts(lines)).toEqual(plain);
    for (const [row, character] of [[2, 'U\\+0020'], [3, 'U\\+00A0'], [4, 'U\\+FF16'], [5, 'U\\+002D'], [6, 'U\\+004F']] as const) expect(stderr).toMatch(new RegExp(`第 ${String(row)} 行“银行账号”.*${character}`));
  });

  test.each(['13-radicals.csv', '23-invisible-not-Cf.csv'])('%s：名称中看起来相同而编码不同的字，每户都说出', (file) => {
    const { lines, stderr } = evaluated(file);
    expect(amounts(lines)).toEqual(plain.slice(0, lines.length));
    for (const { row } of lines) expect(stderr).toMatch(new RegExp(`第 ${String(row)} 行“纳税人名称”.*而编码不同`));
  });

  test('11e-title-and-total.csv：标题行写明万元，不读，并说表头在第 2 行', () => {
    const { exit, stderr } = evaluated('11e-title-and-total.csv');
    expect([exit, stderr]).toEqual([1, expect.stringMatching(/写明单位是万元（表头在第 2 行）/)]);
  });

  test('24-headers-not-known.csv：三个相近的表头各是一处问题，不按 0 和 否 计', () => {
    const { exit, stderr } = evaluated('24-headers-not-known.csv');
    expect(exit).toBe(1);
    for (const [header, blank] of [['免抵退未核准', '否'], ['增值税欠税', '0'], ['异常扣税凭证税额', '0']]) expect(stderr).toContain(`与名册的“${header ?? ''}”相近而不相同；不作为该列读入，该列就一律按“${blank ?? ''}”计`);
  });
});
