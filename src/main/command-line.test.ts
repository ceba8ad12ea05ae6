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
  it('takes the view that a second instance asks for', () => {
    expect(parseRelaunch({ view: 'quick' })).toBe('quick');
  });

  it.each([[null], [undefined], ['quick'], [{ view: 'other' }], [[]]])(
    'opens the dashboard for %j',
    (data) => {
      expect(parseRelaunch(data)).toBe('dashboard');
    },
  );
});
