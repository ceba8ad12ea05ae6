import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

const checksumsName = 'SHA256SUMS';

/**
 * @param {string} path of a file
 * @param {'sha256' | 'sha512'} algorithm
 * @param {'hex' | 'base64'} encoding
 * @returns {Promise<string>}
 */
export async function digestFile(path, algorithm, encoding) {
  const hash = createHash(algorithm);
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return hash.digest(encoding);
}

/**
 * Writes the checksums of all files of a folder into it, as `sha256sum -c` reads them.
 *
 * @param {string} folder
 * @returns {Promise<string[]>} the files, by name
 */
export async function writeChecksums(folder) {
  const names = (await readdir(folder)).filter((name) => name !== checksumsName).sort();
  const lines = [];
  for (const name of names) lines.push(`${await digestFile(join(folder, name), 'sha256', 'hex')}  ${name}\n`);
  await writeFile(join(folder, checksumsName), lines.join(''));
  return names;
}
