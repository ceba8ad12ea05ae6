import { describe, expect, it } from 'vitest';
import { commandLength } from '../../../shared/series/raw/process.ts';
import { deriveCommand, parseArguments } from './command-line.ts';
import { deriveGroup } from './derive-group.ts';
import { deriveIdleDelayMs } from './idle-delay.ts';
import { parsePidIo } from './parse-pid-io.ts';
import { parseResidentPages } from './parse-pid-statm.ts';
import { parsePasswd } from './user-names.ts';

const id = '3f2a91c07bd4e55d8e1f0a6c2b7d9e4413f2a91c07bd4e55d8e1f0a6c2b7d9e4';

describe('the group of a process', () => {
  it.each([
    ['0::/system.slice/nginx.service\n', 'nginx.service'],
    ['0::/system.slice/system-getty.slice/getty@tty1.service\n', 'getty@tty1.service'],
    ['0::/user.slice/user-1000.slice/user@1000.service/app.slice/app-gnome-org.mozilla.firefox-4711.scope\n', 'org.mozilla.firefox'],
    ['0::/user.slice/user-1000.slice/user@1000.service/app.slice/app-org.kde.dolphin@1f0a.service\n', 'org.kde.dolphin'],
    ['0::/user.slice/user-1000.slice/user@1000.service/app.slice/app-flatpak-com.example.My\\x2dApp-99.scope\n', 'com.example.My-App'],
    ['0::/user.slice/user-1000.slice/user@1000.service/app.slice/snap.firefox.firefox-0f3b.scope\n', 'firefox'],
    ['0::/user.slice/user-1000.slice/user@1000.service/session.slice/dbus.service\n', 'dbus.service'],
    [`0::/system.slice/docker-${id}.scope\n`, 'container 3f2a91c07bd4'],
    [`0::/kubepods.slice/kubepods-burstable.slice/cri-containerd-${id}.scope\n`, 'container 3f2a91c07bd4'],
    [`0::/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-${id}.scope/container\n`, 'container 3f2a91c07bd4'],
    [`12:cpuset:/docker/${id}\n1:name=systemd:/docker/${id}\n0::/\n`, 'container 3f2a91c07bd4'],
    ['0::/lxc.payload.web/system.slice/nginx.service\n', 'container web'],
    ['0::/machine.slice/machine-build\\x2dbox.scope/payload\n', 'build-box'],
    ['9:name=systemd:/system.slice/cron.service\n4:memory:/x\n', 'cron.service'],
  ])('is told by %s', (text, group) => {
    expect(deriveGroup(text)).toBe(group);
  }); // prettier-ignore

  it.each([
    '', '0::/\n', '0::/init.scope\n', '0::/user.slice/user-1000.slice/session-3.scope\n', 'nonsense', '0::relative\n',
    '0::/user.slice/user-1000.slice/user@1000.service\n', '9:name=systemd:/\n4:memory:/api/55d6\n', '0::/app-.scope\n',
  ])('is none of its own in %j', (text) => {
    expect(deriveGroup(text)).toBeNull();
  }); // prettier-ignore
});

describe('a command line', () => {
  it('has its arguments parted by blanks, and nothing at its end', () => {
    expect(deriveCommand(Buffer.from('/usr/bin/x\0-a\0b c\0'))).toBe('/usr/bin/x -a b c');
    expect(deriveCommand(Buffer.from('nginx: master process\0\0\0\0'))).toBe('nginx: master process');
    expect(deriveCommand(Buffer.alloc(0))).toBe('');
  });

  it('is cut between characters, never within one', () => {
    const text = `${'x'.repeat(commandLength - 1)}😀tail`;
    expect(deriveCommand(Buffer.from(text))).toBe('x'.repeat(commandLength - 1));
    expect(deriveCommand(Buffer.from('é'.repeat(2 * commandLength)))).toHaveLength(commandLength);
  });

  it('is whole, argument by argument, where it is asked for so', () => {
    expect(parseArguments(Buffer.from('a\0\0c d\0'))).toEqual(['a', '', 'c d']);
    expect(parseArguments(Buffer.from('over written'))).toEqual(['over written']);
    expect(parseArguments(Buffer.alloc(0))).toEqual([]);
  });
});

describe('names of users', () => {
  it('are those of /etc/passwd, the first of an id, without lines that are none', () => {
    const text =
      'root:x:0:0:root:/root:/bin/bash\n\n# a comment\ntoor:x:0:0::/:/bin/sh\nmail:x:8:8\nbad:x:minus:1\n';
    expect([...parsePasswd(text)]).toEqual([[0, 'root'], [8, 'mail']]); // prettier-ignore
  });
});

describe('/proc/PID/io', () => {
  it('gives what reached storage, and nothing where it does not say', () => {
    const text =
      'rchar: 90\nwchar: 80\nsyscr: 7\nsyscw: 6\nread_bytes: 4096\nwrite_bytes: 8192\ncancelled_write_bytes: 1\n';
    expect(parsePidIo(Buffer.from(text))).toEqual({ readBytes: 4_096, writtenBytes: 8_192 });
    expect(parsePidIo(Buffer.from('rchar: 90\nread_bytes: 4096\n'))).toBeNull();
    expect(parsePidIo(Buffer.alloc(0))).toBeNull();
  });
});

describe('/proc/PID/statm', () => {
  it('gives the pages that are in memory, and nothing where it is cut short or of another form', () => {
    const parse = (text: string) => parseResidentPages(Buffer.from(text), text.length);
    expect(parse('5900 456 430 6 0 110 0\n')).toBe(456);
    for (const text of [
      '',
      '5900',
      '5900 ',
      '5900 45',
      ' 45 6',
      '1 -3 4',
      '1 x 4',
      `1 ${'9'.repeat(30)} 2`,
    ]) {
      expect(parse(text), text).toBeNull();
    }
    // What stands behind the end is of an earlier reading.
    expect(parseResidentPages(Buffer.from('12 34 56'), 4)).toBeNull();
  });
});

describe('the pause of an idle process', () => {
  it('grows to five seconds, and parts those who fell idle together', () => {
    expect([0, 1, 2, 3, 4, 6, 60].map((reads) => deriveIdleDelayMs(7, reads))).toEqual([0, 0, 0, 2_000, 2_000, 5_000, 5_000]); // prettier-ignore
    expect([10, 11, 12, 13, 14].map((pid) => deriveIdleDelayMs(pid, 5))).toEqual([1_000, 2_000, 3_000, 4_000, 5_000]); // prettier-ignore
  });
});
