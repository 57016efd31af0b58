/** 成组的差异: what is looked at as one, and that nothing is lost or merged by it. */
import { expect, test } from 'vitest';
import type { ReconItem } from '../../../shared/reconciliation/document.ts';
import { groupedItems, groupTitle } from '../../../shared/reconciliation/groups.ts';
import { civilDate } from '../../../shared/kernel/civil-date.ts';

const item = (no: number, given: Partial<ReconItem> = {}): ReconItem => ({
  no: `CX-2022-000${String(no)}`, link: 'tax-treasury', line: 'refund', year: 2022, key: `0000000${String(no)}`, end: 'left', ordinal: 1, reason: 'not-received', also: [], explained: false,
  left: '10.50', right: null, erring: 'tax', owner: 'tax', since: civilDate('2022-04-11'), ageDays: 19, candidates: [], oversight: false, text: '', ...given,
});
const batches: Readonly<Record<string, string>> = { '00000001': 'PC-2022-0005', '00000002': 'PC-2022-0005' };

test('同环、同原因、同批次的成一组；没有批次的按起始日成组；每一笔都在且只在一组', () => {
  const items = [
    item(1), item(2, { since: civilDate('2022-04-12') }), item(3), item(4), item(5, { since: civilDate('2022-04-12') }), item(6, { reason: 'unsent-overdue' }),
    item(7, { link: 'treasury-finance', reason: 'charge-missing', erring: 'finance', right: '-3.20' }),
  ];
  const groups = groupedItems(items, ({ key }) => batches[key] ?? '');
  expect(groups.map((group) => [groupTitle(group), group.left, group.right])).toEqual([
    ['税—库　PC-2022-0005 2 笔漏传', '21.00', '0.00'],
    ['税—库　2022-04-11 起 2 笔漏传', '21.00', '0.00'],
    ['税—库　2022-04-12 起 1 笔漏传', '10.50', '0.00'],
    ['税—库　2022-04-11 起 1 笔漏传（未送）', '10.50', '0.00'],
    ['库—财　2022-04-11 起 1 笔漏记列支', '10.50', '-3.20'],
  ]);
  expect(groups.flatMap((group) => group.items).toSorted()).toEqual(items.map(({ no }) => no));
});
