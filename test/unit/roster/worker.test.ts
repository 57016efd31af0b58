/** Foreign bytes are parsed in a worker that may die of time, memory or a crash without harm (faults.md A10, E10). */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { foreignChunks, LineBroken, type ForeignLimits } from '../../../electron/platform/worker-line.ts';
import { readRosterFile } from '../../../electron/roster/index.ts';
import { Refusal } from '../../../shared/kernel/errors.ts';
import { temporaryFolder } from '../../support/practice.ts';
import { rosterText, testUscc } from '../../support/roster-rows.ts';

const entry = new URL('../../support/foreign-parsers/ill-behaved.ts', import.meta.url);
const limits: ForeignLimits = { timeMs: 20_000, heapMiB: 64 };

async function chunksOf(request: unknown, given: Partial<ForeignLimits> = {}): Promise<unknown[]> {
  const chunks: unknown[] = [];
  for await (const chunk of foreignChunks(entry, request, [], { ...limits, ...given })) chunks.push(chunk);
  return chunks;
}

async function stopOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(() => null, (fault: unknown) => fault);
  return error instanceof LineBroken ? error.reason : String(error);
}

test('chunks arrive in order and the worker ends', async () => {
  expect(await chunksOf('count')).toEqual([1, 2]);
});

test('the worker sees nothing of the environment', async () => {
  expect(await chunksOf('environment')).toEqual([0]);
});

test.each([
  ['endless', 'time', { timeMs: 500 }],
  ['greedy', 'memory', { heapMiB: 32 }],
  ['throws', 'crash', {}],
  ['leaves', 'crash', {}],
] as const)('a parser that is %s is stopped for %s, and the main thread lives', async (request, reason, given) => {
  let turns = 0;
  const beating = setInterval(() => (turns += 1), 10);
  expect(await stopOf(chunksOf(request, given))).toBe(reason);
  clearInterval(beating);
  expect(turns).toBeGreaterThan(2);
});

test('whoever stops listening leaves no worker behind', async () => {
  for await (const chunk of foreignChunks(entry, 'count', [], limits)) {
    expect(chunk).toBe(1);
    break;
  }
});

function rosterFile(text: string): string {
  const path = join(temporaryFolder(), '名册.csv');
  writeFileSync(path, text);
  return path;
}

async function refusalOf(work: Promise<unknown>): Promise<{ code: string; details: unknown; params: unknown }> {
  const error: unknown = await work.then(() => null, (fault: unknown) => fault);
  if (!(error instanceof Refusal)) throw new Error(String(error));
  return { code: error.code, details: error.details, params: error.params };
}

test('a roster file comes over whole, with its digest, findings and rows', async () => {
  const path = rosterFile(rosterText([{ endingCredit: '1,000' }, { endingCredit: 'x' }, { endingCredit: '3' }]));
  const file = await readRosterFile(path, null);
  expect(file).toMatchObject({
    file: '名册.csv', encoding: 'utf-8', end: { rows: 3, rejected: 1, blankRows: 0 }, faultCount: 1, warningCount: 1,
    faults: [{ row: 3, code: 'CELL_AMOUNT_INVALID' }], warnings: [{ row: 2, code: 'WARN_AMOUNT_NORMALISED' }],
  });
  expect([...file.rows()]).toEqual([...file.rows()]);
  expect([...file.rows()].map((row) => [row.row, row.uscc])).toEqual([[2, testUscc(1)], [4, testUscc(3)]]);
});

test('a hundred thousand rows come over correctly', async () => {
  const text = ['uscc,name,endingCredit', ...Array.from({ length: 100_000 }, (_, index) => `${testUscc(index)},第${String(index)}户,${String(index)}.5`)].join('\n');
  const file = await readRosterFile(rosterFile(text), null);
  expect(file.end).toEqual({ rows: 100_000, rejected: 0, blankRows: 0 });
  let index = 0;
  for (const row of file.rows()) {
    const wanted = index === 0 ? '"0.5"' : `"endingCredit":"${String(index * 100 + 50)}"`;
    if (row.row !== index + 2 || row.uscc !== testUscc(index) || (index > 0 && !row.taxpayer.includes(wanted)) || !row.taxpayer.includes(`"第${String(index)}户"`)) throw new Error(JSON.stringify(row));
    index += 1;
  }
  expect(index).toBe(100_000);
});

test('faults beyond ten thousand are counted and no longer listed', async () => {
  const text = ['uscc,name,endingCredit', ...Array.from({ length: 12_000 }, (_, index) => `${testUscc(index)},甲,x`)].join('\n');
  const file = await readRosterFile(rosterFile(text), null);
  expect([file.end.rejected, file.faultCount, file.faults.length]).toEqual([12_000, 12_000, 10_000]);
});

test.each([
  ['a file that is not there', 'none.csv', 'ROSTER_FILE_UNREADABLE'],
  ['a folder', '.', 'ROSTER_FILE_UNREADABLE'],
])('refuses %s', async (_case, name, code) => {
  expect(await refusalOf(readRosterFile(join(temporaryFolder(), name), null))).toMatchObject({ code });
});

test('a refusal of the header comes over with all its faults', async () => {
  expect(await refusalOf(readRosterFile(rosterFile('税号,税号\n'), null))).toMatchObject({
    code: 'ROSTER_HEADER_INVALID', params: { count: 2 }, details: { faults: [{ code: 'HEADER_REPEATED' }, { code: 'HEADER_MISSING' }] },
  });
});

test('a file that takes too long or too much memory is refused', async () => {
  const path = rosterFile(['uscc,name', ...Array.from({ length: 200_000 }, (_, index) => `${testUscc(index)},甲`)].join('\n'));
  expect(await refusalOf(readRosterFile(path, null, { limits: { timeMs: 5, heapMiB: 256 } }))).toMatchObject({ code: 'ROSTER_READING_STOPPED', params: { reason: '超过时限' } });
  expect(await refusalOf(readRosterFile(path, null, { limits: { timeMs: 60_000, heapMiB: 8 } }))).toMatchObject({ code: 'ROSTER_READING_STOPPED', params: { reason: '占用内存过多' } });
});
