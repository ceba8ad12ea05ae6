import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withoutChromium } from '../node/probe/fork-probe.ts';
import { findHandOver } from './find-hand-over.ts';

describe('findHandOver', () => {
  it('hands a command over with all that belongs to it', () => {
    const args = ['token', 'create', '--name', 'grafana', '--scope', 'view'];
    const found = findHandOver([...withoutChromium, ...args]);
    expect(basename(found?.entry ?? '')).toBe('headless.js');
    expect(found?.args).toEqual(args);
  });

  it('hands help and version over', () => {
    expect(findHandOver(['--help'])?.args).toEqual(['--help']);
    expect(findHandOver(['--version'])?.args).toEqual(['--version']);
  });

  it('leaves to the app what begins with anything else', () => {
    for (const args of [
      [],
      [...withoutChromium],
      ['--hidden'],
      ['--data-dir', 'serve'],
      ['--port=1', 'serve'],
      ['pulsewire://open/sharing', 'serve'],
      ['/opt/Pulsewire/serve'],
      ['Serve'],
    ]) {
      expect(findHandOver(args)).toBeNull();
    }
  });

  it('hands over to the probe process beside the program, and to no other file', () => {
    const probe = join(import.meta.dirname, 'probe-process.js');
    expect(findHandOver([...withoutChromium, probe])).toEqual({ entry: probe, args: [] });
    expect(findHandOver(['/tmp/probe-process.js'])).toBeNull();
  });
});
