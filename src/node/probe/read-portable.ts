import { arch, cpus, freemem, hostname, loadavg, release, totalmem, uptime, version } from 'node:os';
import si from 'systeminformation';
import { Unsupported, type NodeFacts, type PortableSources } from './portable/portable-sources.ts';
import { readPortableCpu } from './portable/read-cpu.ts';
import { readPortableDisk } from './portable/read-disk.ts';
import { readPortableFilesystem } from './portable/read-filesystem.ts';
import { readPortableGpu } from './portable/read-gpu.ts';
import { createPortableHostReader } from './portable/read-host.ts';
import { readPortableLogin } from './portable/read-login.ts';
import { readPortableMemory } from './portable/read-memory.ts';
import { readPortableNetwork } from './portable/read-network.ts';
import { readPortablePower } from './portable/read-power.ts';
import { readPortableSensor } from './portable/read-sensor.ts';
import { readProcesses } from './read-processes.ts';

/** Answers what topic is asked for. */
export type ReadPortable = (params: unknown) => Promise<unknown>;

/**
 * The figures of platforms without /proc, by `systeminformation` and Node's own `os`. Runs in the probe process only:
 * the library forks, blocks, and keeps state that two callers would spoil for each other.
 */
export function createReadPortable(
  sources: PortableSources = { library: si, node: readNodeFacts },
): ReadPortable {
  const readers: Readonly<Record<string, (sources: PortableSources) => Promise<unknown>>> = {
    cpu: readPortableCpu,
    memory: readPortableMemory,
    network: readPortableNetwork,
    disk: readPortableDisk,
    filesystem: readPortableFilesystem,
    process: readProcesses,
    sensor: readPortableSensor,
    power: readPortablePower,
    gpu: readPortableGpu,
    login: readPortableLogin,
    host: createPortableHostReader(),
  };
  return async (params) => {
    const { topic } = params as { topic: string };
    const read = Object.hasOwn(readers, topic) ? readers[topic] : undefined;
    if (!read) throw new Unsupported(`There are no portable figures of ${topic}.`);
    return read(sources);
  };
}

function readNodeFacts(): NodeFacts {
  return {
    platform: process.platform,
    architecture: arch(),
    hostname: hostname(),
    release: release(),
    version: version(),
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone ?? null,
    nowMs: Date.now(),
    uptimeSeconds: uptime(),
    totalBytes: totalmem(),
    freeBytes: freemem(),
    load: loadavg(),
    cores: cpus(),
  };
}
