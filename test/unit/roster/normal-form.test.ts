/** The normal form that the journal keeps, the file written for people, and the difference of two rosters. */
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RosterRow } from '../../../shared/roster/model.ts';
import { readRosterCsv, rosterCsv, shieldedText, unshieldedText } from '../../../electron/roster/index.ts';
import { nameOf, normalLine, normalRow, normalRowOfLine, normalRowsOf, rosterRowOfLine } from '../../../electron/roster/normal-form.ts';
import { diffRosters } from '../../../electron/roster/roster-diff.ts';
import { encodeText } from '../../../electron/platform/text-file.ts';
import { arbitraryRoster, arbitraryRow } from '../../support/roster-arbitrary.ts';
import { bytesOf, completeText, rosterText, testUscc } from '../../support/roster-rows.ts';

function rowsOf(bytes: Uint8Array): RosterRow[] {
  const reading = readRosterCsv(bytes);
  if (reading.kind === 'refused') throw new Error(JSON.stringify(reading));
  return [...reading.lines].map((line) => {
    if (line.kind === 'rejected') throw new Error(JSON.stringify(line));
    return line.row;
  });
}

function csvBytes(rows: readonly RosterRow[]): Uint8Array {
  return encodeText([...rosterCsv(() => rows)].join(''), 'utf-8-bom');
}

const plain = (rows: readonly RosterRow[]): unknown[] => rows.map((row) => ({ ...row, row: 0, remarks: { ...row.remarks } }));

test('a normalised line is canonical JSON and gives the row back', () => {
  fc.assert(
    fc.property(arbitraryRow(1), (row) => {
      const line = normalLine(normalRow(row));
      expect(canonicalize(JSON.parse(line))).toBe(line);
      expect(plain([rosterRowOfLine(JSON.parse(line))])).toEqual(plain([row]));
      expect(normalRowOfLine(line)).toEqual(normalRow(row));
      expect(nameOf(normalRow(row))).toBe(row.name);
    }),
    { numRuns: 300 },
  );
});

test('blanks do not appear in the normal form', () => {
  const [row] = rowsOf(bytesOf(rosterText([{ vatArrears: '0', filed: '否', individual: '否', status: '正常' }])));
  expect(row === undefined ? '' : normalLine(normalRow(row))).toBe(`{"row":2,"taxpayer":{"filed":false,"name":"测试企业1","uscc":"${testUscc(1)}"}}`);
});

test.each([
  ['another key', { uscc: testUscc(1), name: 'x', wrong: 1 }],
  ['no code', { name: 'x' }],
  ['an amount as number', { uscc: testUscc(1), name: 'x', baseCredit: 5 }],
  ['an amount with decimals', { uscc: testUscc(1), name: 'x', baseCredit: '1.5' }],
  ['a word outside its list', { uscc: testUscc(1), name: 'x', creditRating: 'S' }],
  ['an impossible date', { uscc: testUscc(1), name: 'x', registeredOn: '2022-02-30' }],
  ['an impossible month', { uscc: testUscc(1), name: 'x', deductedFrom: '2022-13' }],
  ['a list of other things', { uscc: testUscc(1), name: 'x', recentCredits: [1] }],
  ['remarks that are no texts', { uscc: testUscc(1), name: 'x', remarks: { a: 1 } }],
])('a stored line with %s is a fault of the program, not a row', (_case, taxpayer) => {
  expect(() => rosterRowOfLine({ row: 2, taxpayer })).toThrow('stored');
});

test('a remark cannot pass for the code or the name', () => {
  const text = rosterText([{}]).replace('\r\n', ',"""uscc"":""9"",""name"":""x"",""taxpayer"":{"\r\n').replace(/\r\n$/, ',"""uscc"":""8"",""name"":""y"""\r\n');
  const [row] = rowsOf(bytesOf(text)).map(normalRow);
  if (row === undefined) throw new Error('no row');
  expect(Object.keys(rowsOf(bytesOf(text))[0]?.remarks ?? {})).toEqual(['"uscc":"9","name":"x","taxpayer":{']);
  expect(normalRowOfLine(normalLine(row))).toEqual(row);
  expect(nameOf(row)).toBe('测试企业1');
});

test('lines are found again in encoded pieces', () => {
  const rows = [1, 2, 3].map((number) => ({ row: number + 1, uscc: testUscc(number), taxpayer: `{"name":"甲","uscc":"${testUscc(number)}"}` }));
  const pieces = [rows.slice(0, 2), rows.slice(2)].map((part) => new TextEncoder().encode(part.map((row) => `${normalLine(row)}\n`).join('')));
  expect([...normalRowsOf(pieces)]).toEqual(rows);
});

test('a file written for people reads back as the same rows', () => {
  fc.assert(
    fc.property(arbitraryRoster(3), (rows) => {
      expect(plain(rowsOf(csvBytes(rows)))).toEqual(plain(rows));
    }),
    { numRuns: 200 },
  );
});

