/** The forecast beside a second engine written from the page alone; the long form is `npm run engines`. */
import { expect, test } from 'vitest';
import { forecastFaults } from '../../support/second-engines/compare-forecast.ts';

test('预测与只照规定另写的引擎逐字节相同，行序不改变结果', () => {
  expect(Array.from({ length: 60 }, (_, seed) => forecastFaults(seed)).flat()).toEqual([]);
});
