import { describe, expect, it } from 'vitest';
import { parseFpmArguments } from './deb-by-dpkg.mjs';

const usual = [
  '-s',
  'dir',
  '--force',
  '-t',
  'deb',
  '--name',
  'pulsewire',
  '--version',
  '1.2.3',
  '--package',
  '/out/p.deb',
];

describe('parseFpmArguments', () => {
  it('reads what electron-builder gives to fpm', () => {
    const args = [
      ...usual,
      ...[
        '-d',
        'libgtk-3-0',
        '-d',
        'xdg-utils',
        '--deb-recommends',
        'libsecret-1-0',
        '--deb-compression',
        'gz',
      ],
      ...['--architecture', 'amd64', '--after-install', '/tmp/in', '--after-remove', '/tmp/out'],
      ...['--description', 'Monitor\n What it shows.', '--maintainer', 'Somebody <a@example.org>'],
      ...[
        '--vendor',
        'Somebody',
        '--url',
        'https://example.org/',
        '--category',
        'utils',
        '--deb-priority',
        'optional',
      ],
      ...['--license', 'MIT', '/dist/linux-unpacked/=/opt/Pulsewire', 'build/a=b.sh=/usr/bin/pulsewire'],
    ];
    expect(parseFpmArguments(args)).toEqual({
      outputPath: '/out/p.deb',
      control: {
        Package: 'pulsewire',
        Version: '1.2.3',
        Architecture: 'amd64',
        Maintainer: 'Somebody <a@example.org>',
        Section: 'utils',
        Priority: 'optional',
        Depends: 'libgtk-3-0, xdg-utils',
        Recommends: 'libsecret-1-0',
        Homepage: 'https://example.org/',
        Description: 'Monitor\n What it shows.',
      },
      postinst: '/tmp/in',
      postrm: '/tmp/out',
      compression: 'gzip',
      files: [
        { from: '/dist/linux-unpacked/', to: '/opt/Pulsewire' },
        { from: 'build/a=b.sh', to: '/usr/bin/pulsewire' },
      ],
    });
  });

  it('refuses what it does not know, and other packages', () => {
    expect(() => parseFpmArguments([...usual, '--deb-systemd', 'x.service'])).toThrow('--deb-systemd');
    expect(() => parseFpmArguments(['-s', 'dir', '-t', 'rpm'])).toThrow('no rpm');
  });
});
