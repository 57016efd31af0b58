/** B4, B5: characters that were lost, characters that look like others, accounts that are no digits, and `="…"`: marked at import, found by every search. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readRosterCsv } from '../../../electron/roster/index.ts';
import { shieldedText, unshieldedText } from '../../../electron/roster/cell-text.ts';
import { lookAlikeKey, strangeCharacter } from '../../../shared/kernel/look-alike.ts';
import { lostCharacter } from '../../../shared/kernel/lost-character.ts';
import { taxPeriod } from '../../../shared/kernel/tax-period.ts';
import { done, practiceOffice, temporaryFolder, testClock } from '../../support/practice.ts';
import { bytesOf, rosterText, testUscc, type Cells } from '../../support/roster-rows.ts';

function foundIn(...rows: Cells[]): string[] {
  const reading = readRosterCsv(bytesOf(rosterText(rows)));
  if (reading.kind === 'refused') throw new Error(JSON.stringify(reading));
  return [...reading.lines].flatMap((line) => (line.kind === 'row' ? line.warnings : line.faults).map(({ row, column, code }) => `${String(row)} ${column} ${code}`));
}

describe('B4 丢失的字', () => {
  test.each(['?', '？', '□', '■', '▯', '☐', '〓', '＊', '*', '\ufffc', '\ue000', '\u{f0000}'])('名称中的 %j 是可能丢失的字', (character) => {
    expect(lostCharacter(`凌源市${character}祥商店`)).toBe(character);
    expect(foundIn({ name: `凌源市${character}祥商店` })).toEqual(['2 纳税人名称 WARN_CHARACTER_DOUBTFUL']);
  });

  test.each(['凌源市𠮷祥㐂商贸有限公司', '凌源市A厂（北京）', '凌源市䶮城商店', '凌源市“老字号”商店·一部'])('“%s”没有可疑的字', (name) => {
    expect([lostCharacter(name), strangeCharacter(name)]).toEqual([null, null]);
    expect(foundIn({ name })).toEqual([]);
  });
});

describe('B5 形近', () => {
  test.each([
    ['康熙部首', '凌源市⾦泰⼚', '凌源市金泰厂'], ['部首补充', '⻓江⻋⾏', '长江车行'], ['兼容汉字', '\uf9dc茂', '隆茂'], ['兼容补充', '\u{2f800}人', '丽人'], ['全角字母', 'ＡＢＣ１２３厂', 'ABC123厂'],
    ['括号的宽窄', '凌源（北京）厂', '凌源(北京)厂'], ['分解的字母', 'Cafe\u0301店', 'CAFÉ店'], ['异体选择符', '兴\ufe0f远\u{e0100}', '兴远'], ['看不见的字', '裕\u034f茂\u3164正\u2800恒\u200b', '裕茂正恒'], ['空格', '凌源 市　厂', '凌源市厂'],
  ])('%s：“%s”与“%s”看起来相同', (_kind, a, b) => {
    expect(lookAlikeKey(a)).toBe(lookAlikeKey(b));
  });

  test.each([['己', '已'], ['甲厂', '乙厂'], ['一', '丨'], ['A厂', 'B厂']])('“%s”与“%s”不同', (a, b) => {
    expect(lookAlikeKey(a)).not.toBe(lookAlikeKey(b));
  });

  test('部首表与本机 Unicode 排序表一致', () => {
    const collator = new Intl.Collator('und', { sensitivity: 'base' });
    const radicals = Array.from({ length: 0x2ef4 - 0x2e80 }, (_, index) => String.fromCodePoint(0x2e80 + index)).filter((radical) => radical !== '\u2e9a');
    expect(radicals.filter((radical) => lookAlikeKey(radical) === radical || collator.compare(radical, lookAlikeKey(radical)) !== 0)).toEqual([]);
  });

  test.each(['⼚', '⻋', '\uf9dc', 'Ａ', '１', 'e\u0301', '\ufe0f', '\u{e0100}', '\u034f', '\u3164', '\u2800'])('名称中的 %j 要说给人看', (character) => {
    expect(foundIn({ name: `凌源市${character}商店` })).toEqual(['2 纳税人名称 WARN_CHARACTER_STRANGE']);
  });

  test('看起来相同的两户，后一户说出前一户的行；相同的名称不说', () => {
    expect(foundIn({ name: '凌源市金泰厂' }, { name: '凌源市⾦泰厂' }, { name: '凌源市(北京)店' }, { name: '凌源市（北京）店' }, { name: '凌源市金泰厂' })).toEqual([
      '3 纳税人名称 WARN_CHARACTER_STRANGE', '3 纳税人名称 WARN_NAME_LIKE', '5 纳税人名称 WARN_NAME_LIKE',
    ]);
  });

  test('原样保存，按看见的名称也查得到', async () => {
    const office = await practiceOffice('tax', testClock('2022-04-11T09:00'));
    const file = join(temporaryFolder(), '名册.csv');
    writeFileSync(file, rosterText([{ name: '凌源市⾦泰⼚' }, { name: '凌源市裕\u034f茂店' }, { name: 'ＡＢ厂' }, { name: '丙厂' }]));
    const period = taxPeriod('2022-04');
    await done(office, 'roster.import', { file, period }, 'handler');
    const found = async (search: string): Promise<string[]> => (await done(office, 'roster.list', { period, search }, 'handler')).rows.map(({ name }) => name);
    expect(await found('金泰厂')).toEqual(['凌源市⾦泰⼚']);
    expect(await found('⾦泰')).toEqual(['凌源市⾦泰⼚']);
    expect(await found('裕茂')).toEqual(['凌源市裕\u034f茂店']);
    expect(await found('ab')).toEqual(['ＡＢ厂']);
    expect(await found(testUscc(4).toLowerCase())).toEqual(['丙厂']);
    await done(office, 'eligibility.assess', { period }, 'handler');
    expect((await done(office, 'eligibility.list', { period, search: '金泰厂' }, 'handler')).rows).toHaveLength(1);
  });
});

describe('B6 ="…" 与账号', () => {
  test.each([
    ['引号内的等号', '"=""0001"""', '0001'], ['裸的等号', '="0001"', '0001'], ['全角等号', '＝"0001"', '0001'], ['含逗号', '="00,01"', '00,01'],
  ])('%s按引号内的数字读入，并说出来', (_case, written, account) => {
    const text = rosterText([{ bankAccount: 'X' }]).replace(',X', `,${written}`);
    const reading = readRosterCsv(bytesOf(text));
    const lines = reading.kind === 'opened' ? [...reading.lines] : [];
    expect(lines).toMatchObject([{ kind: 'row', row: { bankAccount: account }, warnings: [{ code: 'WARN_EQUALS_TAKEN_OFF' }, ...(account.includes(',') ? [{ code: 'WARN_ACCOUNT_CHARACTER' }] : [])] }]);
  });

  test.each(['6222 0210', '6222\u00a00210', '６２２２', '6222-0210', '6222O210'])('账号 %j 含有数字以外的字符，要说给人看', (bankAccount) => {
    expect(foundIn({ bankAccount })).toEqual(['2 银行账号 WARN_ACCOUNT_CHARACTER']);
  });

  test.each(['＝1+1', '＋1', '－1', '＠x', '=1', '@x'])('%s 写出时加引号，读回时去掉', (text) => {
    expect(shieldedText(text)).toBe(`'${text}`);
    expect(unshieldedText(shieldedText(text))).toBe(text);
  });
});
