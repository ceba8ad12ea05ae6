import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { parse } from 'yaml';
import { describeError } from '../script-error.mjs';
import { digestFile } from './checksums.mjs';

/** What an installed app reads to learn of a newer version (electron-updater), as far as it is checked. */
const metadataSchema = v.object({
  version: v.string(),
  files: v.pipe(
    v.array(v.object({ url: v.string(), sha512: v.string(), size: v.optional(v.number()) })),
    v.minLength(1),
  ),
});

/** latest.yml of Windows, latest-mac.yml, latest-linux.yml, latest-linux-arm64.yml … */
const metadataName = /^latest(-[a-z0-9-]+)?\.yml$/;

/**
 * What is wrong with the update metadata of a folder: what it names must lie beside it, byte for byte.
 *
 * @param {string} folder
 * @param {string} version that it should announce
 * @returns {Promise<string[]>} a sentence each
 */
export async function findMetadataProblems(folder, version) {
  const names = (await readdir(folder)).filter((name) => metadataName.test(name)).sort();
  const problems = await Promise.all(
    names.map(async (name) => {
      const metadata = parseMetadata(await readFile(join(folder, name), 'utf8'));
      if (typeof metadata === 'string') return [`${name}: ${metadata}.`];
      const wrong =
        metadata.version === version ? [] : [`${name} announces ${metadata.version}, not ${version}.`];
      for (const file of metadata.files) wrong.push(...(await findFileProblems(folder, name, file)));
      return wrong;
    }),
  );
  return problems.flat();
}

/** @param {string} text @returns {v.InferOutput<typeof metadataSchema> | string} what is wrong with it, where something is */
function parseMetadata(text) {
  try {
    return v.parse(metadataSchema, parse(text));
  } catch (error) {
    return describeError(error);
  }
}

/**
 * @param {string} folder @param {string} name
 * @param {{url: string, sha512: string, size?: number | undefined}} file
 * @returns {Promise<string[]>}
 */
async function findFileProblems(folder, name, { url, sha512, size }) {
  const path = join(folder, url);
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return [`${name} names ${url}, which is not there.`];
  if (size !== undefined && size !== found.size) return [`${name} gives ${url} another size.`];
  return (await digestFile(path, 'sha512', 'base64')) === sha512
    ? []
    : [`${name} gives ${url} another checksum.`];
}
