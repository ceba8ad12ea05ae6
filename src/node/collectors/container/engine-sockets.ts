import { userInfo } from 'node:os';
import { join } from 'node:path';
import type { ContainerRaw } from '../../../shared/series/raw/container.ts';
import type { LinuxSources } from '../linux-sources.ts';

type Engine = ContainerRaw['engine'];

/** One place at which an engine may be asked, and what to do where it does not answer. */
export interface EngineSocket {
  readonly engine: 'docker' | 'podman';
  readonly path: string;
  readonly whenForbidden: string;
  readonly whenAbsent: string;
}

/** The engines that Pulsewire can ask, the likeliest of each first. */
export function findEngineSockets({
  runRoot = '/run',
  environment = process.env,
}: LinuxSources): EngineSocket[] {
  const user = readUserName();
  const docker = (path: string): EngineSocket => ({
    engine: 'docker',
    path,
    whenForbidden:
      `Run \`sudo usermod -aG docker ${user}\` and log in again, for Docker to tell the names of its containers. ` +
      'Whoever is in that group can become root.',
    whenAbsent: 'Run `sudo systemctl start docker.socket`, for Docker to tell the names of its containers.',
  });
  const sockets = [docker(join(runRoot, 'docker.sock'))];
  const host = /^unix:\/\/(\/.+)$/.exec(environment['DOCKER_HOST'] ?? '')?.[1];
  if (host !== undefined && host !== sockets[0]!.path) sockets.unshift(docker(host));
  const podman = join(runRoot, 'podman/podman.sock');
  sockets.push({
    engine: 'podman',
    path: podman,
    whenForbidden:
      `Run \`sudo setfacl -m u:${user}:x ${join(runRoot, 'podman')}\` and \`sudo setfacl -m u:${user}:rw ${podman}\`, ` +
      'for Podman to tell the names of the containers of root until its next start. Whoever may ask it can become root.',
    whenAbsent:
      'Run `sudo systemctl enable --now podman.socket`, for Podman to tell the names of its containers.',
  });
  const runtime = environment['XDG_RUNTIME_DIR'];
  if (runtime) {
    sockets.push(docker(join(runtime, 'docker.sock')), {
      engine: 'podman',
      path: join(runtime, 'podman/podman.sock'),
      whenForbidden: 'Run Pulsewire as the user whose containers these are.',
      whenAbsent:
        'Run `systemctl --user enable --now podman.socket`, for Podman to tell the names of its containers.',
    });
  }
  return sockets;
}

/** What to say of containers of engines that have no socket which can be asked by HTTP. */
export const silentEngines: Partial<Readonly<Record<Engine, string>>> = {
  containerd:
    'containerd tells names only over gRPC, which Pulsewire does not speak; see them with `sudo crictl ps`.',
  'cri-o':
    'CRI-O tells names only over gRPC, which Pulsewire does not speak; see them with `sudo crictl ps`.',
};

function readUserName(): string {
  try {
    const { username } = userInfo();
    // It becomes part of a command that a person copies.
    return /^[a-z_][a-z0-9_.-]{0,31}$/i.test(username) ? username : '"$USER"';
  } catch {
    // A number without an entry in the list of users, as in many containers.
    return '"$USER"';
  }
}
