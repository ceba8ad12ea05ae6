import { describe, expect, it } from 'vitest';
import type { FilesystemRaw } from '../shared/series/raw/filesystem.ts';
import type { HostRaw } from '../shared/series/raw/host.ts';
import type { ProcessRaw } from '../shared/series/raw/process.ts';
import type { SocketRaw } from '../shared/series/raw/socket.ts';
import type { Sections } from '../shared/series/sample.ts';
import { deriveProjection, projectSections } from './projection.ts';

const table = { name: ['sh', 'curl'], command: ['sh', 'curl -u me:secret'] } as unknown as ProcessRaw;
const sections: Sections = { process: { status: 'ok', readMs: 1, data: table } };

describe('what of the sections is sent', () => {
  it('is all of it to who may act on processes, and no command line to a viewer', () => {
    const scopes = ['local', 'admin', 'control', 'arguments', 'view', 'vitals'] as const;
    expect(scopes.map(deriveProjection)).toEqual(['whole', 'whole', 'whole', 'whole', 'names', 'vitals']);
    expect(projectSections(sections, 'whole')).toBe(sections);
    const guarded = projectSections(sections, 'names');
    expect(JSON.stringify(guarded)).not.toContain('secret');
    expect(guarded.process).toMatchObject({ readMs: 1, data: { name: ['sh', 'curl'], command: ['', ''] } });
    expect(table.command[1]).toContain('secret');
  });

  it('is as it was where there is no table', () => {
    const late: Sections = { process: { status: 'late', message: 'No answer.' } };
    expect(projectSections(late, 'names')).toBe(late);
    expect(projectSections({}, 'names')).toEqual({});
  });

  it('names nobody who listens to who sees vitals only', () => {
    const listener = { protocol: 'tcp', address: '::', port: 22, pid: 7, processName: 'sshd', user: 'root' };
    const socket = { listeners: [listener], udpSent: 3 } as unknown as SocketRaw;
    const listening: Sections = { socket: { status: 'ok', readMs: 1, data: socket } };
    expect(projectSections(listening, 'names')).toBe(listening);
    expect(projectSections(listening, 'vitals').socket).toMatchObject({
      data: {
        udpSent: 3,
        listeners: [{ protocol: 'tcp', address: '::', port: 22, pid: null, processName: null, user: null }],
      },
    });
  });

  it('tells who sees vitals only no mount that is called after somebody, and keeps mounts apart', () => {
    const mount = (mountPoint: string, device = '/dev/sda1') => ({
      mountPoint,
      device,
      type: 'ext4',
      options: ['uid=ann'],
    });
    const mounts = [
      mount('/'),
      mount('/home'),
      mount('/home/ann'),
      mount('/home/bob', 'ann@server:/'),
      mount('/run/user/1000', 'tmpfs'),
      mount('/var/lib/docker/overlay2/abc/merged', 'overlay'),
      mount('/srv/data', '//server/ann'),
    ];
    const filesystem = { mounts } as unknown as FilesystemRaw;
    const mounted: Sections = { filesystem: { status: 'ok', readMs: 1, data: filesystem } };
    expect(projectSections(mounted, 'names')).toBe(mounted);
    expect(projectSections(mounted, 'vitals').filesystem).toMatchObject({
      data: {
        mounts: [
          { mountPoint: '/', device: '/dev/sda1', options: [] },
          { mountPoint: '/home' },
          { mountPoint: '/home/…' },
          { mountPoint: '/home/… 2', device: 'ext4' },
          { mountPoint: '/run/user/…' },
          { mountPoint: '/var/lib/docker/…' },
          { mountPoint: '/srv/data', device: 'ext4' },
        ],
      },
    });
    expect(JSON.stringify(projectSections(mounted, 'vitals'))).not.toMatch(/ann|bob|abc|1000/);
  });

  it('tells who sees vitals only neither the kernel’s command line nor who keeps the time', () => {
    const host = {
      hostname: 'desk',
      kernelCommandLine: 'systemd.unit=shop.service',
      timeSynchronization: { synchronized: true, service: 'chronyd' },
    } as unknown as HostRaw;
    const known: Sections = { host: { status: 'ok', readMs: 1, data: host } };
    expect(projectSections(known, 'names')).toBe(known);
    expect(projectSections(known, 'vitals').host).toMatchObject({
      data: {
        hostname: 'desk',
        kernelCommandLine: null,
        timeSynchronization: { synchronized: true, service: null },
      },
    });
  });
});
