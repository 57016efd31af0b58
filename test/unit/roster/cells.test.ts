/** Every fault a single cell can have (faults.md E01, E03, E06, E13), what is mended and reported, and what is left as received. */
import { lostCharacter } from '../../../shared/kernel/lost-character.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { columnOf, rosterColumns, type ColumnKey } from '../../../shared/roster/columns.ts';
import { parseYuan } from '../../../shared/kernel/money.ts';
import { rosterFindings } from '../../../shared/roster/errors.ts';
import { usccCheckCharacter } from '../../../shared/roster/uscc.ts';
import type { RosterLine } from '../../../shared/roster/model.ts';
import { garbledCharacter, invisibleCharacter, isBlankText, isPlainText, shieldedText, unshieldedText } from '../../../electron/roster/cell-text.ts';
import { readRosterCsv } from '../../../electron/roster/index.ts';
import { bytesOf, completeCells, completeText, rosterText, testUscc, type Cells } from '../../support/roster-rows.ts';

function lineOf(cells: Cells): RosterLine {
  const reading = readRosterCsv(bytesOf(rosterText([cells])));
  if (reading.kind === 'refused') throw new Error(JSON.stringify(reading));
  const [line] = [...reading.lines];
  if (line === undefined) throw new Error('no line');
  return line;
}

/** The value read, with codes of warnings; or codes of faults. */
function read(key: ColumnKey, text: string): { value: unknown; warnings: string[] } | { faults: string[] } {
  const line = lineOf({ [key]: text });
  if (line.kind === 'rejected') return { faults: line.faults.map((fault) => fault.code) };
  return { value: line.row[key], warnings: line.warnings.map((warning) => warning.code) };
}

const amountCases: readonly (readonly [string, string, bigint | string])[] = [
  ['plain', '1234.5', 123_450n],
  ['zero', '0', 0n],
  ['zero with decimals', '0.00', 0n],
  ['the largest: 13 integer digits', '9999999999999.99', 999_999_999_999_999n],
  ['thousands separators are taken out and reported', '1,234,567.80', 123_456_780n],
  ['full-width digits are read and reported', '１２．５', 1250n],
  ['both at once', '１，２３４', 123_400n],
  ['NaN', 'NaN', 'CELL_AMOUNT_INVALID'],
  ['Infinity', 'Infinity', 'CELL_AMOUNT_INVALID'],
  ['an exponent', '1e3', 'CELL_AMOUNT_INVALID'],
  ['hexadecimal', '0x10', 'CELL_AMOUNT_INVALID'],
  ['a blank before', ' 12', 'CELL_AMOUNT_INVALID'],
  ['a blank after', '12 ', 'CELL_AMOUNT_INVALID'],
  ['a plus sign', '+5', 'CELL_AMOUNT_INVALID'],
  ['a leading zero', '00', 'CELL_AMOUNT_INVALID'],
  ['minus zero', '-0', 'CELL_AMOUNT_INVALID'],
  ['three decimals', '1.005', 'CELL_AMOUNT_INVALID'],
  ['a thousand million million', '1000000000000000', 'CELL_AMOUNT_INVALID'],
  ['no digit before the point', '.5', 'CELL_AMOUNT_INVALID'],
  ['no digit after the point', '5.', 'CELL_AMOUNT_INVALID'],
  ['separators at the wrong places', '12,34', 'CELL_AMOUNT_INVALID'],
  ['a separator among the decimals', '1.234,5', 'CELL_AMOUNT_INVALID'],
  ['a currency sign', '¥12', 'CELL_AMOUNT_INVALID'],
  ['a unit', '12元', 'CELL_AMOUNT_INVALID'],
  ['a formula', '=1+1', 'CELL_AMOUNT_INVALID'],
  ['a word', '无', 'CELL_AMOUNT_INVALID'],
  ['negative', '-1', 'CELL_AMOUNT_NEGATIVE'],
  ['negative with separators', '-1,000.00', 'CELL_AMOUNT_NEGATIVE'],
  ['a typographic minus', '−1', 'CELL_AMOUNT_INVALID'],
  ['Arabic-Indic digits', '١٢', 'CELL_AMOUNT_INVALID'],
];

