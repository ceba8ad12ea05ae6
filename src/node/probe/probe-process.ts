import { statfs } from 'node:fs/promises';
import type { ProbeMethods, ProbeReply, ProbeRequest } from './probe-messages.ts';
import { readPortable } from './read-portable.ts';

/**
 * The process for what can hang or must fork. It answers each question as it is able to, in any order, and ends with
 * its parent. Under Electron it is a utility process, which talks through `process.parentPort`.
 */
interface ParentPort {
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
  postMessage(message: unknown): void;
}
const parentPort = (process as unknown as { parentPort?: ParentPort }).parentPort;

function reply(message: ProbeReply): void {
  if (parentPort) parentPort.postMessage(message);
  else process.send?.(message);
}

async function answer({ id, method, params }: ProbeRequest): Promise<void> {
  try {
    reply({ id, value: await (method === 'statfs' ? readSpace(params) : readPortable(params)) });
  } catch (thrown) {
    const { code, message } = thrown as { code?: unknown; message: string };
    reply({ id, error: { code: typeof code === 'string' ? code : 'io', message } });
  }
}

async function readSpace(params: unknown): Promise<ProbeMethods['statfs']['value']> {
  const { path } = params as ProbeMethods['statfs']['params'];
  const { bsize, blocks, bfree, bavail, files, ffree } = await statfs(path);
  return {
    totalBytes: blocks * bsize,
    freeBytes: bfree * bsize,
    availableBytes: bavail * bsize,
    inodesTotal: files,
    inodesFree: ffree,
  };
}

if (parentPort) {
  parentPort.on('message', ({ data }) => void answer(data as ProbeRequest));
} else {
  process.on('message', (request) => void answer(request as ProbeRequest));
  process.on('disconnect', () => process.exit(0));
}
// A terminal's interrupt goes to the whole group: the parent decides when this process ends.
process.on('SIGINT', () => undefined);
