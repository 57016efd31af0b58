/** The desk: every state of a refund that has rows yields one line, on the desks that own its next act. */
import { expect, test } from 'vitest';
import { ownersOf, queueName } from '../../../shared/kernel/case.ts';
import { refundCases, refundStates } from '../../../shared/refunds/cases.ts';
import { refundsDesk } from '../../../electron/refunds/desk.ts';
import { openDesk } from './desk.ts';
import { walkAllTo } from './county.ts';

test.each(refundStates)('refunds in state %s are one line with count, sum and the duties that own the next act', (state) => {
  const desk = openDesk('tax', '2022-04-11T09:00');
  walkAllTo(desk, [1, 2], state);
  const lines = desk.within('handler', (ctx) => refundsDesk(ctx));
  expect(lines.filter((line) => line.state !== 'numbers-short').map(({ state: of, title, may, count }) => [of, title, [...may], count])).toEqual([
    [state, queueName(refundCases, state), [...ownersOf(refundCases, state)], 2],
  ]);
  expect(lines[0]?.total).toBe(37_035n);
  expect(lines[0]?.oldest).toMatch(/^2022-04-11/);
  expect([lines[0]?.dueOn ?? null, lines[0]?.daysLeft ?? null]).toEqual(state === 'accepted' || state === 'reviewed' ? ['2022-04-24', 10] : [null, null]);
});
