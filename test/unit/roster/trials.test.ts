/** Small inputs that went wrong when the program was tried (test/vectors/roster-trials): each by the command line, with its right value. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
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

const amounts = (lines: readonly Line[]): (string | undefined)[] => lines.map((line) => line.refundableTotal ?? line.error?.code);

describe('试用时出过错的名册，各有正确的结果', () => {
  test('05-filtered-rows.xlsx 与其他各份的五户，没有障碍时可退这些', () => {
    expect(amounts(evaluated('05-filtered-rows.xlsx').lines)).toEqual(plain);
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
