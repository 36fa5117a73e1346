import { defineConfig } from 'vitest/config';

/** Tests that run the built command line, as people do. */
const WHOLE_RUNS = ['test/cli/**/*.test.ts', 'test/repos/**/*.test.ts'];

export default defineConfig({
  test: {
    // The count at the end is what a continuous integration reads.
    reporters: ['default', './test/support/count-reporter.ts'],
    // By default one processor is left alone, which is half of a machine with two.
    maxWorkers: '100%',
    projects: [
      // Files share their imports: nothing here keeps state that another test could meet, and loading it anew costs more than the tests.
      { test: { name: 'unit', isolate: false, include: ['test/**/*.test.ts'], exclude: WHOLE_RUNS, testTimeout: 30_000 } },
      { test: { name: 'e2e', include: WHOLE_RUNS, globalSetup: ['test/support/build.ts'], testTimeout: 60_000 } },
    ],
  },
});
