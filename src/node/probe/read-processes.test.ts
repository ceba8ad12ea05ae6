import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { processRawSchema } from '../../shared/series/raw/process.ts';
import { deriveProcesses } from './read-processes.ts';

const bootedWallMs = new Date('2026-01-31T08:00:00').getTime();
const mac = { pid: 400, parentPid: 1, name: 'Safari', cpu: 150, memRss: 2_048, nice: 5, started: '2026-01-31 08:00:10', state: 'sleeping', user: 'ann', command: 'Safari', params: '--new', path: '/Applications/Safari.app' }; // prettier-ignore
const windows = { ...mac, name: 'svchost.exe', cpu: 25, user: '', nice: 0, state: 'unknown', command: '"C:\\Windows\\svchost.exe" -k net', params: '', path: 'C:\\Windows\\svchost.exe' }; // prettier-ignore
const facts = { platform: 'darwin' as NodeJS.Platform, cores: 8, bootedWallMs };

describe('the table of processes of another platform', () => {
  it('has what its ps tells, and says that it counts no ticks, threads or traffic', () => {
    const table = v.parse(processRawSchema, deriveProcesses([mac], facts, new Map()));
    expect(table).toMatchObject({ threads: null, pid: [400], startTicks: [1_000], name: ['Safari'], command: ['/Applications/Safari.app/Safari --new'], users: ['ann'], groups: ['Safari'], state: ['S'], nice: [5], cpuTicks: [null], threadCount: [null], cpuShares: [1.5], residentBytes: [2_097_152], readBytes: [null], ageMs: [0] }); // prettier-ignore
  });

  it('has shares of one core on Windows too, where the library tells those of all, from the second answer on', () => {
    const win = { ...facts, platform: 'win32' as const };
    const first = deriveProcesses([windows], win, new Map());
    expect(first).toMatchObject({ cpuShares: [null], command: ['"C:\\Windows\\svchost.exe" -k net'], state: ['?'] }); // prettier-ignore
    expect(deriveProcesses([windows], win, new Map([[400, 1_000]])).cpuShares).toEqual([2]);
  });

  it('keeps the start of a process as it was first told, where it only wavers', () => {
    expect(deriveProcesses([mac], facts, new Map([[400, 900]])).startTicks).toEqual([900]);
    expect(deriveProcesses([mac], facts, new Map([[400, 300]])).startTicks).toEqual([1_000]);
  });

  it('gives values whatever the library leaves out', () => {
    const odd = { ...mac, parentPid: NaN, cpu: NaN, memRss: NaN, nice: NaN, started: '', user: undefined, name: undefined, command: undefined, params: undefined, path: null }; // prettier-ignore
    const table = v.parse(processRawSchema, deriveProcesses([odd as never], facts, new Map()));
    expect(table).toMatchObject({ parentPid: [0], cpuShares: [null], residentBytes: [0], startTicks: [0] });
    expect(deriveProcesses([{ ...mac, pid: NaN }], facts, new Map()).pid).toEqual([]);
  });
});
