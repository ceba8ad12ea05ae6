import type { ContainerRaw } from '../../../shared/series/raw/container.ts';

/** What the name of a control group tells of the container that it holds. */
export interface ContainerGroup {
  readonly id: string;
  readonly engine: ContainerRaw['engine'];
  /** Of engines whose containers have no id but their name. */
  readonly name: string | null;
}

/** How engines call the groups of their containers: under systemd, without it, and through a mixture of both. */
const prefixes: Readonly<Record<string, ContainerRaw['engine']>> = {
  docker: 'docker',
  libpod: 'podman',
  crio: 'cri-o',
  'cri-containerd': 'containerd',
  nerdctl: 'containerd',
};

/**
 * What container a group is, by its name and its path; null where it is none. A virtual machine is none, and neither
 * is what watches over a container (`libpod-conmon-…`, `lxc.monitor.…`).
 */
export function parseContainerGroup(name: string, path: string): ContainerGroup | null {
  const scope = /^([a-z-]+?)[-:]([0-9a-f]{64})(?:\.scope)?$/.exec(name.slice(name.indexOf(':') + 1));
  const engine = scope ? prefixes[scope[1]!] : undefined;
  if (scope && engine) return { id: scope[2]!, engine, name: null };
  if (/^[0-9a-f]{64}$/.test(name)) return { id: name, engine: deriveEngine(path), name: null };
  const lxc = /^lxc\.payload\.(.+)$/.exec(name)?.[1] ?? /(?:^|\/)lxc\/([^/]+)$/.exec(path)?.[1];
  if (lxc !== undefined) return { id: lxc, engine: 'lxc', name: lxc };
  const nspawn = /^systemd-nspawn@(.+)\.service$/.exec(name) ?? /^machine-(.+)\.scope$/.exec(name);
  if (!nspawn) return null;
  const machine = unescapeUnit(nspawn[1]!);
  return /^qemu-\d+-/.test(machine) ? null : { id: machine, engine: 'nspawn', name: machine };
}

function deriveEngine(path: string): ContainerRaw['engine'] {
  if (/(^|\/)docker\//.test(path)) return 'docker';
  if (/(^|\/)libpod/.test(path)) return 'podman';
  return 'unknown';
}

/** What systemd made of a name for a unit's (systemd-escape(1)): `\x2d` for a hyphen that is part of it. */
function unescapeUnit(text: string): string {
  const bytes: number[] = [];
  for (let index = 0; index < text.length; index++) {
    const code = /^\\x([0-9a-f]{2})/.exec(text.slice(index, index + 4))?.[1];
    if (code === undefined) bytes.push(...Buffer.from(text[index]!));
    else bytes.push(Number.parseInt(code, 16));
    if (code !== undefined) index += 3;
  }
  return Buffer.from(bytes).toString('utf8');
}
