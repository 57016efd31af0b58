/** The reconciliation beside a second engine written from the page alone; the long form is `npm run engines`. */
import { expect, test } from 'vitest';
import { reasonIds } from '../../../shared/reconciliation/reasons.ts';
import { crowdedFaults, plantFaults } from '../../support/second-engines/compare-reconcile.ts';
import { plantedAlone, plants } from '../../support/second-engines/planted-differences.ts';

const seeds = Array.from({ length: 150 }, (_, seed) => seed);

test.each(Object.keys(plants))('单独埋下一处差异，对账单恰有规定给它的项目：%s', (name) => {
  expect([1, 2, 3, 4].flatMap((seed) => plantFaults(seed, plantedAlone(name, seed)))).toEqual([]);
});

test('每一种差异原因都有埋下的例子', () => {
  const reasons = new Set(Object.keys(plants).flatMap((name) => plantedAlone(name, 1).expected.map(({ reason }) => reason)));
  expect(reasonIds.filter((id) => !reasons.has(id))).toEqual([]);
});

test('干净的县里埋差异：不漏、不误、勾稽相符，行序不改变对账单，与第二引擎逐字节相同', () => {
  expect(seeds.flatMap((seed) => plantFaults(seed))).toEqual([]);
});

test('拥挤的清单，当月与次月：与第二引擎逐字节相同，签字摘要相同，错误行相同', () => {
  expect(seeds.flatMap((seed) => crowdedFaults(seed))).toEqual([]);
});
