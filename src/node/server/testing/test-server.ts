import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AnyCollector } from '../../../core/collector.ts';
import { createFakeCpu, createFakeMemory } from '../../../core/testing/fake-collector.ts';
import { systemClock } from '../../../shared/lifecycle/system-clock.ts';
import type { Limits, TokenScope } from '../../../shared/protocol/index.ts';
import type { Config } from '../../config/config.ts';
import type { ProbeProcess } from '../../probe/probe-client.ts';
import { createHost, type Host } from '../create-host.ts';
import type { NetworkFacts } from '../server.ts';

/** A real host on a free port of loopback with made-up figures, in a folder of its own. */
export interface TestServer extends AsyncDisposable {
  readonly host: Host;
  readonly port: number;
  readonly url: string;
  readonly dataDir: string;
  readonly logged: readonly string[];
  token(scope?: TokenScope): Promise<string>;
}

/** Starts one. Dispose of it. */
export async function startTestServer(
  limits: Partial<Limits> = {},
  options: {
    staticDir?: string;
    bind?: string;
    collectors?: readonly AnyCollector[];
    spawnProbe?: () => ProbeProcess;
    confirmPairing?: boolean;
    port?: number;
    share?: boolean;
    plainHttp?: boolean;
    network?: NetworkFacts;
    config?: Config;
  } = {},
): Promise<TestServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'pulsewire-server-'));
  const logged: string[] = [];
  const host = await createHost({
    dataDir,
    config: options.config ?? {},
    port: options.port ?? 0,
    bind: options.bind,
    share: options.share,
    plainHttp: options.plainHttp,
    // Real networks are no part of a test; those that are about them bring their own.
    network: { multicast: 'none', ...options.network },
    limits,
    staticDir: options.staticDir ?? join(dataDir, 'no-build'),
    version: '1.2.3',
    spawnProbe:
      options.spawnProbe ??
      (() => {
        throw new Error('No probes here.');
      }),
    ...(options.confirmPairing !== undefined && { confirmPairing: options.confirmPairing }),
    log: (level, message) => logged.push(`${level}: ${message}`),
    collectors: options.collectors ?? [createFakeCpu(systemClock), createFakeMemory()],
  });
  return {
    host,
    port: host.server.port,
    url: host.server.url,
    dataDir,
    logged,
    token: async (scope = 'view') => (await host.tokens.create({ name: 'test', scope })).token,
    [Symbol.asyncDispose]: async () => {
      await host.close('The test is over.');
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
