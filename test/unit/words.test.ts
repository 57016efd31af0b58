/**
 * E3 Nothing English reaches a clerk: the sentences of every refusal, what is said of every wrong input of every operation, and the words of the command
 * line for options it does not know. E4 names and codes are judged before anything is made.
 */
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { contract } from '../../shared/contract.ts';
import { errorTable } from '../../shared/error-table.ts';
import { fieldWords } from '../../shared/field-words.ts';
import { firstFault, inputFaults, inputWords } from '../../shared/input-faults.ts';
import type { Operation } from '../../shared/kernel/operation.ts';
import { shellContract } from '../../shared/shell/contract.ts';
import { leaveToInputMethod } from '../../renderer/shell/input-method.ts';
import { liudi } from '../support/command-line.ts';
import { foreignLetters } from '../support/foreign-letters.ts';

const inputs: readonly (readonly [string, z.ZodType])[] = [...Object.entries<Operation>(contract), ...Object.entries<{ readonly input: z.ZodType }>(shellContract)].map(([name, { input }]) => [name, input]);

/** Every property that an input may have, wherever it stands. */
function propertiesOf(schema: unknown): string[] {
  if (Array.isArray(schema)) return schema.flatMap(propertiesOf);
  if (typeof schema !== 'object' || schema === null) return [];
  const own = 'properties' in schema && typeof schema.properties === 'object' && schema.properties !== null ? Object.keys(schema.properties) : [];
  return [...own, ...Object.values(schema).flatMap(propertiesOf)];
}

const jsonOfInput = (input: z.ZodType): unknown => z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' });

test('E3 every field that an operation may be given has a Chinese name, and no name is left over', () => {
  const used = new Set(inputs.flatMap(([, input]) => propertiesOf(jsonOfInput(input))));
  expect([...used].filter((name) => !Object.hasOwn(fieldWords, name)).sort()).toEqual([]);
  expect(Object.keys(fieldWords).filter((name) => !used.has(name))).toEqual([]);
  expect(Object.entries(fieldWords).filter(([, word]) => foreignLetters(word).length > 0 || word === '')).toEqual([]);
});

test('E3 what is wrong with an input is said in Chinese, whatever is given in place of what is asked', () => {
  const odd: readonly unknown[] = [undefined, null, 1, -1.5, '', 'x', 'x'.repeat(5000), true, [], ['x', 1], {}, { nobody: 1 }, '\u0007', '2022-13'];
  const found = new Set<string>();
  let faults = 0;
  for (const [name, input] of inputs) {
    const fields = [...new Set(propertiesOf(jsonOfInput(input)))];
    const tries = [...odd, ...odd.map((value) => Object.fromEntries(fields.map((field) => [field, value]))), ...fields.flatMap((field) => odd.map((value) => ({ [field]: value })))];
    for (const value of tries) {
      const parsed = input.safeDecode(value, { error: inputWords });
      if (parsed.success) continue;
      const said = inputFaults(parsed.error);
      faults += said.length;
      for (const text of [firstFault(said), ...said.map(({ field, message }) => `${field}：${message}`)]) if (foreignLetters(text).length > 0) found.add(`${name} ${text}`);
    }
  }
  expect(faults).toBeGreaterThan(10_000);
  expect([...found].slice(0, 20)).toEqual([]);
});

test('E3 the sentences of refusals hold no word of the program', () => {
  const found = Object.entries(errorTable).flatMap(([key, { says, next }]) => [says, next].flatMap((text) => foreignLetters(text).map((word) => `${key}: ${word}`)));
  expect(found).toEqual([]);
});

describe('E3 and E4 the command line', () => {
  const folder = mkdtempSync(join(tmpdir(), 'liudi-words-'));
  afterAll(() => { rmSync(folder, { recursive: true, force: true }); });
  const init = (name: string, county: string): readonly string[] => ['office', 'init', join(folder, 'office'), '--agency', 'tax', '--county', county, '--name', name, '--unattended'];

  test.each([
    ['an option that is none', ['office', 'status', '--colour'], '无法识别的参数 --colour，未作任何改动。'],
    ['an option without its value', ['office', 'status', '--office'], '参数 --office 后面缺少内容，未作任何改动。'],
    ['a flag with a value', ['office', 'status', '--json=yes'], '参数 --json 后面不能写内容，未作任何改动。'],
  ])('E3 %s is named in Chinese', (_name, words, says) => {
    const { exit, stderr } = liudi(words);
    expect([exit, stderr.split('\n')[0]]).toEqual([2, says]);
  });

  test.each([
    ['a code of no province', '凌源市税务局', '999999', '“999999”不是县级行政区划代码（前两位 99 不是省级代码），未建立单位'],
    ['the code of a province', '辽宁省税务局', '210000', '“210000”不是县级行政区划代码（是省级代码，不是县级），未建立单位'],
    ['the code of a city', '朝阳市税务局', '211300', '“211300”不是县级行政区划代码（是市级代码，不是县级），未建立单位'],
    ['five digits', '凌源市税务局', '21138', '“21138”不是县级行政区划代码（须为六位数字），未建立单位'],
    ['a blank name', '　', '211382', '单位名称不合要求（不能为空），未作任何改动'],
    ['no name', '', '211382', '单位名称不合要求（不能为空），未作任何改动'],
    ['a name of 61 characters', '税'.repeat(61), '211382', '单位名称不合要求（至多 60 个字符），未作任何改动'],
    ['a name of two lines', '凌源市\n税务局', '211382', '单位名称不合要求（只能写在一行内），未作任何改动'],
    ['a name with a sign that cannot be seen', '凌源市\u202e税务局', '211382', '单位名称不合要求（含有不可见控制字符），未作任何改动'],
  ])('E4 %s is refused before anything is made', (_name, name, county, says) => {
    const { exit, stderr } = liudi(init(name, county));
    expect([exit, stderr.split('。')[0]]).toEqual([1, says]);
    expect(existsSync(join(folder, 'office')) ? readdirSync(join(folder, 'office')) : []).toEqual([]);
  });

  test('E4 a code without parameters of its own is answered so, with its province', () => {
    const { exit, stdout } = liudi(init('建平县税务局', '211322'));
    expect([exit, stdout]).toEqual([0, expect.stringContaining('县区参数：没有 211322（辽宁省）的参数，按默认参数建立')]);
  });
});

test.each([
  ['a key of the page', false, 27, 0],
  ['Esc while letters are being composed', true, 27, 1],
  ['a key that an input method reports by its code alone', false, 229, 1],
])('E5 %s: heard by dialogs or left to the input method', (_name, isComposing, keyCode, stops) => {
  let stopped = 0;
  leaveToInputMethod({ isComposing, keyCode, stopImmediatePropagation: () => { stopped += 1; } });
  expect(stopped).toBe(stops);
});
