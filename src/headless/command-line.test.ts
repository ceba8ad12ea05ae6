import { describe, expect, it } from 'vitest';
import { parseCommandLine } from './command-line.ts';

const parse = (...args: string[]) => parseCommandLine(args, '1.2.3');

describe('the command line', () => {
  it('serves when it is told to, and when it is told nothing', () => {
    expect(parse()).toEqual({ command: 'serve', options: {} });
    expect(parse('serve')).toEqual({ command: 'serve', options: {} });
    const options = { port: 0, bind: '127.0.0.1', dataDir: '/x', json: true, maxClients: 3 };
    const flags = ['--port', '0', '--bind', '127.0.0.1', '--data-dir', '/x', '--json', '--max-clients', '3'];
    expect(parse(...flags)).toEqual({ command: 'serve', options });
    expect(parse('serve', ...flags)).toEqual({ command: 'serve', options });
    expect(parse(...flags, 'serve')).toEqual({ command: 'serve', options });
  });

  it('takes options before and after a command', () => {
    for (const args of [
      ['--data-dir', '/x', 'pair'],
      ['pair', '--data-dir', '/x'],
    ]) {
      expect(parse(...args)).toMatchObject({ command: 'pair', options: { dataDir: '/x' } });
    }
    expect(parse('token', 'list', '--data-dir', '/x')).toEqual({
      command: 'tokenList',
      options: { dataDir: '/x' },
    });
  });

  it('is called pulsewire, and its help names every command', () => {
    const { text } = parse('--help') as { text: string };
    expect(text).toMatch(/^Usage: pulsewire /);
    for (const name of ['serve', 'config', 'pair', 'token', 'audit', 'record'])
      expect(text).toContain(`\n  ${name} `);
    expect(parse('serve', '--help')).toMatchObject({
      text: expect.stringMatching(/^Usage: pulsewire serve /),
    });
    expect(parse('--version')).toEqual({ command: 'print', text: '1.2.3\n' });
  });

  it.each([
    [['serve', '--prot', '1'], /Unknown option '--prot'.*--port/],
    [['serve', 'extra'], /too many arguments/i],
    [['serv'], /Too many arguments|Unknown command/],
    [['serve', '--port', '70000'], /0 to 65535/],
  ])('refuses %j in one line', (args, message) => {
    const refused = parse(...args) as { command: string; message: string };
    expect(refused.command).toBe('refuse');
    expect(refused.message).toMatch(message);
    expect(refused.message).not.toContain('\n');
  });
});
