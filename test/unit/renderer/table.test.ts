/** The table's arithmetic: places of columns, rows in view, keys, selections, what is shown and what is copied, what a filter box means. */
import { expect, test } from 'vitest';
import { parseYuan } from '../../../shared/kernel/money.ts';
import { placeColumns, type CellKind, type TableColumn, type TableRow, type TableSource } from '../../../renderer/components/table/columns.ts';
import { bigYuan, cellText, copiedText, exactMoneyText, headingText, isNegative, moneyText } from '../../../renderer/components/table/cell-text.ts';
import { actOfKey, asTabbedLines, inRange, rangeOf, type TableAct, type TableKey } from '../../../renderer/components/table/cell-range.ts';
import { readRange } from '../../../renderer/components/table/filter-text.ts';
import { blocksKept, blocksOf, blockSize, rangeInView, rowHeight, RowStore, scrollToRow } from '../../../renderer/components/table/row-window.ts';
import { everyRow, nothingTicked, tickedMax, withRows } from '../../../renderer/components/table/selection.ts';

function column(key: string, kind: CellKind, width: number, more: Partial<TableColumn> = {}): TableColumn {
  return { key, title: key, kind, width, ...more };
}

function fen(yuan: string): bigint {
  const value = parseYuan(yuan);
  if (value === null) throw new Error(`not an amount: ${yuan}`);
  return value;
}

test('frozen columns stand first and what is left over goes to the column that grows', () => {
  const columns = [column('amount', 'money', 100), column('code', 'code', 120, { frozen: true }), column('name', 'text', 200, { frozen: true, grows: true })];
  const placed = placeColumns(columns, 1000, 34);
  expect(placed.map(({ column: { key }, left, width, frozen }) => [key, left, width, frozen])).toEqual([['code', 34, 120, true], ['name', 154, 746, true], ['amount', 900, 100, false]]);
});

test('at large zoom only the first frozen column stays, so that the others can be seen', () => {
  const columns = [column('code', 'code', 170, { frozen: true }), column('name', 'text', 250, { frozen: true }), column('amount', 'money', 140)];
  expect(placeColumns(columns, 600, 0).map(({ frozen }) => frozen)).toEqual([true, false, false]);
  expect(placeColumns(columns, 1200, 0).map(({ frozen }) => frozen)).toEqual([true, true, false]);
});

test.each([
  ['at the top', 0, 300, 100_000, 0, 16],
  ['in the middle', 3000, 300, 100_000, 94, 116],
  ['at the end', 100_000 * rowHeight - 300, 300, 100_000, 99_984, 100_000],
  ['with fewer rows than fit', 0, 600, 3, 0, 3],
  ['with no rows', 0, 600, 0, 0, 0],
  ['scrolled beyond a list that became shorter', 9000, 300, 5, 5, 5],
])('draws only the rows in view %s', (_where, top, height, total, first, end) => {
  expect(rangeInView(top, height, total)).toEqual({ first, end });
});

test('asks for the blocks that cover what is drawn', () => {
  expect(blocksOf({ first: 190, end: 210 })).toEqual([0, 1]);
  expect(blocksOf({ first: 200, end: 400 })).toEqual([1]);
  expect(blocksOf({ first: 5, end: 5 })).toEqual([]);
});

test('keeps a bounded number of blocks and forgets the one used longest ago', () => {
  const store = new RowStore();
  for (let block = 0; block < blocksKept; block += 1) store.put(block, [{ key: String(block) }]);
  expect(store.has(0)).toBe(true);
  store.put(blocksKept, [{ key: 'new' }]);
  expect(store.row(0)).toEqual({ key: '0' });
  expect(store.row(blockSize)).toBeUndefined();
  expect(store.row(blocksKept * blockSize)).toEqual({ key: 'new' });
});

test('moves the view as little as a row needs', () => {
  expect(scrollToRow(2, 0, 300)).toBe(0);
  expect(scrollToRow(2, 100, 300)).toBe(60);
  expect(scrollToRow(20, 0, 300)).toBe(330);
});

