import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';

const metadataName = /^latest-linux(-[a-z0-9]+)?\.yml$/;

/** @typedef {{files: {url: string, sha512: string}[], path?: string, sha512?: string}} Metadata */

/**
 * What an installed app reads to learn of a newer version, of packages that are made one after the other: the packager writes it
 * for each of them as if there were no other.
 */
export class UpdateMetadata {
  /** @type {Map<string, Metadata>} */
  #byName = new Map();
  #folder;

  /** @param {string} folder */
  constructor(folder) {
    this.#folder = folder;
  }

  /**
   * What is left of packages made before is removed.
   *
   * @param {string} folder that the packages are put into; it need not exist
   * @returns {Promise<UpdateMetadata>}
   */
  static async begin(folder) {
    const metadata = new UpdateMetadata(folder);
    for (const name of await metadata.#names()) await rm(join(folder, name));
    return metadata;
  }

  /** Takes in what was written for the package that was made last, in place of which nothing stands then. */
  async take() {
    for (const name of await this.#names()) {
      const path = join(this.#folder, name);
      /** @type {Metadata} */
      const made = parse(await readFile(path, 'utf8'));
      await rm(path);
      const known = this.#byName.get(name);
      const files = [...(known?.files ?? []), ...made.files];
      // The one file that the oldest updaters read is the package that replaces itself.
      const first = files.find(({ url }) => url.endsWith('.AppImage')) ?? files[0];
      this.#byName.set(name, { ...made, files, ...(first && { path: first.url, sha512: first.sha512 }) });
    }
  }

  /** Writes what was taken in: one file an architecture, which names all its packages. */
  async write() {
    for (const [name, metadata] of this.#byName) {
      await writeFile(join(this.#folder, name), stringify(metadata, { lineWidth: 0 }));
    }
  }

  async #names() {
    const names = await readdir(this.#folder).catch(() => []);
    return names.filter((name) => metadataName.test(name));
  }
}
