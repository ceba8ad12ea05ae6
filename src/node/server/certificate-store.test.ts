import { X509Certificate } from 'node:crypto';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../shared/lifecycle/fake-clock.ts';
import { CertificateStore } from './certificate-store.ts';
import { certificateMs, renewBeforeMs } from './certificate.ts';

const dayMs = 24 * 3_600_000;

describe('CertificateStore', () => {
  let folder: string;
  let logged: string[];
  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'pulsewire-tls-')), 'tls');
    logged = [];
  });
  afterEach(() => rm(join(folder, '..'), { recursive: true, force: true }));
  const create = (clock = new FakeClock()): CertificateStore =>
    new CertificateStore({
      folder,
      clock,
      subject: () => ({ hostName: 'desk', addresses: ['192.168.1.5', 'fd00::5', 'fe80::1%eth0'] }),
      log: (level, message) => logged.push(`${level}: ${message}`),
    });
  const text = (name: string): Promise<string> => readFile(join(folder, name), 'utf8');

  it('makes a certificate for the host’s names and addresses, valid about thirteen months', async () => {
    const clock = new FakeClock();
    const { certificatePem, fingerprint, startsMs, endsMs } = await create(clock).load();
    const certificate = new X509Certificate(certificatePem);
    expect(fingerprint).toBe(certificate.fingerprint256);
    expect(fingerprint).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
    expect(certificate.subject).toContain('CN=desk');
    for (const name of ['desk', 'desk.local', 'localhost']) expect(certificate.checkHost(name)).toBe(name);
    for (const ip of ['192.168.1.5', 'fd00::5', '127.0.0.1', '::1']) expect(certificate.checkIP(ip)).toBe(ip);
    expect(certificate.checkHost('evil.example')).toBeUndefined();
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.publicKey.asymmetricKeyDetails?.namedCurve).toBe('prime256v1');
    expect(certificate.ca).toBe(false);
    expect([endsMs - startsMs, endsMs - startsMs < 398 * dayMs]).toEqual([certificateMs, true]);
    expect(startsMs).toBe(clock.wall() - dayMs);
  });

  it('keeps both files for their owner alone, and takes that right back from others', async () => {
    const { fingerprint } = await create().load();
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    for (const name of ['key.pem', 'certificate.pem'])
      expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
    await chmod(join(folder, 'key.pem'), 0o644);
    expect((await create().load()).fingerprint).toBe(fingerprint);
    expect((await stat(join(folder, 'key.pem'))).mode & 0o777).toBe(0o600);
    expect(logged.at(-1)).toContain('could be read by others');
  });

  it('shows the same certificate until thirty days before its end, and then another for the same key', async () => {
    const clock = new FakeClock();
    const store = create(clock);
    const first = await store.load();
    clock.suspend(certificateMs - dayMs - renewBeforeMs);
    expect((await store.load()).fingerprint).toBe(first.fingerprint);
    clock.suspend(1);
    const second = await store.load();
    expect(second.fingerprint).not.toBe(first.fingerprint);
    expect(second.keyPem).toBe(first.keyPem);
    expect(second.endsMs).toBeGreaterThan(first.endsMs);
    expect((await create(clock).load()).fingerprint).toBe(second.fingerprint);
  });

  it('makes another where the clock was wrong when it was made, before or after', async () => {
    const made = await create(new FakeClock(Date.UTC(2040, 0, 1))).load();
    const corrected = await create(new FakeClock(Date.UTC(2026, 0, 1))).load();
    expect(corrected.fingerprint).not.toBe(made.fingerprint);
    expect(corrected.startsMs).toBeLessThan(Date.UTC(2026, 0, 1));
    const late = await create(new FakeClock(Date.UTC(2030, 0, 1))).load();
    expect(late.startsMs).toBe(Date.UTC(2030, 0, 1) - dayMs);
    expect(late.keyPem).toBe(made.keyPem);
  });

  it.each(['', '-----BEGIN CERTIFICATE-----\nMIIB', 'garbage'])(
    'puts a certificate aside that reads %j, and makes another for the same key',
    async (broken) => {
      const first = await create().load();
      await writeFile(join(folder, 'certificate.pem'), broken);
      const second = await create().load();
      expect(second.keyPem).toBe(first.keyPem);
      expect(await text('certificate.pem.broken')).toBe(broken);
      expect(logged.filter((line) => line.startsWith('warning'))).toHaveLength(1);
      expect(logged.at(-2)).toContain('certificate.pem was broken');
    },
  );

  it('puts a torn key aside with its certificate, and makes both anew', async () => {
    const first = await create().load();
    await writeFile(join(folder, 'key.pem'), first.keyPem.slice(0, 60));
    const second = await create().load();
    expect(second.keyPem).not.toBe(first.keyPem);
    expect((await readdir(folder)).sort()).toEqual([
      'certificate.pem',
      'certificate.pem.broken',
      'key.pem',
      'key.pem.broken',
    ]);
    expect((await create().load()).fingerprint).toBe(second.fingerprint);
  });

  it('says where the files cannot be kept, and overwrites nothing', async () => {
    await writeFile(join(folder, '..', 'file'), 'mine');
    const store = new CertificateStore({
      folder: join(folder, '..', 'file'),
      clock: new FakeClock(),
      subject: () => ({ hostName: '', addresses: [] }),
      log: () => undefined,
    });
    await expect(store.load()).rejects.toThrow(/The certificate in .*file cannot be used: /);
    expect(await readFile(join(folder, '..', 'file'), 'utf8')).toBe('mine');
  });
});
