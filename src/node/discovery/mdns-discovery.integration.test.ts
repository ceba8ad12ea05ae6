import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { randomBytes } from 'node:crypto';
import { encode, type Packet } from 'dns-packet';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../shared/lifecycle/system-clock.ts';
import { TaskManager } from '../../shared/lifecycle/task-manager.ts';
import { MdnsDiscovery } from './mdns-discovery.ts';
import { serviceType } from './service-records.ts';

/** Of this test alone, so that no real host is heard. */
const port = 20_000 + (process.pid % 20_000);
const interfaces = (): { address: string; prefix: number }[] => [{ address: '127.0.0.1', prefix: 8 }];

const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await systemClock.sleep(20);
};

describe('discovery over multicast', () => {
  let tasks: TaskManager;
  let opened: MdnsDiscovery[];
  beforeEach(() => {
    tasks = new TaskManager({ clock: systemClock });
    opened = [];
  });
  afterEach(async () => {
    await Promise.all(opened.map((discovery) => discovery.withdraw()));
    await tasks.closeAll('The test is over.');
    expect(tasks.live()).toEqual([]);
    await until(() => !process.getActiveResourcesInfo().includes('UDPWrap'));
  });
  const create = (name: string, instanceId: string): MdnsDiscovery => {
    const discovery = new MdnsDiscovery({
      clock: systemClock,
      scope: tasks.service(name),
      interfaces,
      port,
      service: () => ({
        name,
        instanceId,
        version: '1.2.3',
        protocol: 1,
        port: 9740,
        addresses: ['127.0.0.1'],
      }),
    });
    opened.push(discovery);
    return discovery;
  };
  it('lets two hosts find each other, and forgets one that says goodbye', async () => {
    const [desk, tower] = [create('desk', 'id-desk'), create('tower', 'id-tower')];
    desk.announce();
    tower.announce();
    desk.look();
    tower.look();
    await until(() => desk.nearby().length > 0 && tower.nearby().length > 0);
    expect(desk.announcedAs).toBe('desk');
    expect(desk.nearby()).toMatchObject([
      { instanceId: 'id-tower', name: 'tower', url: 'https://127.0.0.1:9740', version: '1.2.3', port: 9740 },
    ]);
    expect(tower.nearby().map(({ name }) => name)).toEqual(['desk']);
    await tower.withdraw();
    await until(() => desk.nearby().length === 0);
    expect(tower.announcedAs).toBeNull();
  });

  it('opens nothing and hears nobody while it is only asked whom it has heard', async () => {
    const [still, loud] = [create('still', 'id-still'), create('loud', 'id-loud')];
    loud.announce();
    await until(() => loud.announcedAs !== null);
    const before = tasks.live().length;
    expect(still.nearby()).toEqual([]);
    expect(tasks.live()).toHaveLength(before);
  });

  it('hears of others without saying a word of itself', async () => {
    const [silent, loud] = [create('silent', 'id-silent'), create('loud', 'id-loud')];
    loud.announce();
    silent.look();
    await until(() => silent.nearby().length > 0);
    loud.look();
    await systemClock.sleep(500);
    expect(loud.nearby()).toEqual([]);
    expect(silent.announcedAs).toBeNull();
  });

  it('tells two hosts of one name apart', async () => {
    const [first, second, third] = [
      create('desk', 'aaaa-1'),
      create('desk', 'bbbb-2'),
      create('x', 'cccc-3'),
    ];
    first.announce();
    await until(() => first.announcedAs !== null);
    second.announce();
    third.look();
    await until(() => third.nearby().length === 2);
    const names = third.nearby().map(({ name }) => name);
    expect(new Set(names).size).toBe(2);
  });

  it('survives whatever is sent to its port, and still finds hosts', async () => {
    const victim = create('victim', 'id-victim');
    victim.announce();
    victim.look();
    await until(() => victim.announcedAs !== null);
    const sender = createSocket({ type: 'udp4', reuseAddr: true });
    sender.bind(0, '127.0.0.1');
    await once(sender, 'listening');
    sender.setMulticastInterface('127.0.0.1');
    const send = (bytes: Buffer): Promise<void> =>
      new Promise((resolve) => sender.send(bytes, port, '224.0.0.251', () => resolve()));
    const name = `x.${serviceType}`;
    const absurd: Packet[] = [
      { type: 'response', answers: [{ type: 'PTR', name: serviceType, data: '' }] },
      {
        type: 'response',
        answers: Array.from({ length: 500 }, (_, at) => ({
          type: 'PTR',
          name: serviceType,
          ttl: 9,
          data: `h${at}`,
        })),
      },
      {
        type: 'response',
        answers: [
          { type: 'PTR', name: serviceType, ttl: 9, data: name },
          { type: 'SRV', name, ttl: 9, data: { port: 0, target: '' } },
        ],
      },
      {
        type: 'query',
        questions: Array.from({ length: 500 }, () => ({ type: 'ANY' as 'A', name: serviceType })),
      },
    ];
    for (const packet of absurd) await send(encode(packet));
    for (let turn = 0; turn < 500; turn++) {
      await send(randomBytes(turn));
      // The head of a real answer, and then anything: what a decoder meets furthest in.
      const broken = encode({ type: 'response', answers: [{ type: 'TXT', name, ttl: 1, data: ['a=b'] }] });
      broken[12 + (turn % (broken.length - 12))] = turn & 0xff;
      await send(broken);
    }
    sender.close();
    const friend = create('friend', 'id-friend');
    friend.announce();
    await until(() => victim.nearby().some((host) => host.name === 'friend'));
    expect(victim.nearby()).toHaveLength(1);
  });

  it('says so where nothing can be announced, and breaks nothing', async () => {
    const discovery = new MdnsDiscovery({
      clock: systemClock,
      scope: tasks.service('alone'),
      interfaces: () => [{ address: '192.0.2.77', prefix: 24 }],
      port,
      service: () => ({ name: 'alone', instanceId: 'a', version: '1', protocol: 1, port: 1, addresses: [] }),
    });
    opened.push(discovery);
    discovery.announce();
    await until(() => discovery.message !== null);
    expect(discovery.message).toContain('Multicast on 192.0.2.77 fails');
    expect(discovery.announcedAs).toBeNull();
    expect(discovery.nearby()).toEqual([]);
  });
});
