/** A roster file through one thread and through several: the same bytes in the same order, whatever its rows hold. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { countyMonths, rosterCsvOf } from '../../../electron/demo/synthetic-county.ts';
import { determinationLine, evaluatorFor, officePolicy, policyTextsOf, rejectedLine } from '../../../electron/eligibility/index.ts';
import { evaluatedBatches, type EvaluationTerms } from '../../../electron/eligibility/without-ledger.ts';
import { memorySource, openFileSource, type ByteSource } from '../../../electron/platform/byte-source.ts';
import { checkoutResources } from '../../../electron/platform/resources.ts';
import { readRosterCsv } from '../../../electron/roster/index.ts';
import { rosterWorkbook } from '../../../electron/roster/roster-workbook.ts';
import { openRosterBatches } from '../../../electron/roster/without-ledger.ts';
import type { WrittenEncoding } from '../../../electron/platform/text-file.ts';
import { present } from '../../../shared/kernel/assert.ts';
import { taxPeriod } from '../../../shared/kernel/tax-period.ts';
import { temporaryFolder } from '../../support/practice.ts';

const period = taxPeriod('2022-04');

/** Some batches of firms, awkward ones and rows that must be rejected among them. */
const [month] = [...countyMonths({ seed: 7, enterprises: 3400, months: 1, countyCode: '211382', countyName: '凌源市', firstPeriod: period }, undefined, 200)];

function county(encoding: WrittenEncoding): Uint8Array {
  return rosterCsvOf(present(month, 'a first month'), encoding);
}

type Evaluated = { readonly lines: string; readonly table: string; readonly batches: number; readonly rejected: number };

async function evaluated(source: ByteSource, workers: number): Promise<Evaluated> {
  const reading = await openRosterBatches(source, period);
  if (reading.kind === 'refused') throw new Error(reading.code);
  const terms: EvaluationTerms = { period, pack: null, policyTexts: policyTextsOf(checkoutResources), head: reading.head, lines: true, table: true };
  const [lines, table]: [Uint8Array[], Uint8Array[]] = [[], []];
  let rejected = 0;
  for await (const batch of evaluatedBatches(terms, reading.batches, workers)) {
    // Their buffers are written into again.
    lines.push(present(batch.lines, 'the lines that were asked for').slice());
    table.push(present(batch.table, 'the table that was asked for').slice());
    rejected += batch.counts.rejected;
  }
  return { lines: Buffer.concat(lines).toString(), table: Buffer.concat(table).toString(), batches: lines.length, rejected };
}

/** Row by row, without batches, as the import reads. */
function plainly(bytes: Uint8Array): string {
  const reading = readRosterCsv(bytes, { filingPeriod: period, repeatedCodes: 'accepted' });
  if (reading.kind === 'refused') throw new Error(reading.code);
  const evaluate = evaluatorFor(period, officePolicy(checkoutResources));
  return [...reading.lines].map((line) => `${JSON.stringify(line.kind === 'rejected' ? rejectedLine(line) : determinationLine(evaluate(line.row), line.warnings))}\n`).join('');
}

describe('one thread or several', () => {
  test.each([['utf-8', [1, 3]], ['gb18030', [2]]] as const)('a file in %s gives the same lines and the same table', async (encoding, crews) => {
    const bytes = county(encoding);
    const path = join(temporaryFolder(), '名册.csv');
    writeFileSync(path, bytes);
    const alone = await evaluated(memorySource(bytes), 0);
    expect(alone.lines).toBe(plainly(bytes));
    expect(alone.rejected).toBeGreaterThan(100);
    expect(alone.batches).toBeGreaterThan(4);
    expect(alone.table.split('\r\n')).toHaveLength(alone.lines.split('\n').length);
    const opened = openFileSource(path, bytes.length);
    if (opened.kind === 'refused') throw new Error(opened.reason);
    for (const workers of crews) expect(await evaluated(opened.source, workers)).toEqual(alone);
    opened.source.close();
  });

  test('rows that span lines, stray quotes and blank lines are numbered alike', async () => {
    const head = 'uscc,name,备注';
    const rows = Array.from({ length: 30_000 }, (_, index) => (index % 7 === 0 ? `x,"第${String(index)}户\n分行",""""` : index % 11 === 0 ? '' : index % 13 === 0 ? 'y,甲"乙,1' : `z,第${String(index)}户,备注${'长'.repeat(60)}`));
    const source = memorySource(new TextEncoder().encode(`${head}\n${rows.join('\r\n')}`));
    const alone = await evaluated(source, 0);
    expect(alone.batches).toBeGreaterThan(4);
    expect(await evaluated(source, 2)).toEqual(alone);
    const numbers = alone.lines.split('\n').filter((line) => line !== '').map((line) => (JSON.parse(line) as { row: number }).row);
    expect(numbers).toEqual(rows.flatMap((row, index) => (row === '' ? [] : [index + 2])));
  });

  test('a workbook goes the same way', async () => {
    const bytes = county('utf-8');
    const reading = readRosterCsv(bytes);
    if (reading.kind === 'refused') throw new Error(reading.code);
    const rows = [...reading.lines].flatMap((line) => (line.kind === 'row' ? [line.row] : []));
    const workbook = await rosterWorkbook(() => rows);
    const alone = await evaluated(memorySource(workbook), 0);
    expect(alone.batches).toBeGreaterThan(4);
    expect(await evaluated(memorySource(workbook), 2)).toEqual(alone);
  });
});

test('a file that is cut off while it is read is a fault of reading', async () => {
  const bytes = county('utf-8');
  let reads = 0;
  const source: ByteSource = {
    length: bytes.length,
    // Proven once from start to end, then changed.
    read: (from, to) => ((reads += to - from) > bytes.length * 1.9 ? new Uint8Array(to - from).fill(0xff) : bytes.subarray(from, to)),
  };
  await expect(evaluated(source, 0)).rejects.toMatchObject({ name: 'FileReadFault', reason: 'changed' });
});
