import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { ensureSystemPackages } from '../scripts/lib/system-packages.mjs';
import { systemClock } from '../src/shared/lifecycle/system-clock.ts';
import type { Keeper } from './keeper.ts';
import { listTree, readProcessName, readTreePssMb } from './process-tree.ts';
import type { Subject } from './rounds.ts';

/** Another monitor, under way and asked for its figures once a second, as ours is. */
export interface Peer extends Subject {
  readonly readsProcesses: boolean;
  pssMb(): number;
}

interface Launch {
  readonly file: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Asked once a second; the others draw or keep their figures by themselves. */
  readonly url?: string;
  /** Where the program that counts is not the one that is started. */
  readonly processName?: string;
}

interface PeerKind {
  readonly name: string;
  readonly program: string;
  readonly packages: readonly string[];
  readonly readsProcesses: boolean;
  /** `folder` is the peer's own, `port` free on the loopback. */
  prepare(folder: string, port: number): Promise<Launch> | Launch;
}

const kinds: readonly PeerKind[] = [
  {
    name: 'btop',
    program: '/usr/bin/btop',
    packages: ['btop', 'bsdutils'],
    readsProcesses: true,
    prepare: async (folder) => {
      await mkdir(join(folder, 'btop'), { recursive: true });
      await writeFile(join(folder, 'btop', 'btop.conf'), 'update_ms = 1000\n');
      return {
        file: 'script',
        args: ['-qefc', 'stty rows 50 cols 200; exec btop --utf-force', '/dev/null'],
        env: { XDG_CONFIG_HOME: folder, TERM: 'xterm-256color' },
        processName: 'btop',
      };
    },
  },
  {
    name: 'netdata',
    program: '/usr/sbin/netdata',
    packages: ['netdata'],
    readsProcesses: true,
    prepare: async (folder, port) => {
      const folders = ['cache', 'lib', 'log', 'config'].map((name) => [name, join(folder, name)] as const);
      for (const [, path] of folders) await mkdir(path, { recursive: true });
      const lines = [
        '[global]',
        `run as user = ${userInfo().username}`,
        '[directories]',
        ...folders.map(([name, path]) => `${name} = ${path}`),
        '[web]',
        `bind to = 127.0.0.1:${port}`,
      ];
      await writeFile(join(folder, 'netdata.conf'), `${lines.join('\n')}\n`);
      return { file: '/usr/sbin/netdata', args: ['-D', '-c', join(folder, 'netdata.conf')] };
    },
  },
  {
    name: 'prometheus-node-exporter',
    program: '/usr/bin/prometheus-node-exporter',
    packages: ['prometheus-node-exporter'],
    readsProcesses: false,
    prepare: (_folder, port) => ({
      file: '/usr/bin/prometheus-node-exporter',
      args: [`--web.listen-address=127.0.0.1:${port}`],
      url: `http://127.0.0.1:${port}/metrics`,
    }),
  },
  {
    name: 'glances',
    program: '/usr/bin/glances',
    packages: ['glances', 'python3-bottle'],
    readsProcesses: true,
    prepare: (_folder, port) => ({
      file: '/usr/bin/glances',
      args: ['-w', '-t', '1', '-B', '127.0.0.1', '-p', String(port), '--disable-autodiscover'],
      url: `http://127.0.0.1:${port}/api/3/all`,
    }),
  },
];

const pollMs = 1_000;
const startDeadlineMs = 20_000;

/** Installs what Debian's packages have and this machine lacks, where that is allowed. */
export async function installPeers(log: (line: string) => void): Promise<void> {
  const packages = kinds.flatMap((kind) => kind.packages);
  try {
    await ensureSystemPackages(
      packages.map((name) => [name] as const),
      log,
    );
  } catch (error) {
    log(`${String(error)} Goes on with those that are there.`);
  }
}

/** The others that are installed here, each started once and stopped between its rounds. */
export class Peers implements AsyncDisposable {
  readonly peers: Peer[] = [];
  readonly #keeper: Keeper;
  readonly #folder: string;

  private constructor(keeper: Keeper, folder: string) {
    this.#keeper = keeper;
    this.#folder = folder;
  }

  /** Their programs are the keeper's to end. */
  static async start(keeper: Keeper, log: (line: string) => void): Promise<Peers> {
    const peers = new Peers(keeper, await mkdtemp(join(tmpdir(), 'pulsewire-peers-')));
    for (const kind of kinds) {
      if (existsSync(kind.program)) peers.peers.push(await peers.#start(kind));
      else log(`${kind.name} is not installed`);
    }
    return peers;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 3 });
  }

  async #start(kind: PeerKind): Promise<Peer> {
    const folder = join(this.#folder, kind.name);
    await mkdir(folder);
    const { url, processName, ...program } = await kind.prepare(folder, await findFreePort());
    const [root = 0] = await this.#keeper.start(program);
    const deadlineMs = systemClock.monotonic() + startDeadlineMs;
    const find = (): number | undefined =>
      listTree(root).find((pid) => processName === undefined || readProcessName(pid) === processName);
    let pid = find();
    while (pid === undefined || (url && !(await fetchFigures(url)))) {
      if (systemClock.monotonic() > deadlineMs) throw new Error(`${kind.name} did not start.`);
      await systemClock.sleep(200);
      pid = find();
    }
    // What it does at its start belongs to no round.
    await systemClock.sleep(5_000);
    await this.#keeper.signal(root, 'SIGSTOP');
    let polling: AbortController | null = null;
    let reads = 0;
    return {
      name: kind.name,
      pid,
      readsProcesses: kind.readsProcesses,
      pssMb: () => readTreePssMb(pid),
      begin: async () => {
        await this.#keeper.signal(root, 'SIGCONT');
        const { signal } = (polling = new AbortController());
        if (url) void poll(url, signal, () => reads++);
      },
      rest: async () => {
        polling?.abort();
        await this.#keeper.signal(root, 'SIGSTOP');
      },
      ...(url && { account: async () => ({ forks: 0, reads }) }),
    };
  }
}

async function poll(url: string, signal: AbortSignal, onRead: () => void): Promise<void> {
  for (let dueMs = systemClock.monotonic(); !signal.aborted; dueMs += pollMs) {
    await systemClock.sleep(dueMs - systemClock.monotonic());
    if (await fetchFigures(url)) onRead();
  }
}

async function fetchFigures(url: string): Promise<boolean> {
  try {
    const response = await fetch(url);
    return (await response.arrayBuffer()).byteLength > 0 && response.ok;
  } catch {
    return false; // It does not listen yet.
  }
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
