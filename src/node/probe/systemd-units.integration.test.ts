import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../shared/lifecycle/fake-clock.ts';
import { systemClock } from '../../shared/lifecycle/system-clock.ts';
import { BusConnection } from './bus/bus-connection.ts';
import { createListUnits } from './systemd-units.ts';
import { StubSystemd } from './testing/stub-systemd.ts';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pulsewire-bus-'));
  path = join(folder, 'system_bus_socket');
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function hasDaemon(): boolean {
  try {
    accessSync('/usr/bin/dbus-daemon', constants.X_OK);
    return true;
  } catch {
    // The package dbus is not installed.
    return false;
  }
}

describe.runIf(hasDaemon())('on a real bus', () => {
  let daemon: ChildProcess;

  async function startBus(more = ''): Promise<void> {
    const policy = `<allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/>${more}`;
    writeFileSync(
      join(folder, 'bus.conf'),
      `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
      <busconfig><type>custom</type><listen>unix:path=${path}</listen><auth>EXTERNAL</auth>
      <policy context="default"><allow user="*"/>${policy}</policy></busconfig>`,
    );
    const args = [`--config-file=${join(folder, 'bus.conf')}`, '--nofork', '--nopidfile', '--print-address'];
    daemon = spawn('/usr/bin/dbus-daemon', args, { stdio: ['ignore', 'pipe', 'ignore'] });
    // It says where it is once it listens.
    await once(daemon.stdout!, 'data');
  }

  afterEach(async () => {
    daemon.kill('SIGKILL');
    await once(daemon, 'exit');
  });

  it('services are listed with their states, their names as the text that they are', async () => {
    await startBus();
    using systemd = await StubSystemd.open(path);
    const hostile = '$(touch x)<img src=x onerror=alert(1)>\u001b[31m\n';
    systemd.units = [
      ['sshd.service', 'OpenSSH server', 'loaded', 'active', 'running'],
      ['nginx.service', hostile, 'loaded', 'failed', 'failed'],
      ['gone.service', 'gone.service', 'not-found', 'inactive', 'dead'],
      ['off.service', 'off.service', 'masked', 'inactive', 'dead'],
      ['home.mount', '/home', 'loaded', 'active', 'mounted'],
      ['ü'.repeat(400) + '.service', '', 'loaded', 'active', 'running'],
    ];
    const list = createListUnits(systemClock);
    const { systemState, units } = await list({ path });
    expect(systemState).toBe('degraded');
    expect(units.slice(0, 2)).toEqual([
      { name: 'sshd.service', description: 'OpenSSH server', state: 'active', detail: 'running' },
      { name: 'nginx.service', description: hostile, state: 'failed', detail: 'failed' },
    ]);
    expect(units).toHaveLength(3);
    expect(systemd.calls).toContain('ListUnitsByPatterns  *.service');
    // Through the same connection.
    systemd.units = [];
    expect((await list({ path })).units).toEqual([]);
  });

  it('thousands of them come whole', async () => {
    await startBus();
    using systemd = await StubSystemd.open(path);
    systemd.units = Array.from({ length: 5_000 }, (_, index) => [`unit-${index}.service`, 'x'.repeat(100), 'loaded', 'active', 'running'] as const); // prettier-ignore
    const { units } = await createListUnits(systemClock)({ path });
    expect(units).toHaveLength(5_000);
    expect(units.at(-1)).toMatchObject({ name: 'unit-4999.service' });
  });

  it('an old systemd is asked in its own way', async () => {
    await startBus();
    using systemd = await StubSystemd.open(path);
    systemd.isOld = true;
    systemd.units = [['a.service', '', 'loaded', 'active', 'running']];
    expect((await createListUnits(systemClock)({ path })).units).toHaveLength(1);
  });

  it('one that does not answer is given up, and asked anew over another connection', async () => {
    await startBus();
    using systemd = await StubSystemd.open(path);
    systemd.isSilent = true;
    const clock = new FakeClock();
    const list = createListUnits(clock);
    const outcome = list({ path }).catch((thrown: unknown) => thrown);
    for (let turn = 0; !systemd.calls.some((call) => call.startsWith('Get')) && turn < 200; turn++) await systemClock.sleep(10); // prettier-ignore
    await clock.advance(3_000);
    expect(await outcome).toMatchObject({ code: 'timeout' });
    expect(clock.sleeping).toBe(0);
    systemd.isSilent = false;
    expect((await list({ path })).systemState).toBe('degraded');
  });

  it('without systemd on it is told from one that may not be asked', async () => {
    await startBus();
    await expect(createListUnits(systemClock)({ path })).rejects.toMatchObject({ code: 'unsupported' });
    daemon.kill('SIGKILL');
    await once(daemon, 'exit');
    rmSync(path);
    await startBus('<deny send_interface="org.freedesktop.DBus.Properties"/>');
    using systemd = await StubSystemd.open(path);
    await expect(createListUnits(systemClock)({ path })).rejects.toMatchObject({ code: 'EACCES' });
    expect(systemd.calls.some((call) => call.startsWith('Get'))).toBe(false);
  });

  it('what the bus says of itself is read, whatever its type', async () => {
    await startBus();
    const connection = await BusConnection.open(systemClock, path);
    const bus = { destination: 'org.freedesktop.DBus', path: '/org/freedesktop/DBus' };
    const [names] = await connection.call({ ...bus, interface: 'org.freedesktop.DBus', member: 'ListNames', args: [] }); // prettier-ignore
    expect(names).toContain('org.freedesktop.DBus');
    const [all] = await connection.call({ ...bus, interface: 'org.freedesktop.DBus.Properties', member: 'GetAll', args: ['org.freedesktop.DBus'] }); // prettier-ignore
    expect(all).toEqual(expect.arrayContaining([['Features', expect.any(Array)]]));
    const [credentials] = await connection.call({ ...bus, interface: 'org.freedesktop.DBus', member: 'GetConnectionCredentials', args: ['org.freedesktop.DBus'] }); // prettier-ignore
    expect(credentials).toEqual(expect.arrayContaining([['ProcessID', daemon.pid]]));
    connection.close();
    expect(connection.isOpen).toBe(false);
  });
});

