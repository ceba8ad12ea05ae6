import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createInflateRaw } from 'node:zlib';

// Signatures and offsets: PKWARE APPNOTE.TXT 4.3.7 (local header), 4.3.12 (central), 4.3.16 (end).
const endSignature = 0x06054b50;
const centralSignature = 0x02014b50;
const localSignature = 0x04034b50;
const endRecordBytes = 22;
const longestComment = 0xffff;
const stored = 0;
const deflated = 8;
const chunkBytes = 1 << 20;

/**
 * @typedef {object} ZipEntry
 * @property {string} name with `/`; ends with `/` for a folder
 * @property {number} mode Unix permission bits, 0 where the archive has none
 * @property {boolean} isLink
 * @property {number} method
 * @property {number} compressedBytes
 * @property {number} bytes
 * @property {number} headerOffset
 */

/**
 * Unpacks an archive with its permission bits. Written here because nothing on a bare machine does
 * it: `unzip` may be absent, and Python's zipfile module loses the executable bits.
 * Zip64, encryption and symbolic links are refused, as is a name that leads out of the folder.
 *
 * @param {string} archivePath
 * @param {string} folder existing or not
 * @param {(name: string) => string | undefined} place where in the folder an entry goes; undefined leaves it out
 * @returns {Promise<Map<string, number>>} the size of each file written, by its place
 */
export async function extractZip(archivePath, folder, place) {
  const file = await open(archivePath, 'r');
  try {
    /** @type {Map<string, number>} */
    const written = new Map();
    for (const entry of await readEntries(file)) {
      const target = place(entry.name);
      if (target === undefined || entry.name.endsWith('/')) continue;
      await extractEntry(archivePath, await locateContent(file, entry), entry, resolveInside(folder, target));
      written.set(target, entry.bytes);
    }
    return written;
  } finally {
    await file.close();
  }
}

/** @param {import('node:fs/promises').FileHandle} file @returns {Promise<ZipEntry[]>} */
async function readEntries(file) {
  const { size } = await file.stat();
  const tail = await readAt(file, Math.max(0, size - endRecordBytes - longestComment), size);
  let end = tail.length - endRecordBytes;
  while (end >= 0 && tail.readUInt32LE(end) !== endSignature) end -= 1;
  if (end < 0) throw new Error('it is no zip archive, or it is cut short');
  const count = tail.readUInt16LE(end + 10);
  const directoryBytes = tail.readUInt32LE(end + 12);
  const directoryOffset = tail.readUInt32LE(end + 16);
  if (count === 0xffff || directoryOffset === 0xffffffff) throw new Error('it is a zip64 archive');

  const directory = await readAt(file, directoryOffset, directoryOffset + directoryBytes);
  /** @type {ZipEntry[]} */
  const entries = [];
  for (let offset = 0; entries.length < count;) {
    if (directory.readUInt32LE(offset) !== centralSignature) throw new Error('its directory is damaged');
    const nameBytes = directory.readUInt16LE(offset + 28);
    const unixMode = directory.readUInt32LE(offset + 38) >>> 16;
    entries.push({
      name: directory.toString('utf8', offset + 46, offset + 46 + nameBytes),
      mode: unixMode & 0o777,
      isLink: (unixMode & 0o170000) === 0o120000,
      method: directory.readUInt16LE(offset + 10),
      compressedBytes: directory.readUInt32LE(offset + 20),
      bytes: directory.readUInt32LE(offset + 24),
      headerOffset: directory.readUInt32LE(offset + 42),
    });
    offset += 46 + nameBytes + directory.readUInt16LE(offset + 30) + directory.readUInt16LE(offset + 32);
  }
  return entries;
}

/** @param {import('node:fs/promises').FileHandle} file @param {ZipEntry} entry @returns {Promise<number>} */
async function locateContent(file, entry) {
  if (entry.isLink || (entry.method !== stored && entry.method !== deflated)) {
    throw new Error(`its entry ${entry.name} is of an unknown kind`);
  }
  const header = await readAt(file, entry.headerOffset, entry.headerOffset + 30);
  if (header.readUInt32LE(0) !== localSignature) throw new Error(`its entry ${entry.name} is damaged`);
  return entry.headerOffset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
}

/** @param {string} archivePath @param {number} start @param {ZipEntry} entry @param {string} target */
async function extractEntry(archivePath, start, entry, target) {
  await mkdir(dirname(target), { recursive: true });
  const mode = entry.mode === 0 ? 0o644 : entry.mode;
  if (entry.compressedBytes === 0) {
    await writeFile(target, '', { mode });
    return;
  }
  let bytes = 0;
  const counter = new Transform({
    transform(chunk, _encoding, done) {
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  const source = createReadStream(archivePath, {
    start,
    end: start + entry.compressedBytes - 1,
    highWaterMark: chunkBytes,
  });
  const output = createWriteStream(target, { mode });
  if (entry.method === stored) await pipeline(source, counter, output);
  else await pipeline(source, createInflateRaw({ chunkSize: chunkBytes }), counter, output);
  if (bytes !== entry.bytes) throw new Error(`its entry ${entry.name} is damaged`);
}

/** @param {import('node:fs/promises').FileHandle} file @param {number} from @param {number} to */
async function readAt(file, from, to) {
  const buffer = Buffer.alloc(to - from);
  const { bytesRead } = await file.read(buffer, 0, buffer.length, from);
  if (bytesRead !== buffer.length) throw new Error('it is cut short');
  return buffer;
}

/** @param {string} folder @param {string} name */
function resolveInside(folder, name) {
  if (name.startsWith('/') || name.includes('\\') || name.split('/').includes('..')) {
    throw new Error(`its entry ${name} leads out of the folder`);
  }
  return join(folder, name);
}
