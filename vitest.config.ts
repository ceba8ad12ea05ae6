import { defineConfig } from 'vitest/config';

// Two projects: what runs in one process, and what starts processes and opens sockets, which comes
// after it and one file at a time, so that its timing is not disturbed on a small machine.
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
          ],
          exclude: ['src/**/*.integration.test.ts'],
          // Ten thousand generated sequences take more than the five seconds of the default on a busy machine.
          testTimeout: 30_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['src/**/*.integration.test.ts'],
          pool: 'forks',
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