const size = { rows: 100, columns: 5, page: 10 };
const at = { row: 50, column: 2 };
function press(key: string, more: Partial<TableKey> = {}): TableKey {
  return { key, ctrl: false, shift: false, composing: false, ...more };
}
const moves: readonly [string, TableKey, TableAct | null][] = [
  ['arrow down', press('ArrowDown'), { kind: 'move', to: { row: 51, column: 2 }, extend: false }],
  ['arrow up', press('ArrowUp'), { kind: 'move', to: { row: 49, column: 2 }, extend: false }],
  ['arrow right with Shift marks', press('ArrowRight', { shift: true }), { kind: 'move', to: { row: 50, column: 3 }, extend: true }],
  ['page down', press('PageDown'), { kind: 'move', to: { row: 60, column: 2 }, extend: false }],
  ['page up', press('PageUp'), { kind: 'move', to: { row: 40, column: 2 }, extend: false }],
  ['Home goes to the first column', press('Home'), { kind: 'move', to: { row: 50, column: 0 }, extend: false }],
  ['Ctrl+End goes to the last row', press('End', { ctrl: true }), { kind: 'move', to: { row: 99, column: 2 }, extend: false }],
  ['Ctrl+Home goes to the first row', press('Home', { ctrl: true }), { kind: 'move', to: { row: 0, column: 2 }, extend: false }],
  ['Enter opens', press('Enter'), { kind: 'open' }],
  ['space ticks', press(' '), { kind: 'tick' }],
  ['Ctrl+A ticks all', press('a', { ctrl: true }), { kind: 'tick-all' }],
  ['a letter is left alone', press('a'), null],
  ['Ctrl+C is left to the copy event', press('c', { ctrl: true }), null],
  ['Enter of an input method is left alone', press('Enter', { composing: true }), null],
];
test.each(moves)('in the table, %s', (_name, key, expected) => {
  expect(actOfKey(key, at, size)).toEqual(expected);
});

test('the heading is reached from the first row, and Enter sorts there', () => {
  expect(actOfKey(press('ArrowUp'), { row: 0, column: 1 }, size)).toEqual({ kind: 'move', to: { row: -1, column: 1 }, extend: false });
  expect(actOfKey(press('Enter'), { row: -1, column: 1 }, size)).toEqual({ kind: 'sort' });
  expect(actOfKey(press('ArrowUp', { shift: true }), { row: 0, column: 1 }, size)).toEqual({ kind: 'move', to: { row: 0, column: 1 }, extend: true });
});

test('an empty table keeps its heading reachable', () => {
  expect(actOfKey(press('ArrowDown'), { row: -1, column: 0 }, { rows: 0, columns: 5, page: 10 })).toEqual({ kind: 'move', to: { row: -1, column: 0 }, extend: false });
});

test('marked cells are copied as tab-separated lines, and nothing is copied while a row has not arrived', () => {
  const columns = [column('a', 'text', 10), column('b', 'money', 10)];
  const rows: readonly (TableRow | undefined)[] = [{ a: '甲', b: '1234.50' }, { a: '乙', b: '-1.00' }, undefined];
  const textAt = (row: number, { key }: TableColumn): string | null => (rows[row] === undefined ? null : String(rows[row][key]));
  expect(asTabbedLines(rangeOf({ row: 0, column: 0 }, { row: 1, column: 1 }), columns, textAt)).toBe('甲\t1234.50\r\n乙\t-1.00');
  expect(asTabbedLines(rangeOf({ row: 1, column: 0 }, { row: 2, column: 0 }), columns, textAt)).toBeNull();
  expect(inRange(rangeOf({ row: 5, column: 3 }, { row: 2, column: 1 }), 4, 2)).toBe(true);
});

const amount = column('amount', 'money', 100);
test.each([
  ['1234567.50', '1,234,567.50', '123.46', '123.456750'],
  ['-0.01', '-0.01', '0.00', '-0.000001'],
  ['-1234.56', '-1,234.56', '-0.12', '-0.123456'],
  ['50.00', '50.00', '0.01', '0.005000'],
  ['49.99', '49.99', '0.00', '0.004999'],
  ['0.00', '0.00', '0.00', '0.000000'],
])('%s yuan is shown exactly in 元 and rounded in 万元, and copied exactly in both', (yuan, shown, wan, exactWan) => {
  expect(cellText(amount, yuan, 'yuan')).toBe(shown);
  expect(moneyText(fen(yuan), 'wan')).toBe(wan);
  expect(exactMoneyText(fen(yuan), 'wan')).toBe(exactWan);
  expect(copiedText(amount, yuan, 'yuan')).toBe(yuan);
});

test('a negative amount is marked by more than its colour', () => {
  expect(isNegative(amount, '-1.00')).toBe(true);
  expect(cellText(amount, '-1.00', 'yuan')).toContain('-');
  expect(isNegative(amount, '1.00')).toBe(false);
  expect(isNegative(column('name', 'text', 10), '-甲')).toBe(false);
});

