import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Collector } from '../../../core/collector.ts';
import { FakeClock } from '../../../shared/lifecycle/fake-clock.ts';
import { gpuDeviceRawSchema, gpuRawSchema, type GpuRaw } from '../../../shared/series/raw/gpu.ts';
import type { ProbeClient } from '../../probe/probe-client.ts';
import type { ProbeMethods } from '../../probe/probe-messages.ts';
import { makeTree } from '../testing/make-tree.ts';
import { createProbeHere, readFilesNow } from '../testing/probe-here.ts';
import { createLinuxGpuCollector } from './linux.ts';
import { parseNvidiaLine } from './parse-nvidia-smi.ts';

const signal = new AbortController().signal;
const line =
  '00000000:01:00.0, 37, 1234, 10240, 61, 187.42, 320.00, 1710, 2100, 9501, 45, NVIDIA GeForce RTX 3080';
let root: string;
let clock: FakeClock;
let probe: ProbeClient;
let collector: Collector<'gpu'>;
let asked: unknown[];
let tool: () => unknown;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'pulsewire-gpu-'));
  for (const part of ['sys/class/drm', 'share']) {
    cpSync(join(import.meta.dirname, '../fixtures/fedora-laptop', part), join(root, part), {
      recursive: true,
    });
  }
  clock = new FakeClock();
  asked = [];
  tool = () => [parseNvidiaLine(line)];
  open();
});

afterEach(async () => {
  await collector[Symbol.asyncDispose]?.();
  await probe[Symbol.asyncDispose]();
  rmSync(root, { recursive: true });
});

function open(): void {
  probe = createProbeHere(clock, {
    nvidiaSmi: async (params) => (asked.push(params), tool()),
    readFiles: async (params) => {
      const { paths } = params as ProbeMethods['readFiles']['params'];
      asked.push(...paths);
      return readFilesNow(params);
    },
  });
  collector = createLinuxGpuCollector(
    {
      clock,
      procRoot: join(root, 'proc'),
      sysRoot: join(root, 'sys'),
      shareRoot: join(root, 'share'),
      environment: { PATH: `.:${join(root, 'bin')}` },
    },
    probe,
  );
}

async function read(): Promise<GpuRaw> {
  const reading = Promise.resolve(collector.read(signal));
  let isDone = false;
  void reading.finally(() => (isDone = true));
  for (await clock.advance(0); !isDone;) await clock.advance(50);
  return v.parse(gpuRawSchema, await reading);
}

const card = (path: string): string => join(root, 'sys/class/drm', path);

function addNvidia(status = 'active'): void {
  makeTree(card('card3/device'), {
    vendor: '0x10de',
    device: '0x2206',
    uevent: 'DRIVER=nvidia\nPCI_SLOT_NAME=0000:01:00.0',
    'power/runtime_status': status,
  });
  makeTree(root, { 'bin/nvidia-smi': '#!/bin/false' });
}

function makeExecutable(): void {
  rmSync(join(root, 'bin/nvidia-smi'));
  writeFileSync(join(root, 'bin/nvidia-smi'), '#!/bin/false\n', { mode: 0o755 });
}

describe('the graphics processors of a laptop', () => {
  it('are called by what the list of PCI devices says, and no plain screen is among them', async () => {
    const { devices } = await read();
    expect(devices.map(({ id, name, vendor, driver }) => [id, name, vendor, driver])).toEqual([
      ['0000:00:02.0', 'Intel Alder Lake-P GT2 [Iris Xe Graphics]', 'intel', 'i915'],
      ['0000:03:00.0', 'AMD Navi 21 [Radeon RX 6800/6800 XT / 6900 XT]', 'amd', 'amdgpu'],
    ]);
  });

  it('tell what their drivers tell everybody, and null for the rest', async () => {
    const { devices } = await read();
    expect(devices[0]).toMatchObject({ busy: null, frequencyHz: 600e6, maxFrequencyHz: 1_450e6, memoryUsedBytes: null, temperatureCelsius: null }); // prettier-ignore
    expect(devices[1]).toMatchObject({ busy: 0.37, memoryUsedBytes: 1_234_567_168, memoryTotalBytes: 17_163_091_968, temperatureCelsius: 51, powerWatts: 43, powerLimitWatts: 255, frequencyHz: 2_105e6, maxFrequencyHz: 2_475e6, memoryFrequencyHz: 1_000e6, fan: 0.2 }); // prettier-ignore
  });

  it('are read here once they have shown themselves quick, and no program is started', async () => {
    await read();
    const count = asked.length;
    writeFileSync(card('card2/device/gpu_busy_percent'), '99\n');
    const next = collector.read(signal) as GpuRaw;
    expect(next.devices[1]?.busy).toBe(0.99);
    expect(asked).toHaveLength(count);
  });

  it('are left asleep where they are, which is doing nothing', async () => {
    writeFileSync(card('card2/device/power/runtime_status'), 'suspended\n');
    const { devices } = await read();
    expect(devices[1]).toMatchObject({ id: '0000:03:00.0', busy: 0, temperatureCelsius: null });
    expect(asked.filter((path) => String(path).includes('card2'))).toEqual([]);
  });

  it('are unsupported where there are none', async () => {
    expect(collector.probe()).toEqual({ status: 'ok' });
    rmSync(join(root, 'sys'), { recursive: true });
    expect(collector.probe()).toMatchObject({ status: 'unsupported' });
  });
});