test.each(amountCases)('amount, %s: “%s” → %s', (_case, text, outcome) => {
  const mended = /[,，．０-９]/.test(text);
  expect(read('baseCredit', text)).toEqual(typeof outcome === 'bigint' ? { value: outcome, warnings: mended ? ['WARN_AMOUNT_NORMALISED'] : [] } : { faults: [outcome] });
});

test('no amount column allows what another refuses', () => {
  for (const { key, form } of rosterColumns) {
    if (form.kind !== 'amount') continue;
    expect(read(key, '1e3')).toEqual({ faults: ['CELL_AMOUNT_INVALID'] });
    expect(read(key, '-1')).toEqual({ faults: ['CELL_AMOUNT_NEGATIVE'] });
  }
});

test('an amount is read exactly as money reads it, or refused: never something else', () => {
  const texts = fc.oneof(
    fc.string({ unit: fc.constantFrom(...Array.from('0123456789.,-+eExX ０１９．，−')), maxLength: 16 }),
    fc.string({ unit: 'binary', maxLength: 10 }),
    fc.tuple(fc.nat(9_999_999), fc.nat(99)).map(([yuan, cents]) => `${yuan.toLocaleString('en-US')}.${String(cents).padStart(2, '0')}`),
  );
  fc.assert(
    fc.property(texts, (text) => {
      fc.pre(text.trim() !== '' && !/["\r\n]/.test(text));
      const outcome = read('baseCredit', text);
      const half = text.normalize('NFKC');
      const plain = parseYuan(/^[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?$/.test(half) ? half.replaceAll(',', '') : half);
      if ('value' in outcome) expect(outcome.value).toBe(plain);
      else if (parseYuan(text) !== null) expect(text.startsWith('-')).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['taxpayerKind', '个体', 'CELL_NOT_A_CHOICE'],
  ['creditRating', 'a', 'CELL_NOT_A_CHOICE'],
  ['creditRating', 'S', 'CELL_NOT_A_CHOICE'],
  ['status', 'constructor', 'CELL_NOT_A_CHOICE'],
  ['filed', 'Y', 'CELL_NOT_A_CHOICE'],
  ['prevYearMonths', '13', 'CELL_COUNT_INVALID'],
  ['prevYearMonths', '-1', 'CELL_COUNT_INVALID'],
  ['prevYearMonths', '6.5', 'CELL_COUNT_INVALID'],
  ['prevYearMonths', '06', 'CELL_COUNT_INVALID'],
  ['salesMonths', '1e1', 'CELL_COUNT_INVALID'],
  ['evasion36', '99999', 'CELL_COUNT_INVALID'],
  ['registeredOn', '2022-02-30', 'CELL_DATE_INVALID'],
  ['registeredOn', '2022/4/1', 'CELL_DATE_INVALID'],
  ['registeredOn', '2022-4-1', 'CELL_DATE_INVALID'],
  ['registeredOn', '20220401', 'CELL_DATE_INVALID'],
  ['registeredOn', '44652', 'CELL_DATE_INVALID'],
  ['deductedFrom', '2022-13', 'CELL_MONTH_INVALID'],
  ['deductedFrom', '201904', 'CELL_MONTH_INVALID'],
  ['deductedFrom', '2019-04-01', 'CELL_MONTH_INVALID'],
  ['industryCode', '1762', 'CELL_INDUSTRY_INVALID'],
  ['industryCode', 'C17', { value: 'C17' }],
  ['industryCode', 'N', { value: 'N' }],
  ['industryCode', 'C1', 'CELL_INDUSTRY_INVALID'],
  ['industryCode', 'C17621', 'CELL_INDUSTRY_INVALID'],
  ['industryCode', 'C6510', 'CELL_INDUSTRY_INVALID'],
  ['industryCode', 'U9800', 'CELL_INDUSTRY_INVALID'],
  ['industryCode', 'c1762', 'CELL_INDUSTRY_INVALID'],
  ['salesByIndustry', 'C=800000', { value: [{ code: 'C', salesFen: 80_000_000n }] }],
  ['salesByIndustry', 'C=1;C17=2;C176=3', { value: [{ code: 'C', salesFen: 100n }, { code: 'C17', salesFen: 200n }, { code: 'C176', salesFen: 300n }] }],
  ['salesByIndustry', 'C＝１；I65＝2', { value: [{ code: 'C', salesFen: 100n }, { code: 'I65', salesFen: 200n }] }],
  ['salesByIndustry', 'C=1;C=2', 'CELL_SALES_INVALID'],
  ['salesByIndustry', 'C=1;', 'CELL_SALES_INVALID'],
  ['salesByIndustry', 'C=1; I65=2', 'CELL_SALES_INVALID'],
  ['salesByIndustry', 'C1762=1', 'CELL_SALES_INVALID'],
  ['salesByIndustry', 'C', 'CELL_SALES_INVALID'],
  ['salesByIndustry', 'C=-1', 'CELL_SALES_INVALID'],
  ['salesByIndustry', 'C=1=2', 'CELL_SALES_INVALID'],
  ['salesByIndustry', '=1', 'CELL_SALES_INVALID'],
  ['recentCredits', '1;2', { value: [100n, 200n] }],
  ['recentCredits', '1,000;2', { value: [100_000n, 200n] }],
  ['recentCredits', '1;2;3;4;5;6;7', 'CELL_SERIES_INVALID'],
  ['recentCredits', '1;;3', 'CELL_SERIES_INVALID'],
  ['recentCredits', '1; 2', 'CELL_SERIES_INVALID'],
  ['recentCredits', '1;-2', 'CELL_SERIES_INVALID'],
  ['phone', '1.38E+10', 'CELL_DIGITS_LOST'],
  ['bankAccount', '6.217E+18', 'CELL_DIGITS_LOST'],
  ['bankAccount', '0012', { value: '0012' }],
  ['office', 'x'.repeat(101), 'CELL_TOO_LONG'],
  ['name', '名'.repeat(201), 'CELL_TOO_LONG'],
  ['recentCredits', '1'.repeat(5000), 'CELL_TOO_LONG'],
  ['uscc', '91350100M000100Y44', 'CELL_USCC_CHECK'],
  ['uscc', '9.135E+17', 'CELL_DIGITS_LOST'],
  ['uscc', '９1350100M000100Y43', 'CELL_USCC_CHARACTER'],
  ['uscc', '91350100M000100Y4', 'CELL_USCC_LENGTH'],
  ['uscc', '', 'CELL_BLANK'],
  ['name', '　', 'CELL_BLANK'],
] as const satisfies readonly (readonly [ColumnKey, string, string | { value: unknown }])[])('%s “%s” → %s', (key, text, outcome) => {
  expect(read(key, text)).toEqual(typeof outcome === 'string' ? { faults: [outcome] } : expect.objectContaining(outcome));
});

const oddHead = `${testUscc(1).slice(0, 16)}${testUscc(1).charAt(16) === '1' ? '2' : '1'}`;
const usccWithOddOrganisationDigit = `${oddHead}${usccCheckCharacter(oddHead)}`;

test('full-width semicolons and equals signs are read and reported', () => {
  expect(read('recentCredits', '1；2')).toEqual({ value: [100n, 200n], warnings: ['WARN_PUNCTUATION_NORMALISED'] });
  expect(read('salesByIndustry', 'C＝1')).toMatchObject({ warnings: ['WARN_PUNCTUATION_NORMALISED'] });
});

test.each([
  ['uscc', '91350100m000100y43', '91350100M000100Y43', ['WARN_USCC_UPPER_CASED']],
  ['uscc', '\t91350100M000100Y43', '91350100M000100Y43', ['WARN_BLANKS_REMOVED']],
  ['uscc', '211382700000001', '211382700000001', ['WARN_USCC_LEGACY']],
  ['uscc', usccWithOddOrganisationDigit, usccWithOddOrganisationDigit, ['WARN_USCC_ORGANISATION']],
  ['creditRating', ' A', 'A', ['WARN_BLANKS_REMOVED']],
  ['registeredOn', '2022-04-01 ', '2022-04-01', ['WARN_BLANKS_REMOVED']],
  ['office', '　城关税务所　', '城关税务所', ['WARN_BLANKS_REMOVED']],
  ['name', ' 凌源老店 ', ' 凌源老店 ', ['WARN_BLANKS_KEPT']],
  ['name', '凌源市?记商店', '凌源市?记商店', ['WARN_CHARACTER_DOUBTFUL']],
  ['name', '凌源市\ue5e5记商店', '凌源市\ue5e5记商店', ['WARN_CHARACTER_DOUBTFUL']],
  ['name', '凌源市𠮷记商店', '凌源市𠮷记商店', []],
  ['name', '凌源市葛\u{e0100}记商店', '凌源市葛\u{e0100}记商店', ['WARN_CHARACTER_STRANGE']],
  ['name', '凌源市（集团）ＡＢＣ公司', '凌源市（集团）ＡＢＣ公司', ['WARN_CHARACTER_STRANGE']],
] as const)('%s “%s” is read as “%s” and reported', (key, text, value, warnings) => {
  expect(read(key, text)).toEqual({ value, warnings });
});

test.each([
  ['NUL', '\u0000'], ['a C0 control', '\u0007'], ['DEL', '\u007f'], ['a C1 control', '\u0085'], ['a tab inside', '\t'], ['a line separator', '\u2028'],
  ['a right-to-left override', '\u202e'], ['a left-to-right isolate', '\u2066'], ['the Arabic letter mark', '\u061c'], ['a zero-width space', '\u200b'],
  ['a zero-width joiner', '\u200d'], ['a byte order mark', '\ufeff'], ['a tag character', '\u{e0041}'],
])('a name with %s is refused and shown escaped', (_case, character) => {
  const line = lineOf({ name: `凌源${character}商店` });
  expect(line).toMatchObject({ kind: 'rejected', faults: [{ code: 'CELL_CONTROL_CHARACTER' }] });
  expect(JSON.stringify(line)).not.toContain(character === '\u0000' ? '\\u0000' : character);
});

test('a replacement character means that the name was garbled before it came here', () => {
  expect(read('name', '凌源\ufffd商店')).toEqual({ faults: ['CELL_GARBLED'] });
});

test('no name with an invisible character gets through', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }), (text) => {
      fc.pre(text.isWellFormed() && text.trim() !== '' && !text.startsWith("'"));
      const outcome = read('name', text);
      if ('value' in outcome) {
        expect(outcome.value).toBe(text);
        expect(text).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\ufffd]/u);
      } else expect(text).toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\ufffd\uffff\ufffe]/u);
    }),
    { numRuns: 300 },
  );
});

