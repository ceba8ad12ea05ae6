import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { extractZip } from './zip-archive.mjs';

let folder = '';
let archive = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pulsewire-zip-'));
  archive = join(folder, 'a.zip');
});

afterEach(() => rm(folder, { recursive: true }));

/**
 * @param {{name: string, text?: string, mode?: number, stored?: boolean, claimedBytes?: number}[]} entries
 * @returns {Buffer}
 */
function createZip(entries) {
  /** @type {Buffer[]} */
  const parts = [];
  /** @type {Buffer[]} */
  const directory = [];
  let offset = 0;
  for (const { name, text = '', mode = 0o100644, stored = false, claimedBytes } of entries) {
    const body = stored ? Buffer.from(text) : deflateRawSync(text);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(name.length, 26);
    parts.push(local, Buffer.from(name), body);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(stored ? 0 : 8, 10);
    central.writeUInt32LE(body.length, 20);
    central.writeUInt32LE(claimedBytes ?? text.length, 24);
    central.writeUInt16LE(name.length, 28);
    central.writeUInt32LE((mode << 16) >>> 0, 38);
    central.writeUInt32LE(offset, 42);
    directory.push(central, Buffer.from(name));
    offset += 30 + name.length + body.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, ...directory, end]);
}

/** @param {string} name */
const everything = (name) => name;

describe('extractZip', () => {
  it('unpacks with permission bits, compressed or not, into the places named', async () => {
    const entries = [
      { name: 'App/' },
      { name: 'App/run', text: 'program '.repeat(1000), mode: 0o100755 },
      { name: 'App/notes.txt', text: 'plain', stored: true },
      { name: 'App/empty', text: '', stored: true },
      { name: 'App/left-out', text: 'x' },
    ];
    await writeFile(archive, createZip(entries));
    const written = await extractZip(archive, join(folder, 'to'), (name) =>
      name.endsWith('left-out') ? undefined : name.replace('App/', 'dist/'),
    );
    expect([...written]).toEqual([
      ['dist/run', 8000],
      ['dist/notes.txt', 5],
      ['dist/empty', 0],
    ]);
    expect(await readFile(join(folder, 'to/dist/run'), 'utf8')).toBe('program '.repeat(1000));
    expect((await stat(join(folder, 'to/dist/run'))).mode & 0o777).toBe(0o755);
    expect(await readFile(join(folder, 'to/dist/notes.txt'), 'utf8')).toBe('plain');
  });

  it('refuses a name that leads out of the folder', async () => {
    for (const name of ['../evil', '/evil', 'a/../../evil', '..\\evil']) {
      await writeFile(archive, createZip([{ name, text: 'x' }]));
      await expect(extractZip(archive, join(folder, 'to'), everything)).rejects.toThrow(/leads out/);
    }
  });

  it('refuses links', async () => {
    await writeFile(archive, createZip([{ name: 'link', text: '/etc/passwd', mode: 0o120777 }]));
    await expect(extractZip(archive, join(folder, 'to'), everything)).rejects.toThrow(/unknown kind/);
  });

  it('notices an archive that is cut short, and content that is not what it claims', async () => {
    const whole = createZip([{ name: 'a', text: 'text' }]);
    await writeFile(archive, whole.subarray(0, whole.length - 8));
    await expect(extractZip(archive, folder, everything)).rejects.toThrow(/cut short/);
    await writeFile(archive, createZip([{ name: 'a', text: 'text', claimedBytes: 5 }]));
    await expect(extractZip(archive, folder, everything)).rejects.toThrow(/damaged/);
  });
});
