import { defineConfig } from 'vitest/config';

// What says how long the host itself took, in milliseconds or shares of the processor: alone, it is judged by nothing but itself.
const timed = [
  'src/node/cost/governor.integration.test.ts',
  'src/node/server/{leak,slow-viewer}.integration.test.ts',
  'src/node/collectors/this-machine.integration.test.ts',
  'src/node/collectors/filesystem/stuck-mount.integration.test.ts',
];

// What runs in one process; then what starts processes and opens sockets, three files at a time, since it waits for most of
// its time; then what is timed, one file at a time.
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
          exclude: ['{src,guides,scripts}/**/*.integration.test.{ts,mjs}'],
          // Ten thousand generated sequences take more than the five seconds of the default on a busy machine.
          testTimeout: 30_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['{src,guides,scripts}/**/*.integration.test.{ts,mjs}'],
          exclude: timed,
          pool: 'forks',
          maxWorkers: 3,
          testTimeout: 120_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'timed',
          include: timed,
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