test('all faults of a row stand together, each with row, column, value, rule and advice', () => {
  const line = lineOf({ uscc: '9135', endingCredit: '1e3', filed: '有', registeredOn: '2022-02-30' });
  expect(line.kind).toBe('rejected');
  if (line.kind !== 'rejected') return;
  expect(line.faults.map(({ row, column, value, code }) => [row, column, value, code])).toEqual([
    [2, '统一社会信用代码', '9135', 'CELL_USCC_LENGTH'],
    [2, '登记日期', '2022-02-30', 'CELL_DATE_INVALID'],
    [2, '当期期末留抵税额', '1e3', 'CELL_AMOUNT_INVALID'],
    [2, '当期已申报', '有', 'CELL_NOT_A_CHOICE'],
  ]);
  expect(line.faults[3]?.message).toBe('须为 是、否 之一；请改为其中一项，不知道的留空');
  for (const fault of line.faults) expect(fault.message).not.toMatch(/\{[a-zA-Z]+\}/);
});

test.each([
  ['the newest of the recent credits is not the ending credit', { recentCredits: '1;2;3', endingCredit: '4' }, 'fault ROW_CREDITS_DISAGREE'],
  ['without an ending credit there is nothing to compare', { recentCredits: '1;2;3', endingCredit: '' }, ''],
  ['account and taxpayer have different names', { accountName: '凌源市第二机械厂' }, 'warn WARN_ACCOUNT_NAME_DIFFERS'],
  ['twelve months of a firm registered in the year', { registeredOn: '2021-07-02' }, 'warn WARN_MONTHS_DISAGREE'],
  ['one month either way is left open', { registeredOn: '2021-07-02', prevYearMonths: '5', salesMonths: '8' }, ''],
  ['five months of a firm registered long ago', { prevYearMonths: '5' }, 'warn WARN_MONTHS_DISAGREE'],
  ['sales for more months than it has existed', { registeredOn: '2021-12-02', prevYearMonths: '1' }, 'warn WARN_MONTHS_DISAGREE'],
] as const)('cells against each other: %s', (_case, cells, outcome) => {
  const reading = readRosterCsv(bytesOf(completeText({ ...completeCells, ...cells })), { filingPeriod: '2022-04' as never });
  if (reading.kind === 'refused') throw new Error(JSON.stringify(reading));
  const [line] = [...reading.lines];
  const found = line?.kind === 'rejected' ? line.faults.map((fault) => `fault ${fault.code}`) : (line?.warnings.map((warning) => `warn ${warning.code}`) ?? []);
  expect([...new Set(found)].join()).toBe(outcome);
});

