/** Every settled reading 读法 is held by a named rule, value or setting and shown by golden cases; the sixteen sectors and the finance classes all have their standard. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { determinationLine, evaluateRow } from '../../electron/eligibility/index.ts';
import { sizing } from '../../electron/eligibility/size.ts';
import { packIds } from '../../shared/eligibility/model.ts';
import { taxPeriod } from '../../shared/kernel/tax-period.ts';
import { root } from '../support/source-tree.ts';
import { goldenFiles } from './golden-cases.ts';
import { shippedArticles, shippedPolicy } from './golden-policy.ts';
import { goldenRow } from './golden-rows.ts';

const schema = z.strictObject({ about: z.string(), readings: z.array(z.strictObject({ reading: z.string(), says: z.string().min(4), held: z.string(), cases: z.array(z.string()) })) });
const { readings } = schema.parse(JSON.parse(readFileSync(new URL('./readings.json', import.meta.url), 'utf8')));

const documents = packIds.map((id) => shippedPolicy.documents[id].document);
const known = new Set([
  ...packIds.flatMap((id) => shippedPolicy.packs[id].rules.map((rule) => `rule:${rule.id}`)),
  ...documents.flatMap(({ parameters }) => parameters.map(({ key }) => `value:${key}`)),
  ...documents.flatMap(({ settings }) => settings.map(({ key }) => `setting:${key}`)),
]);
const numbers = new Set(goldenFiles.flatMap(({ cases }) => cases.map(({ id }) => id)));

/** What a reading lacks: a holder that exists, and a golden case or the test that watches it. */
function readingGaps(list: typeof readings): string[] {
  return list.flatMap(({ says, held, cases }) => [
    ...(/^(?:file|test):/.test(held) ? (existsSync(join(root, held.slice(5))) ? [] : [`no file ${held.slice(5)}`]) : known.has(held) ? [] : [`nothing called ${held}`]),
    ...cases.filter((id) => !numbers.has(id)).map((id) => `no golden case ${id}`),
    ...(cases.length === 0 && !held.startsWith('test:') ? ['no golden case at all'] : []),
  ].map((lack) => `${says}: ${lack}`));
}

describe('readings', () => {
  test('each has a rule, value, setting, file or test that holds it, and golden cases', () => {
    expect(readingGaps(readings)).toEqual([]);
  });

  test('one without its holder or its case is named', () => {
    const mutated = [{ reading: 'ratio', says: '某种读法', held: 'rule:gone', cases: ['C99'] }, { reading: 'ratio', says: '另一种读法', held: 'rule:ratio', cases: [] }];
    expect(readingGaps(mutated)).toEqual(['某种读法: nothing called rule:gone', '某种读法: no golden case C99', '另一种读法: no golden case at all']);
  });

  test('every page of readings has its clauses, every clause its page, and none is graded as law', () => {
    // What the ledger has paid is read over an office only: refunds/paid-here.test.ts has its clauses.
    const pages = [...shippedArticles.values()].filter(({ cite }) => cite.startsWith('reading/') && cite !== 'reading/paid-here');
    expect([...new Set(readings.map(({ reading }) => `reading/${reading}`))].toSorted()).toEqual(pages.map(({ cite }) => cite).toSorted());
    expect(pages.filter(({ certainty }) => certainty !== 'D').map(({ cite }) => cite)).toEqual([]);
    expect(new Set(readings.map(({ says }) => says)).size).toBe(readings.length);
  });

  test.each(['K704', 'G53', 'P83', 'Q84', 'S91', 'T97'])('%s goes by its VAT sales: 1 million, 20 million and 100 million yuan', (industryCode) => {
    const classOf = (yuan: bigint): string | null => sizing({ industryCode, prevYearMonths: 12, prevYearSales: yuan * 100n, prevYearAssets: 0n }, shippedPolicy.standards).size;
    expect([999_999n, 1_000_000n, 19_999_999n, 20_000_000n, 99_999_999n, 100_000_000n].map(classOf)).toEqual(['micro', 'small', 'small', 'medium', 'medium', 'large']);
  });

  test('the share of listed industries is shown nowhere under No. 39', () => {
    const line = determinationLine(evaluateRow(goldenRow({}), taxPeriod('2021-06'), shippedPolicy));
    expect([line.listedShare, line.listedIndustry]).toEqual([null, null]);
  });
});

describe('size standards', () => {
  const cited = (document: string): string[] => shippedPolicy.standards.sectors.flatMap(({ cites }) => cites.filter((cite) => cite.startsWith(`${document}/`)));

  test('all sixteen sectors of 300号 and all eight finance classes of 309号 have a standard, each once', () => {
    expect(cited('2011-300')).toEqual(Array.from({ length: 16 }, (_, index) => `2011-300/${String(index + 1)}`));
    expect(cited('2015-309')).toEqual(Array.from({ length: 8 }, (_, index) => `2015-309/${String(index + 1)}`));
  });

  test('a part of a year is made whole by its months, exactly', () => {
    const classOf = (months: number, sales: bigint): string | null => sizing({ industryCode: 'C3311', prevYearMonths: months, prevYearSales: sales, prevYearAssets: 0n }, shippedPolicy.standards).size;
    const atThreeMillion = Array.from({ length: 12 }, (_, index) => {
      const months = index + 1;
      const least = (300_000_000n * BigInt(months) + 11n) / 12n;
      return [classOf(months, least - 1n), classOf(months, least)];
    });
    expect(atThreeMillion).toEqual(Array.from({ length: 12 }, () => ['micro', 'small']));
  });
});
