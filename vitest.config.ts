import { defineConfig } from 'vitest/config';

// What waits or compiles for most of its time, and is judged by its outcome or in seconds: side by side it costs little.
const unhurried = [
  'src/headless/{client-package,headless,link}.integration.test.ts',
  'src/node/collectors/faults.integration.test.ts',
  'guides/commands.integration.test.ts',
  'src/node/server/{protocol-docs,protocol-schemas,docs-files}.integration.test.ts',
];

// What runs in one process; then what starts processes and opens sockets: first what is in no hurry, two files at a time,
// then the rest one file at a time, so that its timing is not disturbed on a small machine.
export default defineConfig({
  test: {
    environment: 'node',
    pool: 'threads',
    maxWorkers: 2,
    unstubGlobals: true,
    restoreMocks: true,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [
            'src/**/*.test.{ts,tsx}',
            'scripts/**/*.test.mjs',
            'bench/**/*.test.ts',
            'accuracy/**/*.test.ts',
            'guides/**/*.test.ts',
          ],
          exclude: ['{src,guides}/**/*.integration.test.ts'],
          // Ten thousand generated sequences take more than the five seconds of the default on a busy machine.
          testTimeout: 30_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'unhurried',
          include: unhurried,
          pool: 'forks',
          maxWorkers: 2,
          testTimeout: 120_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['src/**/*.integration.test.ts'],
          exclude: unhurried,
          pool: 'forks',
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
