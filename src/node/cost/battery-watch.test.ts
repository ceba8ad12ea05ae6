import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../shared/lifecycle/fake-clock.ts';
import { BatteryWatch } from './battery-watch.ts';

let root: string;
let clock: FakeClock;

beforeEach(() => {
  clock = new FakeClock();
  root = mkdtempSync(join(tmpdir(), 'pulsewire-battery-'));
  cpSync(join(import.meta.dirname, '../collectors/fixtures/fedora-laptop/sys'), root, { recursive: true });
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

describe('whether the machine runs on its battery', () => {
  it('is known once it has been asked, and asked again after half a minute at most', async () => {
    const watch = new BatteryWatch(clock, root);
    expect(watch.onBattery).toBe(false);
    await watch.ask();
    expect(watch.onBattery).toBe(true);
    writeFileSync(
      join(root, 'class/power_supply/AC/uevent'),
      'POWER_SUPPLY_TYPE=Mains\nPOWER_SUPPLY_ONLINE=1\n',
    );
    expect(watch.onBattery).toBe(true);
    await watch.ask();
    await clock.advance(29_000);
    writeFileSync(
      join(root, 'class/power_supply/AC/uevent'),
      'POWER_SUPPLY_TYPE=Mains\nPOWER_SUPPLY_ONLINE=0\n',
    );
    expect(watch.onBattery).toBe(false);
    await clock.advance(1_000);
    // Asks in the background: the answer is that of the last time until the next has come.
    expect(watch.onBattery).toBe(false);
    await watch.ask();
    expect(watch.onBattery).toBe(true);
  });

  it('is not so where there are no supplies, or none that says anything', async () => {
    for (const folder of ['/nonexistent', join(root, 'class/thermal')]) {
      const watch = new BatteryWatch(clock, folder);
      await watch.ask();
      expect(watch.onBattery).toBe(false);
    }
  });
});
