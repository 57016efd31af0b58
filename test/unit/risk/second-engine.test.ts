/** The risk indicators beside a second engine written from the page alone; the long form is `npm run engines`. */
import { expect, test } from 'vitest';
import { riskFaults } from '../../support/second-engines/compare-risk.ts';

test('风险指标与只照规定另写的引擎逐行相同：疑点、门槛、算式、缺什么、合计', async () => {
  const found: string[] = [];
  for (let seed = 0; seed < 150; seed += 1) found.push(...await riskFaults(seed));
  expect(found).toEqual([]);
});
