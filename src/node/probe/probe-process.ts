import { statfs } from 'node:fs/promises';
import { systemClock } from '../../shared/lifecycle/system-clock.ts';
import { countForks } from '../cost/count-forks.ts';
import { inspectProcess } from '../process/inspect-process.ts';
import { NvidiaSmi } from './nvidia-smi.ts';
import { childrenId, type ProbeMethods, type ProbeReply } from './probe-messages.ts';
import { createListContainers } from './list-containers.ts';
import { readFiles } from './read-files.ts';
import { readPortable } from './read-portable.ts';
import { readAddresses } from './read-addresses.ts';
import { serveProbe } from './serve-probe.ts';
import { createListUnits } from './systemd-units.ts';

/**
 * Entry of the process for what can hang or must fork. It ends with its parent, or when it is idle. Under Electron it
 * is a utility process, which talks through `process.parentPort` and which Electron ends with the app.
 */
interface ParentPort {
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
  postMessage(message: unknown): void;
}
const parentPort = (process as unknown as { parentPort?: ParentPort }).parentPort;

const forks = countForks();

function reply(answer: ProbeReply): void {
  const message: ProbeReply = forks() > 0 ? { ...answer, forks: forks() } : answer;
  if (parentPort) parentPort.postMessage(message);
  else if (process.connected) process.send?.(message);
}

/** Space of one file system by statfs(2), which waits for ever where a server does not answer. */
async function readSpace(params: unknown): Promise<ProbeMethods['statfs']['value']> {
  const { path } = params as ProbeMethods['statfs']['params'];
  const { bsize, blocks, bfree, bavail, files, ffree } = await statfs(path);
  return {
    totalBytes: blocks * bsize,
    freeBytes: bfree * bsize,
    // Less than nothing where root has used what is kept for it.
    availableBytes: Math.max(0, bavail) * bsize,
    inodesTotal: files,
    inodesFree: ffree,
  };
}

const nvidiaSmi = new NvidiaSmi(systemClock, (pids) => reply({ id: childrenId, value: pids }));
process.on('exit', () => nvidiaSmi.kill());

const take = serveProbe({
  clock: systemClock,
  methods: {
    statfs: readSpace,
    readFiles,
    addresses: () => Promise.resolve(readAddresses()),
    containers: createListContainers(systemClock),
    inspectProcess,
    nvidiaSmi: (params) => nvidiaSmi.read(params),
    systemdUnits: createListUnits(systemClock),
    systeminformation: readPortable,
  },
  reply,
  onIdle: () => process.exit(0),
});
if (parentPort) {
  parentPort.on('message', ({ data }) => take(data));
} else {
  process.on('message', take);
  process.on('disconnect', () => process.exit(0));
}
process.on('SIGTERM', () => process.exit(0));
// A terminal's interrupt goes to the whole group: the parent decides when this process ends.
process.on('SIGINT', () => undefined);
