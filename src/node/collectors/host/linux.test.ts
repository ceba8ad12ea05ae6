import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../../shared/lifecycle/fake-clock.ts';
import { hostRawSchema, type HostRaw } from '../../../shared/series/raw/host.ts';
import { MadeMachine } from '../testing/made-machine.ts';
import { sourcesOf } from '../testing/recorded.ts';
import { deriveChassis, readFirmware } from './firmware.ts';
import { createLinuxHostCollector } from './linux.ts';
import { readTimeSynchronization, readTimeZone } from './time.ts';

async function read(folder: string): Promise<HostRaw> {
  const collector = createLinuxHostCollector(sourcesOf(folder));
  try {
    return v.parse(hostRawSchema, await collector.read(new AbortController().signal));
  } finally {
    await collector[Symbol.asyncDispose]?.();
  }
}

describe('a recorded machine', () => {
  it('is known by its firmware, kernel and settings', async () => {
    expect(await read('debian-13-desktop')).toMatchObject({
      operatingSystem: 'Debian GNU/Linux 13 (trixie)',
      kernel: '6.12.48+deb13-amd64',
      kernelBuild: '#1 SMP PREEMPT_DYNAMIC Debian 6.12.48-1 (2025-09-20)',
      kernelCommandLine:
        'BOOT_IMAGE=/boot/vmlinuz-6.12.48+deb13-amd64 root=UUID=3f1c2d1e-7c1b-4b33-9f0e-0b8b4a3f2f11 ro quiet',
      processor: 'Intel(R) Core(TM) i5-1240P',
      logicalCores: 3,
      physicalCores: 2,
      machine: 'Micro-Star International Co., Ltd. MS-7D42',
      board: 'Micro-Star International Co., Ltd. MAG B660M MORTAR WIFI DDR4 (MS-7D42)',
      chassis: 'desktop',
      firmware: { vendor: 'American Megatrends International, LLC.', version: '1.E0', date: '11/23/2024' },
      bootMode: 'uefi',
      secureBoot: true,
      virtualization: null,
      timeZone: 'Europe/Berlin',
      timeSynchronization: { synchronized: true, service: 'systemd-timesyncd' },
      bootedWallMs: 1_763_900_000_000,
    });
  });

  it('is known by less where it says less, and not by what a maker has left unsaid', async () => {
    expect(await read('debian-10-laptop')).toMatchObject({
      kernelBuild: null,
      kernelCommandLine: null,
      machine: 'LENOVO 20BXCTO1WW',
      board: 'LENOVO',
      chassis: 'notebook',
      bootMode: 'bios',
      secureBoot: null,
      timeZone: 'Europe/Lisbon',
      timeSynchronization: { synchronized: null, service: 'chronyd' },
    });
  });
});

describe('the firmware', () => {
  it('says nothing of how a container was started', () => {
    using machine = new MadeMachine();
    expect(readFirmware(join(machine.folder, 'sys'))).toEqual({ machine: null, board: null, chassis: null, firmware: null, bootMode: null, secureBoot: null }); // prettier-ignore
  });

  it('is a device tree on boards, which names the machine', () => {
    using machine = new MadeMachine({ 'firmware/devicetree/base/model': 'Raspberry Pi 5 Model B Rev 1.0\0' });
    expect(readFirmware(machine.folder)).toMatchObject({ machine: 'Raspberry Pi 5 Model B Rev 1.0', bootMode: 'devicetree' }); // prettier-ignore
  });

  it.each([
    [Uint8Array.of(6, 0, 0, 0, 0), false],
    [Uint8Array.of(6, 0, 0, 0, 1), true],
    [Uint8Array.of(6, 0, 0, 0), null],
    [new Uint8Array(0), null],
    [new Uint8Array(9), null],
  ])('has its word on secure boot behind four bytes: %j', (content, secureBoot) => {
    using machine = new MadeMachine({ 'firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c': content }); // prettier-ignore
    expect(readFirmware(machine.folder)).toMatchObject({ bootMode: 'uefi', secureBoot });
  });

  it('has a word for each kind of chassis that the standard names', () => {
    expect(['3', '10', '17', '23', '131', '36'].map(deriveChassis)).toEqual(['desktop', 'notebook', 'server', 'rack mount', 'desktop', 'stick PC']); // prettier-ignore
    expect([null, '', '1', '2', '37', '-3', '3 x', '9'.repeat(40)].map(deriveChassis)).toEqual(Array(8).fill(null)); // prettier-ignore
  });

  it('is not waited for where pipes stand in its place', () => {
    using machine = new MadeMachine();
    for (const path of ['class/dmi/id/sys_vendor', 'firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c']) machine.putPipe(path); // prettier-ignore
    expect(readFirmware(machine.folder)).toMatchObject({ machine: null, bootMode: 'uefi', secureBoot: null });
  });
});

