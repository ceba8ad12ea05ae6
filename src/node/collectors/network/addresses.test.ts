import { networkInterfaces } from 'node:os';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { FakeClock } from '../../../shared/lifecycle/fake-clock.ts';
import { ProbeClient } from '../../probe/probe-client.ts';
import { FakeProbe } from '../../probe/testing/fake-probe.ts';
import { createAddresses } from './addresses.ts';

let clock: FakeClock;
let probe: FakeProbe;
let client: ProbeClient;

beforeEach(() => {
  clock = new FakeClock();
  probe = new FakeProbe();
  client = new ProbeClient({ clock, spawnProbe: () => probe });
});

afterEach(async () => {
  await client[Symbol.asyncDispose]();
  expect(clock.sleeping).toBe(0);
});

const create = (links: number, procRoot = '/proc') => createAddresses({ clock, procRoot, sysRoot: '/sys' }, client, () => links); // prettier-ignore

it('few links have the addresses that this machine has, read here', async () => {
  const found = await create(4).search();
  const names = Object.keys(networkInterfaces()).filter((name) => !name.includes(':'));
  expect([...found.keys()]).toEqual(expect.arrayContaining(names));
  for (const name of names) expect(found.get(name)).toEqual(expect.arrayContaining(networkInterfaces()[name]!.map(({ address }) => address))); // prettier-ignore
  expect(probe.asked).toEqual([]);
});

it('many are asked for in the probe process, and have none while that does not answer', async () => {
  const addresses = create(200);
  const search = addresses.search();
  await clock.advance(0);
  expect(probe.asked).toMatchObject([{ method: 'addresses' }]);
  probe.reply({ id: probe.asked[0]!.id, value: { eth0: ['10.0.0.1'] } });
  expect(await search).toEqual(new Map([['eth0', ['10.0.0.1']]]));
  clock.freeze(5_000);
  expect(addresses.get()?.value.size).toBe(1);
  await clock.advance(5_000);
  expect(addresses.get()?.value).toEqual(new Map());
  await addresses[Symbol.asyncDispose]();
});

it('a recorded machine has none of this one’s', async () => {
  expect(await create(4, '/tmp/recorded').search()).toEqual(new Map());
});
