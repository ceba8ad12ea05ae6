import type { Answer } from 'dns-packet';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../shared/lifecycle/fake-clock.ts';
import { NearbyTable } from './nearby-hosts.ts';
import { createServiceRecords, deriveInstanceName } from './service-records.ts';

const service = {
  name: 'tower',
  instanceId: 'id-tower',
  version: '1.2.3',
  protocol: 1,
  port: 9740,
  addresses: ['8.8.8.8', '192.168.1.7'],
};
const records = (change: Partial<typeof service> = {}): Answer[] =>
  createServiceRecords({ ...service, ...change });
const create = (): { clock: FakeClock; table: NearbyTable } => {
  const clock = new FakeClock();
  return { clock, table: new NearbyTable(clock, 'own') };
};

describe('NearbyTable', () => {
  it('believes a host about the address that it speaks from, and else only about one that a neighbour can have', () => {
    const { table } = create();
    table.take(records(), '192.168.1.7');
    expect(table.list()).toEqual([
      {
        instanceId: 'id-tower',
        name: 'tower',
        address: '192.168.1.7',
        port: 9740,
        url: 'https://192.168.1.7:9740',
        version: '1.2.3',
        seenMs: 0,
      },
    ]);
    const other = create().table;
    other.take(records({ addresses: ['8.8.8.8'] }), '192.168.1.9');
    expect(other.list()).toEqual([]);
    other.take(records({ addresses: ['8.8.8.8', 'fd00::7'] }), '192.168.1.9');
    expect(other.list()[0]?.url).toBe('https://[fd00::7]:9740');
  });

  it('leaves out the host itself', () => {
    const { table } = create();
    table.take(records({ instanceId: 'own' }), '192.168.1.7');
    expect(table.list()).toEqual([]);
  });

  it('forgets a host when its time is over, and at once when it says goodbye, but not when somebody else does', async () => {
    const { clock, table } = create();
    table.take(records(), '192.168.1.7');
    await clock.advance(4_499_000);
    expect(table.list()).toMatchObject([{ seenMs: 4_499_000 }]);
    await clock.advance(1_000);
    expect(table.list()).toEqual([]);
    table.take(records(), '192.168.1.7');
    table.take(createServiceRecords(service, true), '192.168.1.66');
    expect(table.list()).toHaveLength(1);
    table.take(createServiceRecords(service, true), '192.168.1.7');
    expect(table.list()).toEqual([]);
  });

  it('keeps 64 hosts and 4 of one sender', () => {
    const { table } = create();
    const speak = (at: number, from: string): void =>
      table.take(records({ name: `host-${at}`, instanceId: `id-${at}`, addresses: [from] }), from);
    for (let at = 0; at < 10; at++) speak(at, '192.168.1.7');
    expect(table.list()).toHaveLength(4);
    for (let at = 10; at < 200; at++) speak(at, `192.168.2.${at}`);
    expect(table.list()).toHaveLength(64);
  });

  it('strips names of what steers terminals and turns text around', () => {
    const { table } = create();
    table.take(records({ name: 'a\u001b[31m\u202eb\u0000 <img>' }), '192.168.1.7');
    expect(table.list()[0]?.name).toBe('a [31m b <img>');
  });

  it('takes no host whose port, id or version cannot be', () => {
    const { table } = create();
    table.take(records({ port: 0 }), '192.168.1.7');
    table.take(records({ instanceId: '<script>' }), '192.168.1.7');
    expect(table.list()).toEqual([]);
    table.take(records({ version: '1"onclick=' }), '192.168.1.7');
    expect(table.list()).toMatchObject([{ version: '' }]);
  });

  it('never throws and never shows more than text, whatever it is told', () => {
    const record = fc.record({
      type: fc.constantFrom('PTR', 'SRV', 'TXT', 'A', 'AAAA', 'NULL'),
      name: fc.constantFrom('_pulsewire._tcp.local', deriveInstanceName('x'), 't', ''),
      ttl: fc.option(fc.integer(), { nil: undefined }),
      data: fc.oneof(
        fc.constantFrom(deriveInstanceName('x'), 't', '192.168.1.7'),
        fc.string(),
        fc.array(fc.string()),
        fc.record({ port: fc.integer(), target: fc.constantFrom('t', '') }),
      ),
    });
    fc.assert(
      fc.property(fc.array(record), (told) => {
        const { table } = create();
        table.take(told as unknown as Answer[], '192.168.1.7');
        for (const { url, port } of table.list()) {
          expect(new URL(url).protocol).toBe('https:');
          expect(port).toBeGreaterThan(0);
        }
      }),
    );
  });
});
