import { describe, expect, it } from 'vitest';
import { parseSettings } from './parse-settings.ts';

describe('a settings file with something wrong in it', () => {
  it('is in force but for what is wrong, which is named with its place', () => {
    const text =
      '{\n  "port": "x",\n  "view": {\n    "theme": "blue",\n    "density": "compact"\n  },\n  "prot": 1\n}';
    const { config, problems } = parseSettings(text);
    expect(config).toMatchObject({ view: { theme: 'system', density: 'compact' } });
    expect(config.port).toBeUndefined();
    expect(problems).toEqual([
      { key: 'port', line: 2, column: 11, message: 'must be a number' },
      { key: 'view.theme', line: 4, column: 14, message: 'must be one of "system", "light", "dark"' },
      { key: 'prot', line: 7, column: 11, message: 'is not a setting' },
    ]);
  });

  it('keeps of each wrong value what was in force before, and of the others takes the new', () => {
    const before = { view: { theme: 'dark', density: 'compact' }, budget: { cpuShare: 0.01 } };
    const text = '{"view": {"theme": 7}, "budget": {"cpuShare": 0.05}, "sampling": []}';
    const { written } = parseSettings(text, before);
    expect(written).toEqual({ view: { theme: 'dark' }, budget: { cpuShare: 0.05 }, sampling: [] });
    expect(before).toEqual({ view: { theme: 'dark', density: 'compact' }, budget: { cpuShare: 0.01 } });
  });

  it('takes the default where what was in force before does not fit what is new beside it', () => {
    const before = { limits: { minIntervalMs: 500 } };
    const text = '{"limits": {"minIntervalMs": 60000, "maxIntervalMs": 1000}}';
    expect(parseSettings(text, before).written).toEqual({
      limits: { minIntervalMs: 500, maxIntervalMs: 1000 },
    });
    const tight = '{"limits": {"queueMarkBytes": 9000, "queueCloseBytes": 8000}}';
    const { written, problems } = parseSettings(tight, { limits: { queueMarkBytes: 10_000 } });
    expect(written).toEqual({ limits: {} });
    expect(problems.map(({ key }) => key)).toEqual(['limits.queueMarkBytes', 'limits.queueCloseBytes']);
  });

  it.each([
    ['{"port": 1', 1, 11, 'this is not JSON'],
    ['{\n  // theme\n}', 2, 3, 'this is not JSON'],
    ['', 1, 1, 'this is not JSON'],
    ['[]', 1, 1, 'it must be an object, as {"port": 9740}'],
  ])('leaves everything as it was where it reads %j', (text, line, column, message) => {
    const before = { view: { theme: 'dark' } };
    const parsed = parseSettings(text, before);
    expect(parsed.written).toEqual(before);
    expect(parsed.config.view?.theme).toBe('dark');
    expect(parsed.problems).toEqual([{ key: '', line, column, message }]);
  });

  it('says of a key that stands there twice that the last one counts', () => {
    const { config, problems } = parseSettings('{"port": 1,\n"port": 2}');
    expect([config.port, problems[0]?.line]).toEqual([2, 2]);
    expect(problems[0]?.message).toContain('more than once');
  });

  it('takes the mark that some editors put before UTF-8', () => {
    expect(parseSettings('\uFEFF{"port": 1}')).toMatchObject({ config: { port: 1 }, problems: [] });
  });
});
