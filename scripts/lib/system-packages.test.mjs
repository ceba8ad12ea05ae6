import { describe, expect, it } from 'vitest';
import { chooseNames, findMissing, parseCandidates, parseInstalled } from './system-packages.mjs';

// From dpkg-query on Debian 12 and on Ubuntu 24.04.
const debian12 = [
  'dbus\tinstalled\tdbus-system-bus (= 1.14.10-1~deb12u1), default-dbus-system-bus',
  'libgtk-3-0\tinstalled\tgtk3-binver-3.0.0',
  'chromium\tconfig-files\t',
  'fonts-dejavu-core\tinstalled\t',
  'libxtst6\tnot-installed\t',
  '',
].join('\n');
const ubuntu2404 = [
  'libasound2t64\tinstalled\tlibasound2 (= 1.2.11-1build2)',
  'libgtk-3-0t64\tinstalled\tgtk3-binver-3.0.0, libgtk-3-0 (= 3.24.41-4ubuntu1)',
  'libcups2t64\tinstalled\t',
].join('\n');

describe('parseInstalled', () => {
  it('knows packages and what they provide', () => {
    const installed = parseInstalled(debian12);
    expect(installed.has('libgtk-3-0')).toBe(true);
    expect(installed.has('default-dbus-system-bus')).toBe(true);
    expect(installed.has('dbus-system-bus')).toBe(true);
  });

  it('takes only what is installed: a removed package leaves its settings behind', () => {
    const installed = parseInstalled(debian12);
    expect(installed.has('chromium')).toBe(false);
    expect(installed.has('libxtst6')).toBe(false);
  });
});

describe('findMissing', () => {
  it('names the package to install, in the order asked for', () => {
    const installed = parseInstalled(debian12);
    expect(findMissing([['libxtst6'], ['libgtk-3-0'], ['chromium']], installed)).toEqual([
      'libxtst6',
      'chromium',
    ]);
  });

  it('is content with any of the alternatives', () => {
    const installed = parseInstalled(debian12);
    expect(findMissing([['fonts-liberation', 'fonts-dejavu-core']], installed)).toEqual([]);
    expect(findMissing([['fonts-liberation', 'fonts-noto']], installed)).toEqual(['fonts-liberation']);
  });

  it('knows the names of a newer release, with or without what they provide', () => {
    const installed = parseInstalled(ubuntu2404);
    expect(findMissing([['libasound2'], ['libgtk-3-0'], ['libcups2']], installed)).toEqual([]);
  });
});

describe('chooseNames', () => {
  const policy = [
    'libasound2:',
    '  Installed: (none)',
    '  Candidate: (none)',
    '  Version table:',
    'libasound2t64:',
    '  Installed: (none)',
    '  Candidate: 1.2.11-1build2',
    '  Version table:',
    '     1.2.11-1build2 500',
    'xvfb:',
    '  Installed: (none)',
    '  Candidate: 2:21.1.12-1ubuntu1',
    '  Version table:',
    '',
  ].join('\n');

  it('takes the name that apt can install', () => {
    const candidates = parseCandidates(policy);
    expect([...candidates]).toEqual(['libasound2t64', 'xvfb']);
    expect(chooseNames(['libasound2', 'xvfb'], candidates)).toEqual(['libasound2t64', 'xvfb']);
  });

  it('leaves a name that nobody knows for apt to refuse', () => {
    expect(chooseNames(['unheard-of'], new Set())).toEqual(['unheard-of']);
  });
});
