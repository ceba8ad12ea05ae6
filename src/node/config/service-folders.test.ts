import { describe, expect, it } from 'vitest';
import { readServiceFolders } from './service-folders.ts';

describe('folders that systemd gives its services', () => {
  const told = { STATE_DIRECTORY: '/var/lib/a:/var/lib/b', CONFIGURATION_DIRECTORY: '/etc/a' };

  it('are those of the process that systemd has started, the first of several', () => {
    expect(readServiceFolders({ ...told, SYSTEMD_EXEC_PID: '7' }, 7)).toEqual({
      state: '/var/lib/a',
      configuration: '/etc/a',
    });
    expect(readServiceFolders({ SYSTEMD_EXEC_PID: '7' }, 7)).toEqual({});
  });

  it('are not those of a process that a service has started, as a shell in a terminal', () => {
    expect(readServiceFolders({ ...told, SYSTEMD_EXEC_PID: '6' }, 7)).toEqual({});
    expect(readServiceFolders(told, 7)).toEqual({});
  });
});