test('a code that stands twice is a fault of the later row, also in other letters', () => {
  const uscc = testUscc(7);
  const reading = readRosterCsv(bytesOf(rosterText([{ uscc }, {}, { uscc: uscc.toLowerCase() }, { uscc }])));
  if (reading.kind === 'refused') throw new Error(JSON.stringify(reading));
  const lines = [...reading.lines];
  expect(lines.map((line) => line.kind)).toEqual(['row', 'row', 'rejected', 'rejected']);
  expect(lines[2]).toMatchObject({ row: 4, name: '测试企业3', faults: [{ code: 'CELL_USCC_REPEATED', message: expect.stringContaining('第 2 行') as string }] });
});

test('where each row is judged by itself, a code may stand twice', () => {
  const uscc = testUscc(7);
  const reading = readRosterCsv(bytesOf(rosterText([{ uscc }, { uscc }])), { repeatedCodes: 'accepted' });
  if (reading.kind === 'refused') throw new Error(JSON.stringify(reading));
  expect([...reading.lines].map((line) => line.kind)).toEqual(['row', 'row']);
});

test('no cell takes long, however it is made', () => {
  const cruel = ['9'.repeat(3999), ';'.repeat(3999), '='.repeat(3999), `C=${'1,'.repeat(1900)}`, ' '.repeat(3998) + '1', '１'.repeat(3999), "'".repeat(3999), '(万元)'.repeat(600)];
  for (const { key } of rosterColumns) {
    for (const text of cruel) {
      // The quickest of three: what is measured is the grammar, not what else the machine does.
      const times = [1, 2, 3].map(() => {
        const started = performance.now();
        read(key, text);
        return performance.now() - started;
      });
      expect(Math.min(...times), `${key} ${text.slice(0, 10)}`).toBeLessThan(50);
    }
  }
});

