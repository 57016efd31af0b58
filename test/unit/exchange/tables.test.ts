/** The closed tables of the exchange: what a member still lacks is named here. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { errorMessage } from '../../../shared/error-table.ts';
import { exchangeErrors } from '../../../shared/exchange/errors.ts';
import { freezeReasons } from '../../../shared/exchange/freezes.ts';
import { isExchangeable, isPackageKind, isSectionName, maySend, packageKindNames, sectionNames, sections, sectionsOf } from '../../../shared/exchange/kinds.ts';
import { agencies } from '../../../shared/kernel/office.ts';
import { behaviourOf } from '../../../electron/exchange/kinds/table.ts';
import { programVersion } from '../../../shared/kernel/program-version.ts';

test('every kind that has sections has a behaviour, and no other', () => {
  for (const kind of packageKindNames) {
    if (isExchangeable(kind)) {
      const more = ['isEmpty', 'rejected'].filter((part) => part in behaviourOf(kind));
      expect(Object.keys(behaviourOf(kind)).sort(), kind).toEqual(['agreements', 'gather', 'judge', 'post', 'sent', ...more].sort());
    } else expect(() => behaviourOf(kind), kind).toThrow(`behaviour of ${kind}`);
  }
});

test('the arrows are those of the decision, and nobody sends to himself', () => {
  const arrows = (kind: (typeof packageKindNames)[number]): string[] => agencies.flatMap((from) => agencies.filter((to) => maySend(kind, from, to)).map((to) => `${from}>${to}`));
  const tax = ['tax>finance', 'tax>treasury'];
  const treasury = ['treasury>tax', 'treasury>finance'];
  const any = ['tax>finance', 'tax>treasury', 'finance>tax', 'finance>treasury', 'treasury>tax', 'treasury>finance'];
  expect(Object.fromEntries(packageKindNames.map((kind) => [kind, arrows(kind)]))).toEqual({
    ENTERPRISE_LIST: tax, SURVEY: tax, REFUND_BATCH: tax, SUSPENSION_NOTICE: tax, MONTHLY_REPORT: tax, POLICY_AMENDMENT: tax,
    REFUND_RECEIPT: treasury, DAILY_BALANCE: treasury, FUND_ALLOCATION: ['finance>tax', 'finance>treasury'],
    RECON_STATEMENT: any, RECON_DIFFERENCE: any, PERIOD_LOCK: any, CORRECTION: any, PROBLEM: any, MEETING: any, FINDING: any, RECEIPT: any, KEYCARD: any, EPOCH_OPEN: any,
  });
});

test('only own words name a kind or a section', () => {
  for (const word of ['constructor', 'toString', '__proto__', '', 'receipt ']) expect([isPackageKind(word), isSectionName(word)]).toEqual([false, false]);
});

test('every section is used by a kind, and its unique and summed columns are columns', () => {
  const used = new Set(packageKindNames.flatMap((kind) => sectionsOf(kind)));
  expect(sectionNames.filter((name) => !used.has(name))).toEqual([]);
  for (const name of sectionNames) {
    const { fields, unique, sum } = sections[name];
    expect([...unique, ...(sum === null ? [] : [sum])].filter((field) => !Object.hasOwn(fields, field)), name).toEqual([]);
  }
});

test('every sentence says what was not changed and what to do next', () => {
  const silent = Object.entries(exchangeErrors).filter(([, row]) => !/未|已冻结|没有|不需|已隔离/.test(row.says) || !row.next.includes('请'));
  expect(silent.map(([key]) => key)).toEqual([]);
  for (const [key, row] of Object.entries(exchangeErrors)) expect(`${row.says}${row.next}`, key).not.toMatch(/[我您]|。$/);
});

test('every reason to freeze is an error with a number', () => {
  for (const code of Object.keys(freezeReasons)) expect(errorMessage(code)).toMatch(/^（E2[0-9]{2}）/);
});

test('packages name the version of package.json', () => {
  const manifest = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as { version: string };
  expect(programVersion).toBe(manifest.version);
});
