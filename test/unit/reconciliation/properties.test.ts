/**
 * What holds for any three lists whatever: every difference has a reason, every column adds up, and neither order nor a reprint changes
 * the document.
 */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { civilDate } from '../../../shared/kernel/civil-date.ts';
import { taxPeriod } from '../../../shared/kernel/tax-period.ts';
import { workingCalendar } from '../../../shared/kernel/working-days.ts';
import { reconDocumentSchema, type ReconDocument } from '../../../shared/reconciliation/document.ts';
import type { ReconLine } from '../../../shared/reconciliation/line.ts';
import { usualSettings } from '../../../shared/reconciliation/settings.ts';
import { reconciled, type Opening } from '../../../shared/reconciliation/statement.ts';
import { checkoutResources } from '../../../electron/platform/resources.ts';
import { statementHash } from '../../../electron/reconciliation/index.ts';
import { shippedYears } from '../../../electron/refunds/index.ts';
import { memoryLines, someLines } from '../../support/recon-lines.ts';

const calendar = workingCalendar(shippedYears(checkoutResources));
const runs = { numRuns: 500 };

function june(lines: readonly ReconLine[], through = '2022-07-10', opening: Opening | null = null, period = '2022-06'): ReconDocument {
  return reconciled(
    memoryLines(lines), { period: taxPeriod(period), through: civilDate(through), settings: usualSettings, calendar }, opening,
  );
}

test('每一项差异都有原因，每一栏都勾稽相符，文件合格式', () => {
  fc.assert(fc.property(someLines, (lines) => {
    const document = june(lines);
    expect(document.holds).toBe(true);
    expect(reconDocumentSchema.safeParse(document).error).toBeUndefined();
  }), runs);
});

test('行的先后不改变对账单', () => {
  fc.assert(fc.property(someLines.chain(
    (lines) => fc.tuple(fc.constant(lines), fc.shuffledSubarray([...lines], { minLength: lines.length })),
  ), ([lines, shuffled]) => {
    expect(JSON.stringify(june(shuffled))).toBe(JSON.stringify(june(lines)));
  }), runs);
});

test('说明日以后的行如同没有', () => {
  fc.assert(fc.property(someLines, (lines) => {
    expect(june(lines, '2022-07-05')).toEqual(june(lines.filter(({ day }) => day <= '2022-07-05'), '2022-07-05'));
  }), runs);
});

test('下月仍未了结的差异，编号和发生日不变；不再存在的列入已了结；旧行未变则无提示', () => {
  fc.assert(fc.property(someLines, (lines) => {
    const first = june(lines);
    const next = june(lines, '2022-08-01', { document: first, hash: statementHash(first) }, '2022-07');
    const identity = (
      { link, line, year, key, end, ordinal }: ReconDocument['closed'][number] | ReconDocument['items'][number]
    ) => JSON.stringify([link, line, year, key, end, ordinal]);
    const known = new Map(first.items.map((item) => [identity(item), item]));
    for (const item of next.items) {
      const before = known.get(identity(item));
      if (before === undefined) expect(Number(item.no.slice(8))).toBeGreaterThan(first.lastNo['2022'] ?? 0);
      else expect([item.no, item.since]).toEqual([before.no, before.since]);
    }
    expect(next.closed.length + next.items.filter((item) => known.has(identity(item))).length).toBe(first.items.length);
    expect(next.warnings.filter(({ code }) => code === 'old-lines-changed')).toEqual([]);
    expect(next.opening).toBe(statementHash(first));
  }), runs);
});

test('改写说明文字不改变签字摘要，改动金额则改变', () => {
  fc.assert(fc.property(someLines.filter((lines) => june(lines).items.length > 0), (lines) => {
    const document = june(lines);
    const items = document.items.map((item) => ({ ...item, text: '另一句话' }));
    expect(statementHash({ ...document, items, warnings: [] })).toBe(statementHash(document));
    expect(statementHash({ ...document, items: items.map((item) => ({ ...item, ageDays: item.ageDays + 1 })) }))
      .not.toBe(statementHash(document));
  }), { numRuns: 200 });
});
