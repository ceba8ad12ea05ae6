import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHostId, KnownHosts, type KnownHost } from './known-hosts.ts';
import type { TokenSeal } from './token-seal.ts';

const noKeyring: TokenSeal = {
  seal: () => null,
  unseal: () => {
    throw new Error('there is no keyring');
  },
};
const keyring: TokenSeal = {
  seal: (token) => Buffer.from(token).toString('hex'),
  unseal: (sealed) => Buffer.from(sealed, 'hex').toString(),
};

const host: KnownHost = {
  id: createHostId(),
  url: 'https://192.168.1.7:9740',
  name: 'nas',
  token: 'token-of-the-nas',
  fingerprint: 'ab'.repeat(32),
};

describe('the hosts that the app was paired with', () => {
  let parent: string;
  let folder: string;
  let logged: string[];
  const open = (seal: TokenSeal): KnownHosts =>
    new KnownHosts({ folder, seal, log: (level, message) => logged.push(`${level}: ${message}`) });

  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'pulsewire-hosts-'));
    folder = join(parent, 'hosts');
    logged = [];
  });
  afterEach(() => rm(parent, { recursive: true }));

  it('are none where nothing was kept, and reading makes nothing', async () => {
    expect(await open(noKeyring).list()).toEqual([]);
    expect(await readdir(parent)).toEqual([]);
  });

  it('are kept for their owner alone, in a folder that is too, and replaced whole', async () => {
    await mkdir(folder);
    await chmod(folder, 0o755);
    const hosts = open(noKeyring);
    const other = { ...host, id: createHostId(), url: 'http://127.0.0.1:9740', fingerprint: null };
    await hosts.save(host);
    await hosts.save(other);
    await hosts.save({ ...host, token: 'a newer one' });
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect((await readdir(folder)).sort()).toEqual([`${host.id}.json`, `${other.id}.json`].sort());
    for (const { id } of [host, other]) expect((await stat(hosts.pathOf(id))).mode & 0o777).toBe(0o600);
    const read = await open(noKeyring).list();
    expect(read).toHaveLength(2);
    expect(read).toEqual(expect.arrayContaining([{ ...host, token: 'a newer one' }, other]));
    expect(logged).toEqual([]);
  });

  it('have their tokens sealed where there is a keyring', async () => {
    await open(keyring).save(host);
    const text = await readFile(open(keyring).pathOf(host.id), 'utf8');
    expect(text).not.toContain(host.token);
    expect(text).toContain('sealed');
    expect(await open(keyring).list()).toEqual([host]);
  });

  it('are named in the log and left alone where they cannot be read', async () => {
    const hosts = open(noKeyring);
    await hosts.save(host);
    const bad = {
      '111111111111': '{"half',
      '222222222222': JSON.stringify({ url: host.url, name: 'x', fingerprint: 'no', token: { plain: 't' } }),
      '333333333333': JSON.stringify({
        url: host.url,
        name: 'x',
        fingerprint: null,
        token: { sealed: 'ff' },
      }),
    };
    for (const [id, text] of Object.entries(bad)) await writeFile(hosts.pathOf(id), text);
    await writeFile(join(folder, 'notes.txt'), 'not ours');
    expect(await hosts.list()).toEqual([host]);
    for (const [id, text] of Object.entries(bad)) {
      expect(logged.filter((line) => line.includes(hosts.pathOf(id)))).toHaveLength(1);
      expect(await readFile(hosts.pathOf(id), 'utf8')).toBe(text);
    }
    expect(logged).toHaveLength(3);
  });
});
