import { chmod, readFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../shared/lifecycle/clock.ts';
import { MonitorError } from '../../shared/lifecycle/monitor-error.ts';
import { makeFolder } from '../config/make-folder.ts';
import { writeWhole } from '../config/write-whole.ts';
import {
  createCertificate,
  createKey,
  isDue,
  parseCertificate,
  parseKey,
  type Certificate,
  type CertificateSubject,
} from './certificate.ts';
import type { Log } from './log.ts';

export interface CertificateStoreOptions {
  /** Made with mode 0700 at the first certificate. */
  readonly folder: string;
  readonly clock: Clock;
  readonly subject: () => CertificateSubject;
  readonly log: Log;
}

/**
 * The host's own certificate and its key, each in a file of mode 0600. Made at first use; made anew, for the same key,
 * before it ends. A file that cannot be understood is kept aside and named in a warning, and another is made.
 */
export class CertificateStore {
  readonly #options: CertificateStoreOptions;
  readonly #keyPath: string;
  readonly #certificatePath: string;

  constructor(options: CertificateStoreOptions) {
    this.#options = options;
    this.#keyPath = join(options.folder, 'key.pem');
    this.#certificatePath = join(options.folder, 'certificate.pem');
  }

  /** The certificate to show now, read, made or made anew. Throws `io` where the files cannot be read or written. */
  async load(): Promise<Certificate> {
    const { folder, clock, log, subject } = this.#options;
    try {
      await makeFolder(folder);
      await chmod(folder, 0o700);
      const key = await this.#read(this.#keyPath, (text) => parseKey(text) && text);
      const keyPem = key ?? (await createKey());
      if (key === null) await writeWhole(this.#keyPath, keyPem);
      const known = await this.#read(this.#certificatePath, (text) => parseCertificate(keyPem, text));
      if (known && !isDue(known, clock.wall())) return known;
      const made = await createCertificate(keyPem, subject(), clock.wall());
      await writeWhole(this.#certificatePath, made.certificatePem);
      log('info', `A certificate was ${known ? 'renewed' : 'made'}; its fingerprint is ${made.fingerprint}.`);
      return made;
    } catch (cause) {
      const message = `The certificate in ${folder} cannot be used: ${MonitorError.from(cause).message}`;
      throw new MonitorError('io', message, { cause });
    }
  }

  /** What a file holds; null where it is not there, or holds nothing of the kind and was put aside. */
  async #read<Value>(path: string, parse: (text: string) => Value): Promise<Value | null> {
    let text: string;
    try {
      text = await readFile(path, 'utf8');
      await this.#restrict(path);
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw thrown;
    }
    try {
      return parse(text);
    } catch (thrown) {
      const { message } = MonitorError.from(thrown);
      await rename(path, `${path}.broken`);
      this.#options.log('warning', `${path} was broken (${message}); it is kept as ${path}.broken.`);
      return null;
    }
  }

  async #restrict(path: string): Promise<void> {
    if (process.platform === 'win32' || ((await stat(path)).mode & 0o077) === 0) return;
    await chmod(path, 0o600);
    this.#options.log('warning', `${path} could be read by others; now it is its owner's alone.`);
  }
}
