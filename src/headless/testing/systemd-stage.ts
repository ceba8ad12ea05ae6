import { execFile, execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { systemClock } from '../../shared/lifecycle/system-clock.ts';

const run = promisify(execFile);
const manager = ['/usr/lib/systemd/systemd', '/lib/systemd/systemd'].find((path) => existsSync(path));

/** Why no systemd can be run here in namespaces of its own; null where it can. */
export function findObstacle(): string | null {
  if (process.platform !== 'linux') return 'this is no Linux';
  if (manager === undefined) return 'there is no systemd';
  if (process.getuid?.() !== 0) return 'it takes root';
  if (findGroups() === null) return 'there is no version 2 of control groups';
  try {
    execFileSync('unshare', ['--pid', '--mount', '--cgroup', '--fork', 'true'], { stdio: 'ignore' });
    return null;
  } catch {
    return 'namespaces cannot be made';
  }
}

export interface SystemdStageOptions {
  /** What is to be found at /opt in there. */
  readonly opt: Readonly<Record<string, string>>;
  /** Unit files, and what is dropped into them, by path. */
  readonly units: Readonly<Record<string, string>>;
  /** The only settings of the machine: files by path under /etc/pulsewire. */
  readonly settings: Readonly<Record<string, string>>;
}

/**
 * A real systemd in namespaces of its own (processes, mounts, control groups), with no unit but those given. The network is this
 * machine's. Whatever it has started ends with it, as does what it wrote: /etc, /var/lib, /run and /opt are its own.
 */
export class SystemdStage implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #group: string;
  #pid = 0;

  private constructor(child: ChildProcess, group: string) {
    this.#child = child;
    this.#group = group;
  }

  static async start(options: SystemdStageOptions, folder: string): Promise<SystemdStage> {
    const group = join(findGroups()!, `pulsewire-stage-${process.pid}`);
    mkdirSync(group);
    const files = { units: options.units, settings: options.settings };
    for (const [name, contents] of Object.entries(files)) {
      for (const [path, text] of Object.entries(contents)) {
        const target = join(folder, name, path);
        mkdirSync(join(target, '..'), { recursive: true });
        writeFileSync(target, text);
      }
    }
    const script = [
      'set -e',
      'mount -t proc proc /proc',
      'umount -R /sys/fs/cgroup && mount -t cgroup2 cgroup2 /sys/fs/cgroup',
      'for each in /run /var/lib /opt; do mount -t tmpfs -o mode=755 tmpfs "$each"; done',
      // Settings and dynamic users are written to /etc: into a layer over it that ends with these namespaces.
      'mkdir /run/layer && mount -t tmpfs tmpfs /run/layer && mkdir /run/layer/upper /run/layer/work',
      'mount -t overlay overlay -o lowerdir=/etc,upperdir=/run/layer/upper,workdir=/run/layer/work /etc',
      `mkdir -p /etc/pulsewire /run/units && cp -r '${folder}/units/.' /run/units && cp -r '${folder}/settings/.' /etc/pulsewire`,
      ...Object.entries(options.opt).map(
        ([name, path]) => `mkdir '/opt/${name}' && mount --bind '${path}' '/opt/${name}'`,
      ),
      `exec env -i PATH="$PATH" container=pulsewire-test SYSTEMD_UNIT_PATH=/run/units ${manager} --system --unit=stage.target --log-target=console --log-level=info --show-status=0`,
    ].join('\n');
    const unshare = ['unshare', '--pid', '--mount', '--ipc', '--uts', '--cgroup', '--fork', '--kill-child', '--propagation=private', 'sh', '-c', script]; // prettier-ignore
    const enter = `echo $$ > '${group}/cgroup.procs' && exec "$@"`;
    const child = spawn('sh', ['-c', enter, 'sh', ...unshare], { stdio: ['ignore', 'ignore', 'pipe'] });
    const stage = new SystemdStage(child, group);
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const deadlineMs = performance.now() + 20_000;
    for (;;) {
      if (child.exitCode !== null || performance.now() > deadlineMs) {
        await stage[Symbol.asyncDispose]();
        throw new Error(`systemd did not start: ${said}`);
      }
      stage.#pid = firstChildOf(child.pid!) ?? 0;
      if (stage.#pid > 0 && (await stage.ask('is-system-running')).match(/running|degraded/)) return stage;
      await systemClock.sleep(50);
    }
  }

  /** Runs a program inside, and returns what it prints. Throws where it fails. */
  async run(command: string, ...args: string[]): Promise<string> {
    const { stdout } = await run('nsenter', ['-t', String(this.#pid), '-m', '-p', '-C', command, ...args]);
    return stdout.trim();
  }

  /** Asks `systemctl`; what it prints, whatever its status. */
  async ask(...args: string[]): Promise<string> {
    return this.run('systemctl', ...args).catch((failed: { stdout?: string; stderr?: string }) =>
      `${failed.stdout ?? ''}${failed.stderr ?? ''}`.trim(),
    );
  }

  /** One property of a unit. */
  async show(unit: string, property: string): Promise<string> {
    return this.ask('show', '--value', '-p', property, unit);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = once(this.#child, 'close');
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      this.#child.kill('SIGKILL');
      await ended;
    }
    // Everything inside was killed with its first process; the kernel lets the groups go a moment later.
    for (let tries = 0; tries < 100 && existsSync(this.#group); tries++) {
      removeGroups(this.#group);
      await systemClock.sleep(50);
    }
  }
}

/** Where the second version of control groups is: alone, or beside the first. */
function findGroups(): string | null {
  return (
    ['/sys/fs/cgroup', '/sys/fs/cgroup/unified'].find((path) =>
      existsSync(join(path, 'cgroup.controllers')),
    ) ?? null
  );
}

function firstChildOf(pid: number): number | null {
  try {
    const [first] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
    return first ? Number(first) : null;
  } catch {
    return null;
  }
}

function removeGroups(path: string): void {
  for (const entry of readdirSync(path, { withFileTypes: true }))
    if (entry.isDirectory()) removeGroups(join(path, entry.name));
  try {
    rmdirSync(path);
  } catch {
    // Its last process is not gone yet.
    return;
  }
}