test('the same roster in GB18030, in another order of columns and with separators has the same normal form', () => {
  const text = completeText({}, { uscc: testUscc(2), endingCredit: '1234567.80', recentCredits: '1234567.80' });
  const other = text.replaceAll('1234567.80', '"1,234,567.8"').split('\r\n').map((line) => line.replace(/^([^,]*),([^,]*),/, '$2,$1,')).join('\n');
  const lines = (bytes: Uint8Array): string[] => rowsOf(bytes).map((row) => normalLine(normalRow(row)));
  expect(lines(encodeText(other, 'gb18030'))).toEqual(lines(bytesOf(text)));
});

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', "'=1", "''+x", '\u0000=', '\n=1'])('text %j is shielded from spreadsheets and comes back', (text) => {
  expect(shieldedText(text)).toBe(`'${text}`);
  expect(unshieldedText(shieldedText(text))).toBe(text);
});

test.each(['', '甲', "'甲", '1=1', ' =1', '（=', "''"])('text %j needs no shield', (text) => {
  expect(shieldedText(text)).toBe(text);
  expect(unshieldedText(text)).toBe(text);
});

test('any text comes back from its shield, and no shielded text starts as a formula', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("'", '=', '+', '-', '@', '\t', '\r', '甲', '1') }), (text) => {
      expect(unshieldedText(shieldedText(text))).toBe(text);
      expect(shieldedText(text)).not.toMatch(/^[=+\-@\t\r]/);
    }),
  );
});

test('formulas in names, remarks and headers of remarks leave shielded and come back', () => {
  const text = rosterText([{ name: '=cmd|x', office: '@office' }]).replace('\r\n', ',=备注\r\n').replace(/\r\n$/, ',+1\r\n');
  const rows = rowsOf(bytesOf(text));
  const written = [...rosterCsv(() => rows)].join('');
  expect(written).toContain("'=cmd|x");
  expect(written).toContain("'=备注");
  expect(plain(rowsOf(bytesOf(written)))).toEqual(plain(rows));
  expect(rows).toMatchObject([{ name: '=cmd|x', office: '@office', remarks: { '=备注': '+1' } }]);
});

test('two rosters differ by who came, who went and which fields changed', () => {
  const before = rowsOf(bytesOf(rosterText([{ endingCredit: '1', filed: '是' }, { name: '乙' }, {}]))).map(normalRow);
  const after = rowsOf(
    bytesOf(rosterText([{ uscc: testUscc(9), name: '新' }, { uscc: testUscc(2), name: '乙' }, { uscc: testUscc(1), name: '测试企业1', endingCredit: '2', filed: '' }])),
  ).map(normalRow);
  expect(diffRosters(before, after)).toEqual({
    added: [{ uscc: testUscc(9), name: '新' }],
    changed: [
      {
        uscc: testUscc(1), name: '测试企业1',
        fields: [
          { field: 'endingCredit', header: '当期期末留抵税额', before: '1.00', after: '2.00' },
          { field: 'filed', header: '当期已申报', before: '是', after: '' },
        ],
      },
    ],
    gone: [{ uscc: testUscc(3), name: '测试企业3' }],
    unchanged: 1, spoiled: [], damaged: [],
  });
});

test('a remark that came, went or changed is a change of its taxpayer', () => {
  const withRemark = (label: string, text: string): ReturnType<typeof normalRow>[] =>
    rowsOf(bytesOf(rosterText([{}]).replace('\r\n', `,${label}\r\n`).replace(/\r\n$/, `,${text}\r\n`))).map(normalRow);
  expect(diffRosters(withRemark('甲', '1'), withRemark('乙', '2')).changed).toEqual([
    { uscc: testUscc(1), name: '测试企业1', fields: [{ field: 'remarks/乙', header: '乙', before: '', after: '2' }, { field: 'remarks/甲', header: '甲', before: '1', after: '' }] },
  ]);
});

test('a difference always adds up, and a roster does not differ from itself in another order', () => {
  fc.assert(
    fc.property(arbitraryRoster(5), arbitraryRoster(5), (before, after) => {
      const [a, b] = [before.map(normalRow), after.map(normalRow)];
      const diff = diffRosters(a, b);
      expect(diff.added.length + diff.changed.length + diff.unchanged).toBe(b.length);
      expect(diff.gone.length + diff.changed.length + diff.unchanged).toBe(a.length);
      for (const change of diff.changed) expect(change.fields.length).toBeGreaterThan(0);
      expect(diffRosters(a, [...a].reverse())).toEqual({ added: [], changed: [], gone: [], unchanged: a.length, spoiled: [], damaged: [] });
    }),
    { numRuns: 100 },
  );
});
