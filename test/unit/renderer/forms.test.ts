/** What forms of the window make of what was typed: founding, lists, dates, fingerprints, the next field; every input is checked against the operations table. */
import { describe, expect, test } from 'vitest';
import { contract } from '../../../shared/contract.ts';
import { shellContract } from '../../../shared/shell/contract.ts';
import { taxPeriod } from '../../../shared/kernel/tax-period.ts';
import { readDate } from '../../../renderer/components/date-text.ts';
import type { TableQuery } from '../../../renderer/components/table/columns.ts';
import { assessmentColumns, assessmentQuestion } from '../../../renderer/eligibility/assessment-table.ts';
import { typedFingerprint } from '../../../renderer/exchange/fingerprint-text.ts';
import { refundColumns, refundsQuestion } from '../../../renderer/refunds/refunds-table.ts';
import { paperParts } from '../../../renderer/reports/paper-page.ts';
import { reportInput } from '../../../renderer/reports/report-input.ts';
import { rosterQuestion, rosterTableColumns } from '../../../renderer/roster/roster-table.ts';
import { emptyFounding, foundingFaults, foundingInput, type FoundingForm } from '../../../renderer/shell/founding.ts';
import { meansNext, type PressedField, type PressedKey } from '../../../renderer/shell/next-field.ts';
import { paymentColumns, paymentsQuestion } from '../../../renderer/treasury/payments-table.ts';

describe('lists', () => {
  const period = taxPeriod('2022-04');
  const query: TableQuery = {
    offset: 400, limit: 200, sort: { key: 'name', direction: 'desc' },
    filters: {
      name: { kind: 'text', text: '凌源' }, state: { kind: 'choice', value: 'paid' }, verdict: { kind: 'choice', value: 'refundable' }, kind: { kind: 'choice', value: 'general' },
      industry: { kind: 'choice', value: 'C' }, dueOn: { kind: 'range', from: null, to: '2022-04-30' }, paidOn: { kind: 'range', from: '2022-04-01', to: '2022-04-30' }, size: { kind: 'choice', value: 'micro' },
    },
  };
  test('every list’s question is one that its operation takes, with window, sort and filters', () => {
    const asked = [
      contract['roster.list'].input.safeParse(rosterQuestion(query, period)),
      contract['eligibility.list'].input.safeParse(assessmentQuestion(query, period)),
      contract['refunds.list'].input.safeParse(refundsQuestion(query, { states: ['paid', 'sent'], period })),
      contract['treasury.list'].input.safeParse(paymentsQuestion(query, { states: ['paid'], period: null })),
    ];
    expect(asked.flatMap((parsed) => parsed.error?.issues ?? [])).toEqual([]);
    for (const { data } of asked) expect(data).toMatchObject({ offset: 400, limit: 200, sort: 'name', descending: true });
  });

  test('a choice of another queue’s state shows nothing rather than everything', () => {
    expect(refundsQuestion(query, { states: ['applied'], period: null })).toMatchObject({ states: [] });
    expect(paymentsQuestion(query, { states: ['received'], period: null })).toMatchObject({ states: [] });
  });

  test.each([
    ['roster', rosterTableColumns, (key: string) => rosterQuestion({ ...query, sort: { key, direction: 'asc' } }, period).sort],
    ['assessment', assessmentColumns, (key: string) => assessmentQuestion({ ...query, sort: { key, direction: 'asc' } }, period).sort],
    ['refunds', refundColumns, (key: string) => refundsQuestion({ ...query, sort: { key, direction: 'asc' } }, { states: null, period: null }).sort],
    ['treasury', paymentColumns, (key: string) => paymentsQuestion({ ...query, sort: { key, direction: 'asc' } }, { states: null, period: null }).sort],
  ] as const)('%s: a column that can be sorted is sorted by the office under its own key', (_name, columns, sortFor) => {
    for (const { key, sortable } of columns) if (sortable === true) expect(sortFor(key)).toBe(key);
  });
});

test('a report is asked with its own parameters only, and only those given', () => {
  const given = { period: '2022-04', uscc: ' 91211382MA1000009Y ', batch: '', voucher: '00000001', package: '', amendment: '' };
  const input = reportInput('explanation', ['period', 'uscc'], given);
  expect(contract['reports.render'].input.safeParse(input).error?.issues ?? []).toEqual([]);
  expect(JSON.parse(JSON.stringify(input))).toEqual({ id: 'explanation', params: { period: '2022-04', uscc: '91211382MA1000009Y' } });
});

