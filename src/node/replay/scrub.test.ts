import { describe, expect, it } from 'vitest';
import { createSections } from '../../../e2e/fixtures/synthetic-machine.ts';
import { topics } from '../../shared/series/raw.ts';
import type { Sections } from '../../shared/series/sample.ts';
import { deriveScrubbed } from './scrub.ts';
import type { ScrubNames } from './scrub-names.ts';

const nothing: ScrubNames = {
  host: 'workbench',
  programs: {},
  users: {},
  interfaces: {},
  gateways: {},
  disks: {},
  mounts: {},
  kernel: '6.1',
  processor: null,
};
const size = { cores: 4, interfaces: 3, disks: 2, services: 3, containers: 2, sensors: 4, processes: 12 };
const machine = createSections(size, 1_000);

/** Every text in a value that is longer than a letter, keys left aside. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return value.length > 1 ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsOf);
}

function dataOf<T extends keyof Sections>(sections: Sections, topic: T) {
  const section = sections[topic];
  if (section?.status !== 'ok') throw new Error(`${topic} is ${section?.status}`);
  return section.data as Extract<NonNullable<Sections[T]>, { status: 'ok' }>['data'];
}

describe('a scrubbed reading', () => {
  it('holds no text of the machine but those of its sensors, batteries and cards where nothing is named', () => {
    const { sensor: _, power: __, gpu: ___, ...scrubbed } = deriveScrubbed(machine, nothing);
    const { operatingSystem, architecture } = dataOf(machine, 'host');
    const known = ['ok', 'workbench', '6.1', 'Etc/UTC', '/', 'user', operatingSystem, architecture];
    const left = textsOf(scrubbed).filter((text) => !known.includes(text));
    // The firmware's words for kinds of machines, and systemd's for how it is.
    expect(left.every((text) => /^(laptop|desktop|server|uefi|bios|running|degraded|systemd-timesyncd.*)$/.test(text)), left.join()).toBe(true); // prettier-ignore
  });

  it('holds nothing of clients, devices and the monitor itself', () => {
    const scrubbed = Object.keys(deriveScrubbed(machine, nothing));
    expect(topics.filter((topic) => !scrubbed.includes(topic))).toEqual(['access', 'cost', 'diagnostics']);
  });

  it('keeps what is named, under its new name, and its figures as they are', () => {
    const names: ScrubNames = {
      ...nothing,
      interfaces: { enp5s0: { name: 'eth0', addresses: ['192.0.2.20'] } },
      gateways: { '192.168.1.1': '192.0.2.1' },
      disks: { nvme0n1: { name: 'sda', model: null } },
      mounts: { '/': { mountPoint: '/', device: '/dev/sda1' } },
      programs: { sshd: 'sshd' },
      users: { root: 'root' },
    };
    const scrubbed = deriveScrubbed(machine, names);
    const [before] = dataOf(machine, 'network').interfaces;
    expect(dataOf(scrubbed, 'network')).toEqual({
      interfaces: [{ ...before, name: 'eth0', addresses: ['192.0.2.20'] }],
      defaultRoutes: [
        { family: 'ipv4', interfaceName: 'eth0', gateway: '192.0.2.1' },
        { family: 'ipv6', interfaceName: 'eth0', gateway: null },
      ],
    });
    expect(dataOf(scrubbed, 'disk').devices.map(({ name }) => name)).toEqual(['sda']);
    expect(dataOf(scrubbed, 'filesystem').mounts.map(({ device }) => device)).toEqual(['/dev/sda1']);
    expect(dataOf(scrubbed, 'socket').listeners).toEqual([
      expect.objectContaining({ port: 22, processName: 'sshd', user: 'root' }),
    ]);
  });

  it('keeps named programs alone, with switches and plain names of files of their command lines', () => {
    const all = dataOf(machine, 'process');
    const [name] = all.name;
    const table = {
      ...all,
      command: all.command.map(
        () => `/opt/private/${name} -T1 --level=secret notes.tar /home/ada/x.c user:pw@host`,
      ),
    };
    const { status, readMs } = machine.process as { status: 'ok'; readMs: number };
    const scrubbed = deriveScrubbed({ process: { status, readMs, data: table } }, { ...nothing, programs: { [name!]: 'xz' } }); // prettier-ignore
    const kept = dataOf(scrubbed, 'process');
    const at = all.name.flatMap((other, index) => (other === name ? [index] : []));
    expect(kept.pid).toEqual(at.map((index) => all.pid[index]));
    expect(kept.cpuTicks).toEqual(at.map((index) => all.cpuTicks[index]));
    expect(new Set(kept.name)).toEqual(new Set(['xz']));
    expect(new Set(kept.command)).toEqual(new Set(['xz -T1 notes.tar']));
    expect(kept.groups).toEqual(['xz']);
    const lengths = Object.values(kept).flatMap((column) => (Array.isArray(column) ? [column.length] : []));
    expect(new Set(lengths.slice(2))).toEqual(new Set([kept.pid.length]));
  });

  it('leaves what could not be read as it was', () => {
    const section = { status: 'unsupported', message: 'There is none.' } as const;
    expect(deriveScrubbed({ gpu: section }, nothing)).toEqual({ gpu: section });
  });
});
