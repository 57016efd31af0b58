import { defineConfig } from 'vitest/config';

/** Specs of the window that run once more with an office that answers late: those whose steps follow each other most closely. */
const lateSpecs = ['roster-faults', 'refund-by-keyboard', 'first-run', 'real-offices', 'forged-package', 'explanation-tabs'];

/**
 * Every test of the project; the JSON report is what .ci/run counts. Projects run in the order of their names: the long ones
 * first, the many short files of `tests` last, so that no core stands idle at the end. The short files share one module cache a worker
 * (`isolate: false`): a third of their processor time was loading the same modules again.
 */
export default defineConfig({
  test: {
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 20_000, interval: 50 } },
    maxWorkers: 2,
    reporters: ['default', ['json', { outputFile: 'out/test-report.json' }]],
    projects: [
      { extends: true, test: { name: 'browser', include: ['test/e2e/**/*.test.ts'] } },
      { extends: true, test: { name: 'late', include: lateSpecs.map((spec) => `test/e2e/${spec}.test.ts`), env: { STANDIN_LATE_MS: '300' } } },
      { extends: true, test: { name: 'simulation', include: ['test/simulation/**/*.test.ts'] } },
      {
        extends: true,
        test: { name: 'tests', include: ['test/**/*.test.ts'], exclude: ['test/e2e/**', 'test/simulation/**', '**/node_modules/**'], isolate: false },
      },
    ],
  },
});
