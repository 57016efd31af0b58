/** 抽样: the published vectors, the worked allotment, and what a stranger may rely on. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { drawSample, proportional, ticketText, type Unit } from '../../../shared/oversight/sample.ts';
import { sampleOf } from '../../../electron/oversight/index.ts';
import { sha256Hex } from '../../../electron/platform/hash.ts';

const folder = mkdtempSync(join(tmpdir(), 'liudi-sample-'));
afterAll(() => { rmSync(folder, { recursive: true, force: true }); });

describe('抽签号与公布的例子一致', () => {
  test.each([
    ['seed', '911101081234567890', '9c00b44c0faf24fe5e2a326e6c684148b9790600fe5f5ec62992382617ced76d'],
    ['seed', '91110108123456789H', '0cb7c1735f8ee035c55826511108ca76fc9371b4d34b9a80beb1e041f5c950e2'],
    ['20220715 凌源 3 5 6 1', '91211382701047290M', 'c12f0ae885030a8a0e36f48c2932dd9263fced88f40256043a3e8ebeaa5f3fcd'],
  ])('种子“%s”，%s', (seed, code, ticket) => {
    expect(sha256Hex(ticketText(seed, code))).toBe(ticket);
  });
});

describe('按比例分配', () => {
  test('甲 1000、乙 100、丙 3 户抽 20 户：18、2、0，再由最多的一层让一户', () => {
    expect([...proportional(new Map([['甲', 1000], ['乙', 100], ['丙', 3]]), 20)]).toEqual([['丙', 1], ['乙', 2], ['甲', 17]]);
  });
  test('户数少于层数时不补', () => {
    expect([...proportional(new Map([['a', 8], ['b', 1], ['c', 1]]), 2)]).toEqual([['a', 2], ['b', 0], ['c', 0]]);
  });
  test('各层合计总是抽取户数，没有一层多于它的户数', () => {
    fc.assert(fc.property(fc.dictionary(
      fc.string({ minLength: 1, maxLength: 2 }), fc.integer({ min: 1, max: 50 }), { minKeys: 1, maxKeys: 8 },
    ), fc.integer({ min: 1, max: 500 }), (units, size) => {
      const all = Object.values(units).reduce((sum, count) => sum + count, 0);
      const got = proportional(new Map(Object.entries(units)), size);
      expect([...got.values()].reduce((sum, count) => sum + count, 0)).toBe(Math.min(size, all));
      for (const [name, count] of got) expect(count).toBeLessThanOrEqual(units[name] ?? 0);
      if (size >= got.size) expect(Math.min(...got.values())).toBeGreaterThan(0);
    }));
  });
});

const ticketOf = (code: string): string => sha256Hex(ticketText('2022', code));
const unit = (code: string, stratum: string | null = null, certain = false): Unit => ({ code, name: null, stratum, certain });

test('名单变长，先前的样本只让位给更小的签', () => {
  fc.assert(fc.property(fc.uniqueArray(
    fc.string({ unit: fc.constantFrom('1', '2', '9', 'A', 'H'), minLength: 3, maxLength: 6 }), { minLength: 2, maxLength: 60 },
  ), fc.integer({ min: 1, max: 20 }), (codes, size) => {
    const drawn = (those: readonly string[]) => drawSample(those.map((code) => unit(code)), size, null, ticketOf).draw[0]?.sample ?? [];
    const [before, after] = [drawn(codes.slice(0, -1)), drawn(codes)];
    const newest = codes.at(-1);
    expect(after.filter(({ code }) => code !== newest).every(({ code }) => before.some((one) => one.code === code))).toBe(true);
    expect(after.map(({ ticket }) => ticket)).toEqual(after.map(({ ticket }) => ticket).toSorted());
  }));
});

describe('名单文件', () => {
  const file = (text: string): string => {
    const path = join(folder, 'population.csv');
    writeFileSync(path, text);
    return path;
  };
  const terms = { seed: '2022', size: 2, strata: null, certain: null };

  test('必查户在抽取之外，代码去空白、变大写，摘要是文件的', async () => {
    const path = file('纳税人识别号,纳税人名称,风险等级\n a1 ,甲,高\nb2,乙,低\nc3,,低\nd4,丁,低\n');
    const { document } = await sampleOf({ ...terms, population: path, certain: { column: '风险等级', value: '高' } });
    expect(document.certain?.units).toEqual([{ code: 'A1', name: '甲' }]);
    expect(document.population).toEqual({ units: 4, sha256: sha256Hex(readFileSync(path)) });
    expect(document.draw).toHaveLength(1);
    expect(document.draw[0]).toMatchObject({ stratum: null, units: 3, size: 2 });
    expect(document.draw[0]?.sample.map(({ code }) => code))
      .toEqual(['B2', 'C3', 'D4'].toSorted((one, other) => (ticketOf(one) < ticketOf(other) ? -1 : 1)).slice(0, 2));
  });
  test('空代码、重复代码全部指出', async () => {
    const path = file('统一社会信用代码\nA\n \na\n"",\nB\n'.replace('"",', '""'));
    await expect(sampleOf({ ...terms, population: path })).rejects.toMatchObject({ code: 'POPULATION_FAULTY', params: { count: 1 } });
  });
  test('缺列、缺层各有拒绝', async () => {
    const path = file('统一社会信用代码,规模\nA,大\nB,\n');
    await expect(sampleOf({ ...terms, population: path, strata: { column: '行业', allocation: 'proportional' } }))
      .rejects.toMatchObject({ code: 'COLUMN_MISSING' });
    await expect(sampleOf({ ...terms, population: path, strata: { column: '规模', allocation: new Map([['大', 2]]) } }))
      .rejects.toMatchObject({ code: 'STRATA_NOT_NAMED', details: { strata: [''] } });
    const { document: drawn } = await sampleOf(
      { ...terms, population: path, strata: { column: '规模', allocation: new Map([['大', 2], ['', 0], ['中', 0]]) } },
    );
    expect(drawn.draw.map(({ stratum, units, size, sample }) => [stratum, units, size, sample.length]))
      .toEqual([['', 1, 0, 0], ['中', 0, 0, 0], ['大', 1, 2, 1]]);
  });
});
