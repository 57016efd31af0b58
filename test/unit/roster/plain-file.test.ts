/** Other lists are read as rosters are: headers in any order and writing, units, what is nearly a column, and what a workbook hides is said. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { lineColumns, lineOf } from '../../../electron/reconciliation/line-columns.ts';
import { readPlainFile } from '../../../electron/roster/without-ledger.ts';

const folder = mkdtempSync(join(tmpdir(), 'liudi-plain-'));
afterAll(() => { rmSync(folder, { recursive: true, force: true }); });

async function read(text: string) {
  const path = join(folder, 'list.csv');
  writeFileSync(path, text);
  const lines: ReturnType<typeof lineOf>[] = [];
  const list = await readPlainFile(path, lineColumns, (row) => { lines.push(lineOf(row, 'tax')); });
  return { list, lines };
}

test('表头次序、全角括号和“元”不妨碍读入，未知的列说出', async () => {
  const { list, lines } = await read('金额（元）,日期,类型,单据号,序号\n"1,000.50",2022-06-02,开具,00000001,1\n');
  expect(list).toMatchObject({ kind: 'read', found: { unread: ['序号'], warningCount: 1 } });
  expect(lines[0]?.line).toMatchObject({ kind: '开具', no: '00000001', amountFen: 100_050n, day: '2022-06-02' });
});

const refused: readonly (readonly [what: string, header: string, code: string])[] = [
  ['万元不读', '类型,单据号,金额（万元）,日期', 'LIST_HEADER_UNIT'],
  ['收款帐号与收款账号相近', '类型,单据号,金额,日期,收款帐号', 'LIST_HEADER_NEAR'],
  ['同一列两次', '类型,单据号,金额,日期,金额(元)', 'HEADER_REPEATED'],
  ['缺必需的列', '类型,单据号,日期', 'HEADER_MISSING'],
];
test.each(refused)('B1 %s：整份不读', async (_what, header, code) => {
  const { list, lines } = await read(`${header}\n`);
  expect(list.kind === 'refused' ? list.faults.map((fault) => fault.code) : []).toContain(code);
  expect(lines).toEqual([]);
});

const faulty: readonly (readonly [what: string, row: string, code: string])[] = [
  ['金额为零', '开具,1,0,2022-06-02', 'LINE_AMOUNT_ZERO'],
  ['别家的类型', '列支,1,1,2022-06-02', 'LINE_KIND_OF_OTHER_SIDE'],
  ['金额为负', '开具,1,-1,2022-06-02', 'CELL_AMOUNT_NEGATIVE'],
  ['没有日期', '开具,1,1,', 'CELL_BLANK'],
  ['没有这一天', '开具,1,1,2022-02-30', 'CELL_DATE_INVALID'],
  ['长号码被改成科学计数法', '开具,2.02E+15,1,2022-06-02', 'CELL_DIGITS_LOST'],
];
test.each(faulty)('行的错误：%s', async (_what, row, code) => {
  const { lines } = await read(`类型,单据号,金额,日期\n${row}\n`);
  expect(lines[0]).toMatchObject({ line: null });
  expect(lines[0]?.faults.map((fault) => fault.code)).toContain(code);
});

test('三级分担之和须等于金额，少于三级的不得超过', async () => {
  const { lines } = await read('类型,单据号,金额,日期,中央,省级,县级\n开具,1,10,2022-06-02,5,3.5,1.5\n开具,2,10,2022-06-02,5,3.5,1.49\n开具,3,10,2022-06-02,5,5.01,\n开具,4,10,2022-06-02,5,5,\n');
  expect(lines.map(({ faults }) => faults.map(({ code }) => code))).toEqual([[], ['LINE_SHARES_DIFFER'], ['LINE_SHARES_EXCEED'], []]);
});
