import { describe, expect, it } from 'vitest';
import { deriveGivenLayer, givenEntries, parseEnvironment } from './given-settings.ts';

describe('settings that the environment gives', () => {
  it('are read by their variables, each as its kind', () => {
    const { values, problems } = parseEnvironment({
      PULSEWIRE_PORT: '0',
      PULSEWIRE_BIND: '192.168.1.5',
      PULSEWIRE_SHARE: 'no',
      PULSEWIRE_SHARE_PLAIN_HTTP: '1',
      PULSEWIRE_TRUSTED_PROXIES: '127.0.0.1, 10.0.0.0/8',
      PULSEWIRE_ALLOWED_HOSTS: 'monitor.example.org',
      PULSEWIRE_DATA_DIR: '/srv/p',
      PULSEWIRE_MAX_CLIENTS: '100',
      PULSEWIRE_LOG_LEVEL: 'warning',
      PULSEWIRE_CONFIG: '',
      PULSEWIRE_URL: 'of somebody else',
    });
    expect(problems).toEqual([]);
    expect(values).toEqual({
      port: 0,
      bind: '192.168.1.5',
      share: false,
      sharePlainHttp: true,
      trustedProxies: ['127.0.0.1', '10.0.0.0/8'],
      allowedHosts: ['monitor.example.org'],
      dataDir: '/srv/p',
      maxClients: 100,
      logLevel: 'warning',
    });
  });

  it.each([
    ['PULSEWIRE_PORT', 'tcp://10.0.0.1:9740', 'must be a number'],
    ['PULSEWIRE_PORT', '70000', 'must be 0 to 65535'],
    ['PULSEWIRE_PORT', '1.5', 'must be a whole number'],
    ['PULSEWIRE_SHARE', 'maybe', 'must be true or false'],
    ['PULSEWIRE_BIND', 'desk.local', 'must be an address of this machine'],
    ['PULSEWIRE_TRUSTED_PROXIES', '127.0.0.1,all', 'must be an address, as 127.0.0.1, or a range'],
    ['PULSEWIRE_ALLOWED_HOSTS', 'a.example:443', 'must be a name without a port'],
    ['PULSEWIRE_MAX_CLIENTS', '0', 'must be at least 1'],
    ['PULSEWIRE_LOG_LEVEL', 'loud', 'must be one of'],
    ['PULSEWIRE_LOG_FILE', 'here.log', 'must be the whole path'],
  ])('are refused where they make no sense, by name: %s=%s', (variable, text, message) => {
    const { values, problems } = parseEnvironment({ [variable]: text });
    expect(values).toEqual({});
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(`The variable ${variable} is "${text}", and ${message}`);
  });

  it('are under what the command line gives, and each is told by what it was given', () => {
    const { values, origins } = deriveGivenLayer(
      { port: 1, share: true, maxClients: 3 },
      { port: 2, logLevel: 'error', dataDir: '/x' },
    );
    expect(values).toEqual({
      port: 2,
      sharing: { enabled: true },
      limits: { maxClients: 3, maxClientsPerAddress: 8 },
      log: { level: 'error' },
    });
    expect(Object.fromEntries(origins)).toEqual({
      port: '--port',
      'sharing.enabled': 'PULSEWIRE_SHARE',
      'limits.maxClients': 'PULSEWIRE_MAX_CLIENTS',
      'limits.maxClientsPerAddress': 'PULSEWIRE_MAX_CLIENTS',
      'log.level': '--log-level',
    });
  });

  it('have variables that are named after their flags', () => {
    for (const [, { flags, variable }] of givenEntries) {
      if (flags === null) continue;
      const [flag = ''] = flags.split(' ', 1);
      expect(variable).toBe(`PULSEWIRE_${flag.slice(2).replaceAll('-', '_').toUpperCase()}`);
    }
  });
});
