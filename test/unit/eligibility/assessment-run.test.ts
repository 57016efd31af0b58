/** A stored roster judged in one thread and in several: the same lines in the order of the roster, and what the entry says of them. */
import { expect, test } from 'vitest';
import { countyMonths, rosterCsvOf } from '../../../electron/demo/synthetic-county.ts';
import { assessedRoster } from '../../../electron/eligibility/assessment-run.ts';
import { judgeFor } from '../../../electron/eligibility/evaluate.ts';
import { policyTextsOf } from '../../../electron/eligibility/index.ts';
import { linesOfChunk, packedChunk } from '../../../electron/journal/without-ledger.ts';
import { checkoutResources } from '../../../electron/platform/resources.ts';
import { readRosterCsv } from '../../../electron/roster/index.ts';
import { normalLine, normalRow } from '../../../electron/roster/normal-form.ts';
import { refusal } from '../../../shared/errors.ts';
import { present } from '../../../shared/kernel/assert.ts';
import { taxPeriod } from '../../../shared/kernel/tax-period.ts';
import { shippedPolicy } from '../../golden/golden-policy.ts';

const period = taxPeriod('2022-04');
const terms = { period, policyTexts: policyTextsOf(checkoutResources), paid: new Map() };

/** Firms of a county as the journal stores them, sixty a chunk. */
const [month] = countyMonths({ seed: 11, enterprises: 2400, months: 1, countyCode: '211382', countyName: '凌源市', firstPeriod: period });
const reading = readRosterCsv(rosterCsvOf(present(month, 'a first month'), 'utf-8'));
if (reading.kind === 'refused') throw new Error(reading.code);
const rows = [...reading.lines].flatMap((line) => (line.kind === 'row' ? [line.row] : []));
const chunks = Array.from({ length: Math.ceil(rows.length / 60) }, (_, index) => {
  const part = rows.slice(index * 60, index * 60 + 60);
  return packedChunk(new TextEncoder().encode(part.map((row) => `${normalLine(normalRow(row))}\n`).join('')), part.length).stored;
});

test('one thread or several: the same lines, the same counts, the same total', async () => {
  const alone = await assessedRoster(terms, chunks, () => undefined, 0);
  expect(alone.rows).toBe(rows.length);
  const judge = judgeFor(period, shippedPolicy);
  const judged = rows.map((row) => judge(row).figures);
  expect(alone.refundableTotal).toBe(judged.reduce((total, { refundableTotal }) => total + refundableTotal, 0n));
  for (const [verdict, count] of Object.entries(alone.counts)) expect(judged.filter((one) => one.verdict === verdict)).toHaveLength(count);
  const rowsIn = ({ chunks: of }: typeof alone.lines): number[] => of.flatMap(({ stored }) => linesOfChunk(stored).map((line) => (JSON.parse(line) as { row: number }).row));
  expect(rowsIn(alone.lines)).toEqual(rows.map(({ row }) => row));
  expect(rowsIn(alone.findings)).toEqual(rows.map(({ row }) => row));
  for (const workers of [1, 2]) expect(await assessedRoster(terms, chunks, () => undefined, workers)).toEqual(alone);
});

test('whoever stops it in the middle leaves no thread behind', async () => {
  const told: number[] = [];
  const work = assessedRoster(terms, chunks, (count) => {
    told.push(count);
    if (count >= 500) throw refusal('WORK_STOPPED', { title: '资格测算' });
  }, 2);
  await expect(work).rejects.toMatchObject({ code: 'WORK_STOPPED' });
  expect(told.filter((count) => count >= 500)).toHaveLength(1);
});