test('unknown is a dash on screen and a blank when copied, never zero', () => {
  expect(cellText(amount, null, 'yuan')).toBe('—');
  expect(copiedText(amount, null, 'yuan')).toBe('');
  expect(cellText(column('n', 'count', 10), 0, 'yuan')).toBe('0');
});

test('what a spreadsheet would run as a formula is copied as text', () => {
  expect(copiedText(column('name', 'text', 10), '=HYPERLINK("x")', 'yuan')).toBe('\'=HYPERLINK("x")');
  expect(copiedText(column('name', 'text', 10), '甲\t乙\n丙', 'yuan')).toBe('甲 乙 丙');
});

test('a heading of money names its unit', () => {
  expect(headingText(amount, 'wan')).toBe('amount（万元）');
  expect(headingText(column('name', 'text', 10), 'wan')).toBe('name');
});

test.each<[string, CellKind, { from: string | null; to: string | null } | 'none' | 'unclear']>([
  ['>=1000', 'money', { from: '1000.00', to: null }],
  ['≤ 2,000.5', 'money', { from: null, to: '2000.50' }],
  ['１０００～２０００', 'money', { from: '1000.00', to: '2000.00' }],
  ['-500~0', 'money', { from: '-500.00', to: '0.00' }],
  ['1000', 'money', { from: '1000.00', to: '1000.00' }],
  ['1000~', 'money', { from: '1000.00', to: null }],
  ['', 'money', 'none'],
  ['一千', 'money', 'unclear'],
  ['>1000', 'money', 'unclear'],
  ['~', 'money', 'unclear'],
  ['2022-04', 'date', { from: '2022-04-01', to: '2022-04-30' }],
  ['2022-04-11', 'date', { from: '2022-04-11', to: '2022-04-11' }],
  ['>=2022-02', 'date', { from: '2022-02-01', to: null }],
  ['<=2022-02', 'date', { from: null, to: '2022-02-28' }],
  ['2022-02-30', 'date', 'unclear'],
  ['2022-04~2022-06', 'period', { from: '2022-04', to: '2022-06' }],
  ['10~20', 'count', { from: '10', to: '20' }],
])('the filter box reads “%s” of kind %s', (text, kind, expected) => {
  const read = readRange(text, kind);
  if (expected === 'unclear') expect(read.kind).toBe('unclear');
  else expect(read).toEqual({ kind: 'value', value: expected === 'none' ? null : { kind: 'range', ...expected } });
});

const rowsOf = (size: number): TableSource => ({ offset, limit }) => {
  const rows = Array.from({ length: Math.max(0, Math.min(limit, size - offset)) }, (_, step) => ({ key: String(offset + step) }));
  return Promise.resolve({ ok: true, value: { rows, total: size, totals: {} } });
};

test('ticked rows are kept by key: twice ticked is once, and single rows can be taken out', () => {
  const ticked = withRows(withRows(nothingTicked, [{ key: 'a' }, { key: 'b' }, { key: 'a' }], 'key', true), [{ key: 'b' }], 'key', false);
  expect([...ticked.keys()]).toEqual(['a']);
});

test('all of a filtered set is fetched window by window, as many as one act takes', async () => {
  const asked: number[] = [];
  const counting = (size: number): TableSource => (query) => { asked.push(query.offset); return rowsOf(size)(query); };
  const some = await everyRow(counting(2500), { sort: null, filters: {} });
  expect(some.ok && some.value.length).toBe(2500);
  expect(asked).toEqual([0, 1000, 2000]);
  const most = await everyRow(rowsOf(100_000), { sort: null, filters: {} });
  expect(most.ok && most.value.length).toBe(tickedMax);
});

test('a refused window refuses the whole selection', async () => {
  const refusal = { ok: false, error: { code: 'X', message: '未办理', details: null } } as const;
  expect(await everyRow(() => Promise.resolve(refusal), { sort: null, filters: {} })).toEqual(refusal);
});

test.each([
  [99n, '0.99 元'], [999_999n, '9,999.99 元'], [1_000_000n, '1.00 万元'], [9_999_999_999n, '10,000.00 万元'], [10_000_000_000n, '1.000 亿元'], [22_959_984_690n, '2.296 亿元'],
  [169_995_926_955n, '17.00 亿元'], [-22_959_984_690n, '-2.296 亿元'], [123_456_700_000_000n, '12,345.67 亿元'],
])('%s fen is taken in at a glance as %s', (fen, text) => {
  expect(bigYuan(fen)).toBe(text);
});
