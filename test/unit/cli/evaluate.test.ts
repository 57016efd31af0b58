/** `evaluate` from outside when things go otherwise than planned: interrupted, without a reader, without room. No output file is ever half. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { errorOf, liudi, startLiudi } from '../../support/command-line.ts';
import { temporaryFolder } from '../../support/practice.ts';
import { testUscc } from '../../support/roster-rows.ts';

/** A file of that many firms that are not general taxpayers, wide enough to be told about. */
function rosterFile(folder: string, rows: number): string {
  const path = join(folder, '名册.csv');
  const row = (index: number): string => `${testUscc(index)},凌源市第${String(index)}商店,小规模纳税人,${'备'.repeat(90)}`;
  writeFileSync(path, ['统一社会信用代码,纳税人名称,纳税人类型,备注', ...Array.from({ length: rows }, (_, index) => row(index))].join('\n'));
  return path;
}

test('an interrupt stops it with a sentence, and neither output file nor half of one is left', async () => {
  const folder = temporaryFolder();
  const roster = rosterFile(folder, 60_000);
  const running = startLiudi(['evaluate', roster, '--period', '2022-04', '--out', join(folder, 'out.jsonl'), '--csv', join(folder, 'out.csv')]);
  running.child.stderr.once('data', () => {
    expect(readdirSync(folder).map((name) => name.replace(/[0-9a-f]{8}\.part$/, 'part')).sort()).toEqual(['out.csv.part', 'out.jsonl.part', '名册.csv']);
    running.child.kill('SIGINT');
  });
  expect(await running.ended).toBe(1);
  expect(running.said().stderr).toMatch(/已测算 \d+ 行，读入 KiB \d+\/\d+\n.*已按要求停止测算，没有留下输出文件/s);
  expect(readdirSync(folder)).toEqual(['名册.csv']);
});

test('when whoever reads its output leaves, it ends with a sentence', async () => {
  const running = startLiudi(['evaluate', rosterFile(temporaryFolder(), 60_000), '--period', '2022-04']);
  running.child.stdout.once('data', () => running.child.stdout.destroy());
  expect(await running.ended).toBe(1);
  expect(running.said().stderr).toContain('测算结果没有写成“标准输出”（读取的一方已经离开）');
});

test('a file that cannot be written is refused, and the other one is not left either', () => {
  const folder = temporaryFolder();
  const roster = rosterFile(folder, 3);
  const refused = liudi(['evaluate', roster, '--period', '2022-04', '--out', join(folder, 'out.jsonl'), '--csv', join(folder, 'nowhere', 'out.csv'), '--json']);
  expect([refused.exit, errorOf(refused).code]).toEqual([1, 'EVALUATION_NOT_WRITTEN']);
  expect(errorOf(refused).message).toContain('没有这个文件夹');
  mkdirSync(join(folder, 'taken'));
  expect(errorOf(liudi(['evaluate', roster, '--period', '2022-04', '--out', join(folder, 'taken'), '--json'])).code).toBe('EVALUATION_NOT_WRITTEN');
  expect(readdirSync(folder).sort()).toEqual(['taken', '名册.csv']);
});

test('D4 an output never takes the place of a standing file without --replace, nor that of a ledger with it', () => {
  const folder = temporaryFolder();
  const roster = rosterFile(folder, 3);
  const out = join(folder, 'out.jsonl');
  writeFileSync(out, 'old');
  mkdirSync(join(folder, 'tax'));
  writeFileSync(join(folder, 'tax', 'ledger.db'), 'ledger');
  const standing = liudi(['evaluate', roster, '--period', '2022-04', '--out', out, '--json']);
  expect([standing.exit, errorOf(standing).code, readFileSync(out, 'utf8')]).toEqual([1, 'EVALUATION_NOT_WRITTEN', 'old']);
  const ledger = liudi(['evaluate', roster, '--period', '2022-04', '--out', join(folder, 'tax', 'ledger.db'), '--replace', '--json']);
  expect([ledger.exit, errorOf(ledger).code]).toEqual([1, 'EVALUATION_NOT_WRITTEN']);
  expect(readFileSync(join(folder, 'tax', 'ledger.db'), 'utf8')).toBe('ledger');
  expect(liudi(['evaluate', roster, '--period', '2022-04', '--out', out, '--replace', '--json'])).toMatchObject({ exit: 0 });
  expect(readFileSync(out, 'utf8').split('\n')).toHaveLength(4);
});

test('the roster itself and one name for two files are wrong usage', () => {
  const folder = temporaryFolder();
  const roster = rosterFile(folder, 3);
  const before = readFileSync(roster);
  const out = join(folder, 'out');
  expect(liudi(['evaluate', roster, '--period', '2022-04', '--out', roster])).toMatchObject({ exit: 2, stdout: '' });
  expect(liudi(['evaluate', roster, '--period', '2022-04', '--out', out, '--csv', out])).toMatchObject({ exit: 2, stdout: '' });
  expect(readFileSync(roster)).toEqual(before);
  expect(readdirSync(folder)).toEqual(['名册.csv']);
});
