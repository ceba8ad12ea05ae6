import { join } from 'node:path';
import type { Collector } from '../../../core/collector.ts';
import { MonitorError } from '../../../shared/lifecycle/monitor-error.ts';
import type { GpuDeviceRaw, GpuRaw } from '../../../shared/series/raw/gpu.ts';
import type { ProbeClient } from '../../probe/probe-client.ts';
import { findProgram } from '../find-program.ts';
import type { LinuxSources } from '../linux-sources.ts';
import { Refreshed } from '../refreshed.ts';
import { readNames } from '../small-file.ts';
import { waitAtMost } from '../wait-at-most.ts';
import { findDrmCards, type DrmCard } from './drm-card.ts';
import { GpuCard } from './gpu-card.ts';
import { NvidiaCards } from './nvidia-cards.ts';
import { parseBusAddress } from './parse-nvidia-smi.ts';

const discoveryMs = 60_000;
/** How long a reading waits for what takes its time: the first, and each after it. */
const firstPatienceMs = 1_500;
const patienceMs = 100;

/**
 * Reads what drivers tell in /sys/class/drm, and NVIDIA's cards by `nvidia-smi`, which is started where there is such
 * a card with its maker's driver and no other way. A card that is switched off is left so.
 */
export function createLinuxGpuCollector(sources: LinuxSources, probe: ProbeClient): Collector<'gpu'> {
  const { clock, procRoot, sysRoot, shareRoot = '/usr/share', environment = process.env } = sources;
  const ended = new AbortController();
  const nvidia = new NvidiaCards(clock, probe);
  let cards = new Map<string, { readonly card: DrmCard; readonly reader: GpuCard }>();
  const findAll = (): { drm: DrmCard[]; tool: string | null } => {
    const drm = findDrmCards(sysRoot, shareRoot);
    const hasDriver = drm.some(({ driver }) => driver === 'nvidia') || findNvidiaCards(procRoot).length > 0;
    return { drm, tool: hasDriver ? findProgram('nvidia-smi', environment['PATH']) : null };
  };
  const discovery = new Refreshed(clock, discoveryMs, () => {
    const { drm, tool } = findAll();
    const next = new Map(
      drm.map((card) => {
        const known = cards.get(card.id);
        const isSame = known?.card.folder === card.folder && known.card.driver === card.driver;
        return [card.id, isSame ? known : { card, reader: new GpuCard(clock, probe, card) }];
      }),
    );
    for (const [id, { reader }] of cards) if (next.get(id)?.reader !== reader) reader[Symbol.dispose]();
    cards = next;
    return { tool };
  });
  const collect = (asleep: ReadonlySet<string>): GpuRaw => {
    const devices: GpuDeviceRaw[] = [...cards.values()].map(
      ({ card, reader }) => (asleep.has(card.id) ? null : nvidia.get(card.id)) ?? reader.derive(asleep.has(card.id)), // prettier-ignore
    );
    // Without a screen the driver may have no entry in /sys/class/drm.
    return { devices: [...devices, ...nvidia.all().filter(({ id }) => !cards.has(id))] };
  };
  let isFirst = true;
  return {
    id: 'gpu',
    minIntervalMs: 2_000,
    deadlineMs: firstPatienceMs + 500,
    probe: () => {
      const { drm, tool } = findAll();
      return drm.length > 0 || tool !== null
        ? { status: 'ok' }
        : {
            status: 'unsupported',
            message: 'This machine has no graphics processor that its kernel knows of.',
          };
    },
    read: () => {
      const { tool } = discovery.get();
      const asleep = new Set<string>();
      const waits: Promise<void>[] = [];
      for (const { card, reader } of cards.values()) {
        if (reader.isAsleep()) asleep.add(card.id);
        const wait = asleep.has(card.id) ? null : reader.refresh(ended.signal);
        if (wait) waits.push(wait);
      }
      const isNvidiaAwake = [...cards.values()].every(({ card }) => card.vendor !== 'nvidia' || !asleep.has(card.id)); // prettier-ignore
      if (tool !== null && isNvidiaAwake) waits.push(nvidia.refresh(tool, ended.signal));
      if (waits.length === 0) return collect(asleep);
      const ms = isFirst ? firstPatienceMs : patienceMs;
      isFirst = false;
      return waitAtMost(clock, ms, Promise.all(waits)).then(() => collect(asleep));
    },
    [Symbol.asyncDispose]: async () => {
      ended.abort(new MonitorError('closed', 'Graphics processors are not read any more.'));
      for (const { reader } of cards.values()) reader[Symbol.dispose]();
    },
  };
}

/** Cards that NVIDIA's driver runs, by their addresses. */
function findNvidiaCards(procRoot: string): string[] {
  return readNames(join(procRoot, 'driver/nvidia/gpus')).flatMap((name) => parseBusAddress(name) ?? []);
}
