/** The sample beside a second engine written from the page alone; the long form is `npm run engines`. */
import { expect, test } from 'vitest';
import { sampleFaults } from '../../support/second-engines/compare-forecast.ts';

test('抽样与只照规定另写的引擎逐字节相同：不分层、按比例、按户数、另有必查户', () => {
  expect(Array.from({ length: 300 }, (_, seed) => sampleFaults(seed)).flat()).toEqual([]);
});