test('a paper page gives its sheet to the preview alone', () => {
  const parts = paperParts('<!DOCTYPE html><html><head><style>* { margin: 0; }\nhtml { font-size: 9pt; }\nbody { width: 100%; } body.landscape td { padding: 0; }</style></head>\n<body class="landscape">\n<h1>说明</h1>\n</body></html>');
  expect(parts.body).toBe('<h1>说明</h1>');
  expect(parts.sheet).toContain(':host { font-size');
  expect(parts.classes).toBe('landscape');
  expect(parts.sheet).toContain('.paper { width');
  expect(parts.sheet).toContain('.paper.landscape td');
  expect(parts.sheet).not.toMatch(/(?:html|body)[ .]/);
});

describe('a new office', () => {
  const good: FoundingForm = {
    folder: { token: `file-${'0'.repeat(32)}`, name: '数据' }, practice: false, agency: 'tax', county: '211382', name: '国家税务总局凌源市税务局', username: 'admin', person: '赵明',
    password: 'correct horse battery', passwordAgain: 'correct horse battery', passphrase: 'another long sentence', passphraseAgain: 'another long sentence',
  };
  test('a complete form is what the shell takes', () => {
    expect(foundingFaults(good)).toEqual({});
    expect(shellContract['shell.foundOffice'].input.safeParse(foundingInput(good)).error?.issues ?? []).toEqual([]);
    expect(shellContract['shell.foundOffice'].input.safeParse(foundingInput({ ...emptyFounding(), folder: good.folder, practice: true, agency: 'finance', county: '211382', name: '凌源市财政局' })).error?.issues ?? []).toEqual([]);
  });
  test.each<[string, Partial<FoundingForm>, keyof FoundingForm]>([
    ['no folder', { folder: null }, 'folder'],
    ['no agency', { agency: null }, 'agency'],
    ['five digits of a county', { county: '21138' }, 'county'],
    ['a blank name', { name: '  ' }, 'name'],
    ['a username that starts with a digit', { username: '1a' }, 'username'],
    ['a short password', { password: '11 letters!', passwordAgain: '11 letters!' }, 'password'],
    ['passwords that differ', { passwordAgain: 'correct horse batterz' }, 'passwordAgain'],
    ['the password used for the keys too', { passphrase: good.password, passphraseAgain: good.password }, 'passphrase'],
  ])('is not founded with %s', (_what, change, field) => {
    const form = { ...good, ...change };
    expect(Object.keys(foundingFaults(form))).toContain(field);
    expect(foundingInput(form)).toBeNull();
  });
});

test.each([
  ['2022-04-11', '2022-04-11'], ['20220411', '2022-04-11'], ['2022.4.1', '2022-04-01'], ['2022年4月11日', '2022-04-11'], ['２０２２－０４－１１', '2022-04-11'], ['2022/4/11', '2022-04-11'],
  ['2022-02-30', null], ['今天', null], ['220411', null], ['', null],
])('the date field reads “%s” as %s', (text, date) => {
  expect(readDate(text)).toBe(date);
});

test('a fingerprint is read as Crockford writes it, strangers are named, more than 32 characters are not taken', () => {
  expect(typedFingerprint('chgt-pb41 oil')).toEqual({ characters: 'CHGTPB41011', grouped: 'CHGT PB41 011', strangers: '' });
  expect(typedFingerprint('ab!u').strangers).toBe('!U');
  expect(typedFingerprint('0'.repeat(40)).characters).toHaveLength(32);
});

test.each<[string, Partial<PressedKey>, Partial<PressedField>, boolean]>([
  ['Enter in a field', {}, {}, true],
  ['Enter in a native list', {}, { tag: 'SELECT' }, true],
  ['Enter while an input method composes', { isComposing: true }, {}, false],
  ['Enter in a text area', {}, { tag: 'TEXTAREA' }, false],
  ['Enter on a button', {}, { tag: 'BUTTON' }, false],
  ['Enter while a list is open', {}, { expanded: true }, false],
  ['Shift+Enter', { shiftKey: true }, {}, false],
  ['Enter that something else has taken', { defaultPrevented: true }, {}, false],
  ['Tab', { key: 'Tab' }, {}, false],
])('%s moves to the next field or not', (_what, key, field, expected) => {
  expect(meansNext({ key: 'Enter', isComposing: false, shiftKey: false, ctrlKey: false, altKey: false, defaultPrevented: false, ...key }, { tag: 'INPUT', expanded: false, type: 'text', ...field })).toBe(expected);
});
