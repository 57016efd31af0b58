/** Fault A10: an amount that another route would give is a trial figure while nothing is due, and never worded as a promise. */
import { expect, test } from 'vitest';
import { hypothetical } from '../../../shared/eligibility/terms.ts';

const other = '该户也符合2022-14/2（名单行业），按该条本期可退210,365.44元；已按金额较大的计算，纳税人可以选择';

test('A10 不可退时，“也符合……本期可退”以试算开头，不再说本期可退', () => {
  const told = hypothetical(other, false);
  expect(told).toMatch(/^试算（条件全部满足时才成立，现不可退）：/);
  expect(told).not.toContain('本期可退');
  expect(told).toContain('210,365.44元');
});

test('A10 可退时原话不变，不涉及金额的提示也不变', () => {
  expect(hypothetical(other, true)).toBe(other);
  expect(hypothetical('纳税人状态为破产，办理前请会商并记录', false)).toBe('纳税人状态为破产，办理前请会商并记录');
});