test('every finding of the table has a case somewhere among the tests', async () => {
  const { readFile, glob } = await import('node:fs/promises');
  const texts: string[] = [];
  for await (const file of glob('test/unit/{roster,refunds}/*.test.ts')) texts.push(await readFile(file, 'utf8'));
  expect(texts.length).toBeGreaterThan(10);
  expect(Object.keys(rosterFindings).filter((code) => !texts.some((text) => text.includes(`${code}'`)))).toEqual([]);
});

test('columns are named in faults as the file names them', () => {
  const text = rosterText([{ endingCredit: 'x' }]).replace(columnOf('endingCredit').header, 'Ending Credit').replace(columnOf('uscc').header, '税号');
  const reading = readRosterCsv(bytesOf(text));
  if (reading.kind === 'refused') throw new Error(JSON.stringify(reading));
  expect([...reading.lines]).toMatchObject([{ kind: 'rejected', faults: [{ column: 'Ending Credit' }] }]);
});

test('text that is taken as plain at a glance has nothing that is looked for in other text', () => {
  const plainer = fc.array(fc.oneof(fc.constantFrom('一', '龥', '鿿', 'A', 'z', '9', '（', '）', '·'), fc.string({ unit: 'binary', minLength: 1, maxLength: 1 })), { minLength: 1, maxLength: 6 }).map((parts) => parts.join(''));
  let plain = 0;
  fc.assert(fc.property(plainer, (text) => {
    if (!isPlainText(text)) return;
    plain += 1;
    expect([invisibleCharacter(text), garbledCharacter(text), lostCharacter(text), unshieldedText(text), shieldedText(text), text.trim(), isBlankText(text)]).toEqual([null, null, null, text, text, text, false]);
  }), { numRuns: 5000 });
  expect(plain).toBeGreaterThan(100);
});

test('a cell is blank when nothing but blanks is in it, whatever it begins with', () => {
  fc.assert(fc.property(fc.array(fc.oneof(fc.constantFrom(' ', '\u3000', '\t', '\u00a0', 'A', '甲'), fc.string({ unit: 'binary', minLength: 1, maxLength: 1 })), { maxLength: 4 }).map((parts) => parts.join('')), (text) => {
    expect(isBlankText(text)).toBe(text.trim() === '');
  }), { numRuns: 5000 });
});
