import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../shared/lifecycle/system-clock.ts';
import { createCollectors } from '../collectors/collectors.ts';
import { forkProbe } from '../probe/fork-probe.ts';
import { buildProbe } from '../probe/testing/built-probe.ts';
import { parseExposition, type ParsedFamily } from './testing/parse-exposition.ts';
import { startTestServer, type TestServer } from './testing/test-server.ts';

/** Names of node_exporter 1.5 that every Linux machine has, with their types and labels. */
const everywhere = {
  node_boot_time_seconds: ['gauge'],
  node_context_switches_total: ['counter'],
  node_cpu_seconds_total: ['counter', 'cpu', 'mode'],
  node_filesystem_avail_bytes: ['gauge', 'device', 'fstype', 'mountpoint'],
  node_filesystem_files_free: ['gauge', 'device', 'fstype', 'mountpoint'],
  node_filesystem_readonly: ['gauge', 'device', 'fstype', 'mountpoint'],
  node_filesystem_size_bytes: ['gauge', 'device', 'fstype', 'mountpoint'],
  node_forks_total: ['counter'],
  node_intr_total: ['counter'],
  node_load1: ['gauge'],
  node_load15: ['gauge'],
  node_load5: ['gauge'],
  node_memory_Buffers_bytes: ['gauge'],
  node_memory_Cached_bytes: ['gauge'],
  node_memory_MemAvailable_bytes: ['gauge'],
  node_memory_MemFree_bytes: ['gauge'],
  node_memory_MemTotal_bytes: ['gauge'],
  node_memory_SwapTotal_bytes: ['gauge'],
  node_network_receive_bytes_total: ['counter', 'device'],
  node_network_transmit_packets_total: ['counter', 'device'],
  node_network_up: ['gauge', 'device'],
  node_procs_running: ['gauge'],
  node_time_seconds: ['gauge'],
} as const;

describe.runIf(process.platform === 'linux')('the Prometheus page of this machine', () => {
  let server: TestServer;
  let scrape: () => Promise<ReadonlyMap<string, ParsedFamily>>;

  beforeAll(async () => {
    const entry = await buildProbe('probe-of-metrics-page');
    const collectors = createCollectors({ clock: systemClock, spawnProbe: () => forkProbe(entry) });
    server = await startTestServer({}, { collectors });
    const headers = { authorization: `Bearer ${await server.token()}` };
    scrape = async () => parseExposition(await (await fetch(`${server.url}/metrics`, { headers })).text());
  });
  afterAll(() => server[Symbol.asyncDispose]());

  it('has node_exporter’s names, types and labels', async () => {
    const families = await scrape();
    for (const [name, [type, ...labels]] of Object.entries(everywhere)) {
      const family = families.get(name);
      expect([name, family?.type]).toEqual([name, type]);
      for (const series of family!.series) expect(Object.keys(series.labels).sort()).toEqual(labels);
    }
    const cpu = families.get('node_cpu_seconds_total')!.series.filter(({ labels }) => labels['cpu'] === '0');
    expect(cpu.map(({ labels }) => labels['mode']).sort()).toEqual(
      ['idle', 'iowait', 'irq', 'nice', 'softirq', 'steal', 'system', 'user'], // prettier-ignore
    );
  });

  it('has the values that the kernel tells another reader', async () => {
    const families = await scrape();
    const value = (name: string): number | undefined => families.get(name)?.series[0]?.value;
    const meminfo = readFileSync('/proc/meminfo', 'utf8');
    const kilobytes = (name: string): number =>
      Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(meminfo)?.[1]);
    expect(value('node_memory_MemTotal_bytes')).toBe(kilobytes('MemTotal') * 1024);
    expect(value('node_memory_SwapTotal_bytes')).toBe(kilobytes('SwapTotal') * 1024);
    const btime = Number(/^btime (\d+)/m.exec(readFileSync('/proc/stat', 'utf8'))?.[1]);
    expect(value('node_boot_time_seconds')).toBe(btime);
  });

  it('wants nothing between scrapes', () => {
    const { sampler, hub } = server.host.monitor;
    expect([sampler.demands, hub.subscriptionCount]).toEqual([0, 0]);
  });
});