describe('a card of NVIDIA', () => {
  it('is told of by its maker’s tool where that is there', async () => {
    addNvidia();
    expect((await read()).devices[2]).toMatchObject({ name: 'NVIDIA GA102 [GeForce RTX 3080]', busy: null });
    expect(asked.filter((entry) => typeof entry === 'object')).toEqual([]);
    makeExecutable();
    await clock.advance(60_000);
    const { devices } = await read();
    expect(devices[2]).toMatchObject({ id: '0000:01:00.0', name: 'NVIDIA GeForce RTX 3080', busy: 0.37, memoryUsedBytes: 1_234 * 2 ** 20, powerWatts: 187.42, frequencyHz: 1_710e6, fan: 0.45 }); // prettier-ignore
    expect(asked).toContainEqual({ path: join(root, 'bin/nvidia-smi') });
  });

  it('is not asked for while it is asleep', async () => {
    addNvidia('suspended');
    makeExecutable();
    expect((await read()).devices[2]).toMatchObject({ busy: 0 });
    expect(asked.filter((entry) => typeof entry === 'object')).toEqual([]);
  });

  it('is told of without an entry among the screens, as on a server', async () => {
    rmSync(card(''), { recursive: true });
    makeTree(root, { 'bin/nvidia-smi': '' });
    makeExecutable();
    makeTree(join(root, 'proc/driver/nvidia/gpus'), { '0000-01-00.0/information': 'Model: …' });
    expect(collector.probe()).toMatchObject({ status: 'unsupported' });
    if (process.platform !== 'win32') makeTree(join(root, 'proc/driver/nvidia/gpus'), { '0000:01:00.0/information': 'Model: …' }); // prettier-ignore
    expect(collector.probe()).toEqual({ status: 'ok' });
    expect((await read()).devices).toMatchObject([{ id: '0000:01:00.0', vendor: 'nvidia', busy: 0.37 }]);
  });

  it('stays without figures where the tool hangs, which holds up nobody and is named', async () => {
    addNvidia();
    makeExecutable();
    await read();
    tool = () => {
      throw Object.assign(new Error('It fell silent.'), { code: 'timeout' });
    };
    await clock.advance(12_000);
    const startMs = clock.monotonic();
    const { devices } = await read();
    expect(clock.monotonic() - startMs).toBeLessThanOrEqual(100);
    expect(devices[1]?.busy).toBe(0.37);
    expect(devices[2]).toMatchObject({ vendor: 'nvidia', busy: null });
    expect(probe.stuck()).toEqual([`nvidiaSmi ${join(root, 'bin/nvidia-smi')}`]);
  });
});

describe('a line of nvidia-smi', () => {
  it('has nulls for what the card has not', () => {
    const text =
      '00000000:01:00.0, [N/A], 5, 10240, [Not Supported], [Unknown Error], N/A, , [GPU is lost], 1, -1, A, B';
    expect(parseNvidiaLine(text)).toEqual({ id: '0000:01:00.0', name: 'A, B', vendor: 'nvidia', driver: 'nvidia', busy: null, memoryUsedBytes: 5 * 2 ** 20, memoryTotalBytes: 10_240 * 2 ** 20, temperatureCelsius: null, powerWatts: null, powerLimitWatts: null, frequencyHz: null, maxFrequencyHz: null, memoryFrequencyHz: 1e6, fan: null }); // prettier-ignore
  });

  it.each(['', 'No devices were found', 'NVIDIA-SMI has failed because it couldn’t communicate with the NVIDIA driver.', '1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12'])('is none: %j', (text) => expect(parseNvidiaLine(text)).toBeNull()); // prettier-ignore

  it('gives a device of the right form or none, whatever it says', () => {
    const cell = fc.oneof(fc.constantFrom('00000000:01:00.0', '[N/A]', '5', '-5', '1e999', '9'.repeat(400)), fc.string()); // prettier-ignore
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 14 }), (cells) => {
        const device = parseNvidiaLine(['00000000:01:00.0', ...cells].join(', '));
        if (device) v.parse(gpuDeviceRawSchema, device);
      }),
      { numRuns: 2_000 },
    );
  });
});
