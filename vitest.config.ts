import { defineConfig } from 'vitest/config';

/** Specs of the window that run once more with an office that answers late: those whose steps follow each other most closely. */
const lateSpecs = ['roster-faults', 'refund-by-keyboard', 'first-run', 'real-offices', 'forged-package', 'explanation-tabs'];

/** Every test of the project; the JSON report is what .ci/run counts. */
export default defineConfig({
  test: {
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 20_000, interval: 50 } },
    maxWorkers: 2,
    reporters: ['default', ['json', { outputFile: 'out/test-report.json' }]],
    projects: [
      { extends: true, test: { name: 'tests', include: ['test/**/*.test.ts'] } },
      { extends: true, test: { name: 'late', include: lateSpecs.map((spec) => `test/e2e/${spec}.test.ts`), env: { STANDIN_LATE_MS: '300' } } },
    ],
  },
});
