import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AnyCollector } from '../src/core/collector.ts';
import { createHost, type Host } from '../src/node/server/create-host.ts';
import type { Limits } from '../src/shared/protocol/index.ts';

/** A host with as many clients as a bench likes, in a folder of its own. `end` closes it and removes the folder. */
export async function startBenchHost(
  options: { readonly limits?: Partial<Limits>; readonly collectors?: readonly AnyCollector[] } = {},
): Promise<{ host: Host; end: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'pulsewire-bench-'));
  const many = 1_000_000;
  const host = await createHost({
    dataDir: folder,
    config: {},
    port: 0,
    limits: {
      maxClients: many,
      maxClientsPerAddress: many,
      maxUnauthenticated: many,
      maxUnauthenticatedPerAddress: many,
      ...options.limits,
    },
    ...(options.collectors && { collectors: options.collectors }),
    staticDir: folder,
    version: 'bench',
    spawnProbe: () => {
      throw new Error('The bench measures connections, not file systems.');
    },
    log: (level, message) => void process.stderr.write(`${level}: ${message}\n`),
  });
  const end = async (): Promise<void> => {
    await host.close('The bench is over.');
    await rm(folder, { recursive: true, force: true });
  };
  return { host, end };
}
