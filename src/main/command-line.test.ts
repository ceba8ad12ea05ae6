import { describe, expect, it } from 'vitest';
import { parseCommandLine, parseRelaunch } from './command-line.ts';

describe('parseCommandLine', () => {
  it('opens the dashboard where nothing else is asked for', () => {
    expect(parseCommandLine(['/app', '--no-sandbox'])).toEqual({
      view: 'dashboard',
      dataDir: null,
      port: null,
      replay: null,
      speed: null,
      link: null,
    });
  });

  it('reads its own switches, in both spellings, among those of Chromium', () => {
    const args = ['--quick', '--enable-features=A,B', '--data-dir', '/tmp/a b', '--port=0', '--no-sandbox'];
    expect(parseCommandLine(args)).toMatchObject({ view: 'quick', dataDir: '/tmp/a b', port: 0 });
    expect(parseCommandLine(['--data-dir=/x=y', '--hidden'])).toMatchObject({
      view: 'hidden',
      dataDir: '/x=y',
      port: null,
    });
  });

  it('is told of a recording and its speed', () => {
    expect(parseCommandLine(['--replay', 'day.br', '--speed=60'])).toMatchObject({
      replay: 'day.br',
      speed: 60,
    });
  });

  it('takes one link, and nothing after it for a switch', () => {
    const link = 'pulsewire://open/memory';
    expect(parseCommandLine(['--hidden', link, '--data-dir=/x', 'pulsewire://open/host'])).toMatchObject({
      view: 'hidden',
      dataDir: null,
      link,
    });
    expect(parseCommandLine(['--port=0', '--', '--data-dir=/x', 'PULSEWIRE:x'])).toMatchObject({
      port: 0,
      dataDir: null,
      link: 'PULSEWIRE:x',
    });
    expect(parseCommandLine(['--', '--quick'])).toMatchObject({ view: 'dashboard', link: null });
  });

  it.each([
    [['--data-dir']],
    [['--data-dir', '--quick']],
    [['--data-dir=']],
    [['--port', 'x']],
    [['--port=65536']],
    [['--replay']],
    [['--speed', '0']],
    [['--speed=fast']],
  ])('says what is wrong with %j', (args) => {
    expect(() => parseCommandLine(args)).toThrow(/needs a value|must be a number|speed is over 0/);
  });
});

describe('parseRelaunch', () => {
  it('takes the view and the link that a second instance asks for', () => {
    expect(parseRelaunch({ view: 'quick', link: null })).toEqual({ view: 'quick', link: null });
    expect(parseRelaunch({ view: 'dashboard', link: 'pulsewire:x' })).toMatchObject({ link: 'pulsewire:x' });
  });

  it.each([
    [null],
    [undefined],
    ['quick'],
    [{ view: 'other', link: null }],
    [{ view: 'quick', link: 1 }],
    [{ view: 'quick', link: 'x'.repeat(5_000) }],
    [[]],
  ])('opens the dashboard for %j', (data) => {
    expect(parseRelaunch(data)).toEqual({ view: 'dashboard', link: null });
  });
});