describe('the time of a machine', () => {
  const synchronization = (machine: MadeMachine) => readTimeSynchronization(join(machine.folder, 'proc'), join(machine.folder, 'run')); // prettier-ignore

  it('is not right yet where the service has left no mark', () => {
    using machine = new MadeMachine({ 'run/systemd/timesync/clock': '' });
    expect(synchronization(machine)).toEqual({ synchronized: false, service: 'systemd-timesyncd' });
  });

  it('is kept by nobody whose number is now another process', () => {
    using machine = new MadeMachine({ 'run/ntpd.pid': '77', 'proc/77/comm': 'bash' });
    expect(synchronization(machine)).toBeNull();
    machine.put('proc/77/comm', 'ntpd\n');
    expect(synchronization(machine)).toEqual({ synchronized: null, service: 'ntpd' });
    machine.put('run/ntpd.pid', '../../etc');
    expect(synchronization(machine)).toBeNull();
  });

  it('has the zone that is linked, else the one written, else none by name, and UTC without any', () => {
    using machine = new MadeMachine({ 'etc/hostname': 'x' });
    const etc = join(machine.folder, 'etc');
    expect(readTimeZone(etc)).toBe('UTC');
    machine.put('etc/localtime', 'TZif2');
    expect(readTimeZone(etc)).toBeNull();
    machine.put('etc/timezone', 'Asia/Kathmandu\n');
    expect(readTimeZone(etc)).toBe('Asia/Kathmandu');
    machine.remove('etc/localtime');
    symlinkSync('../usr/share/zoneinfo/America/Argentina/Buenos_Aires', join(etc, 'localtime'));
    expect(readTimeZone(etc)).toBe('America/Argentina/Buenos_Aires');
    machine.remove('etc/localtime');
    machine.put('etc/timezone', '<img src=x>\n');
    expect(readTimeZone(etc)).toBe('UTC');
    expect(readTimeZone('/nonexistent')).toBeNull();
  });
});

describe('a host whose files are not as they should be', () => {
  it.each([
    ['empty', ''],
    ['bytes', '\0\xff\x1b[2J'],
    ['long', 'x'.repeat(100_000)],
  ])('is known by what is sound: %s', async (_, text) => {
    using machine = new MadeMachine({ 'proc/uptime': '5.25 9.00\n' });
    for (const path of ['proc/stat', 'proc/cpuinfo', 'proc/cmdline', 'proc/version', 'proc/sys/kernel/osrelease', 'proc/sys/kernel/version', 'sys/class/dmi/id/chassis_type', 'etc/os-release', 'etc/timezone', 'run/chrony/chronyd.pid']) machine.put(path, text); // prettier-ignore
    expect(await read(machine.folder)).toMatchObject({ uptimeSeconds: 5.25, operatingSystem: 'Linux', chassis: null, processor: null }); // prettier-ignore
  });

  it('fails in words where it does not say how long it runs, without waiting for a pipe', async () => {
    using machine = new MadeMachine({ 'proc/uptime': 'soon' });
    await expect(read(machine.folder)).rejects.toMatchObject({ code: 'io' });
    machine.putPipe('proc/uptime');
    await expect(read(machine.folder)).rejects.toMatchObject({ code: 'unsupported' });
  });

  it('looks again at what may change once a minute, and at the processor when cores come', async () => {
    using machine = new MadeMachine({ 'proc/uptime': '1 1', 'etc/timezone': 'Europe/Rome', 'etc/localtime': 'x', 'proc/cpuinfo': 'processor\t: 0\n', 'sys/devices/system/cpu/online': '0' }); // prettier-ignore
    const clock = new FakeClock();
    const collector = createLinuxHostCollector(sourcesOf(machine.folder, clock));
    const now = async (): Promise<HostRaw> => await collector.read(new AbortController().signal);
    expect(await now()).toMatchObject({ timeZone: 'Europe/Rome', logicalCores: 1 });
    machine.put('etc/timezone', 'Europe/Oslo');
    machine.put('proc/cpuinfo', 'processor\t: 0\nprocessor\t: 1\n');
    expect(await now()).toMatchObject({ timeZone: 'Europe/Rome', logicalCores: 1 });
    clock.freeze(60_000);
    expect(await now()).toMatchObject({ timeZone: 'Europe/Oslo', logicalCores: 1 });
    machine.rewrite('sys/devices/system/cpu/online', '0-1');
    expect(await now()).toMatchObject({ logicalCores: 2 });
    await collector[Symbol.asyncDispose]?.();
  });
});