describe('where a bus should be', () => {
  let server: Server | null = null;
  const sockets = new Set<Socket>();

  async function listen(say: (socket: Socket) => void): Promise<void> {
    server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
      say(socket);
    });
    server.listen(path);
    await once(server, 'listening');
  }

  afterEach(() => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
    server?.close();
    server = null;
  });

  it('nothing is found', async () => {
    await expect(createListUnits(systemClock)({ path })).rejects.toMatchObject({ code: 'unsupported' });
  });

  it.each([
    ['another program', 'HTTP/1.1 400 Bad Request\r\n\r\n'],
    ['a bus that refuses', 'REJECTED EXTERNAL\r\n'],
    ['a bus that talks nonsense', 'OK 1234\r\nnonsense nonsense nonsense'],
    [
      'one that promises a gigabyte',
      `OK 1234\r\nl\u0002\u0000\u0001\u0000\u0000\u0000@\u0001\u0000\u0000\u0000\u0000\u0000\u0000\u0000`,
    ],
    ['one without an end', 'x'.repeat(5_000)],
  ])('%s is found out', async (_, text) => {
    await listen((socket) => socket.write(Buffer.from(text, 'latin1')));
    await expect(createListUnits(systemClock)({ path })).rejects.toThrow();
  });

  it('one that accepts and says nothing is given up', async () => {
    let hasCome = (): void => undefined;
    const come = new Promise<void>((resolve) => (hasCome = resolve));
    await listen(() => hasCome());
    const clock = new FakeClock();
    const outcome = createListUnits(clock)({ path }).catch((thrown: unknown) => thrown);
    await come;
    await clock.advance(3_000);
    expect(await outcome).toMatchObject({ code: 'timeout' });
    expect(clock.sleeping).toBe(0);
  });
});
