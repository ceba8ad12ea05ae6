import { describe, expect, it, vi } from 'vitest';
import { deriveAppProcesses, type AppMetric } from './app-processes.ts';

vi.mock('electron', () => ({ app: {}, BrowserWindow: {} }));

const metric = (pid: number, type: AppMetric['type'], more: Partial<AppMetric> = {}): AppMetric => ({
  pid,
  type,
  cpu: { cumulativeCPUUsage: 1.5 },
  memory: { workingSetSize: 2_048 },
  ...more,
});

describe('the processes of the app', () => {
  it('are named after what they draw or serve, in bytes and milliseconds', () => {
    const windows = [
      { pid: 2, url: 'app://pulsewire/index.html#cost' },
      { pid: 3, url: 'app://pulsewire/quick.html' },
    ];
    const found = deriveAppProcesses(
      [
        metric(1, 'Browser'),
        metric(2, 'Tab'),
        metric(3, 'Tab'),
        metric(4, 'GPU'),
        metric(5, 'Utility', { name: 'Network Service', serviceName: 'network.mojom.NetworkService' }),
        metric(6, 'Zygote'),
      ],
      windows,
    );
    expect(found.map(({ role, name }) => [role, name])).toEqual([
      ['browser', 'Browser'],
      ['window', 'dashboard'],
      ['window', 'quick view'],
      ['gpu', 'GPU'],
      ['utility', 'Network Service'],
      ['zygote', 'Zygote'],
    ]);
    expect(found[1]).toMatchObject({ pid: 2, cpuMs: 1_500, residentBytes: 2_097_152 });
  });

  it('have no processor time where this Electron does not add it up', () => {
    expect(deriveAppProcesses([metric(1, 'GPU', { cpu: {} })], [])[0]?.cpuMs).toBeNull();
  });
});
