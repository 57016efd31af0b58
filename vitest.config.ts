import { defineConfig } from 'vitest/config';

/** Every test of the project; the JSON report is what .ci/run counts. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    reporters: ['default', ['json', { outputFile: 'out/test-report.json' }]],
  },
});
