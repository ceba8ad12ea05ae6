import { hostname } from 'node:os';
import type { AnyCollector } from '../../../core/collector.ts';
import { createFakeCpu, createFakeMemory } from '../../../core/testing/fake-collector.ts';
import { systemClock } from '../../../shared/lifecycle/system-clock.ts';
import type { LoginRaw } from '../../../shared/series/raw/login.ts';
import type { TestServer } from './test-server.ts';

const plantedBytes = 918_273_645;
const plantedUser = 'planted-user-qx';

/** Collectors whose readings are found again wherever they leak to. */
export function createPlantedCollectors(): readonly AnyCollector[] {
  const memory = createFakeMemory();
  return [
    createFakeCpu(systemClock),
    createFakeMemory({
      read: async (signal) => ({ ...(await memory.read(signal)), totalBytes: plantedBytes }),
    }),
    {
      id: 'login',
      minIntervalMs: 250,
      deadlineMs: 1_000,
      probe: () => ({ status: 'ok' as const }),
      read: (): LoginRaw => ({
        sessions: [
          {
            id: '1',
            user: plantedUser,
            terminal: null,
            remoteHost: null,
            kind: 'terminal',
            startedWallMs: null,
            leaderPid: 1,
          },
        ],
      }),
    },
  ];
}

/** What nobody may see without a token: readings, who the host is, and its secrets. */
export function derivePlantedTexts(server: TestServer, secrets: readonly string[]): readonly string[] {
  const texts = [String(plantedBytes), plantedUser, server.host.monitor.instanceId, '1.2.3', process.version];
  texts.push(server.dataDir, ...secrets);
  // A machine that is called as every other tells nothing by its name.
  return hostname() === 'localhost' ? texts : [...texts, hostname()];
}
