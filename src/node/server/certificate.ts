import { X509Certificate, createPrivateKey, randomBytes, webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
import { MonitorError } from '../../shared/lifecycle/monitor-error.ts';

/** A certificate with its key, as TLS takes them, and what people are told of it. */
export interface Certificate {
  readonly keyPem: string;
  readonly certificatePem: string;
  /** SHA-256 of the certificate as browsers show it: upper-case pairs with colons. */
  readonly fingerprint: string;
  /** Wall time, in milliseconds. */
  readonly startsMs: number;
  readonly endsMs: number;
}

/** Whom a certificate is for. */
export interface CertificateSubject {
  readonly hostName: string;
  readonly addresses: readonly string[];
}

const dayMs = 24 * 3_600_000;
/** About thirteen months: Apple's systems take no certificate of more than 398 days. */
export const certificateMs = 397 * dayMs;
/** How long before its end a certificate is made anew. */
export const renewBeforeMs = 30 * dayMs;
/** It starts in the past, so that a device whose clock is behind takes it too. */
const startBeforeMs = dayMs;
const algorithm = { name: 'ECDSA', namedCurve: 'P-256' } as const;

/** A new private key, ECDSA P-256, in PKCS 8. */
export async function createKey(): Promise<string> {
  const { privateKey } = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', privateKey));
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
    .export({ format: 'pem', type: 'pkcs8' })
    .toString();
}

/**
 * A certificate for a key, signed by itself. Source: RFC 5280. The library is loaded only here: it is needed once a
 * year, and costs more memory than all of the rest of sharing.
 */
export async function createCertificate(
  keyPem: string,
  subject: CertificateSubject,
  nowMs: number,
): Promise<Certificate> {
  await import('reflect-metadata');
  const x509 = await import('@peculiar/x509');
  const { subtle } = webcrypto;
  const privateKey = createPrivateKey(keyPem);
  const jwk = privateKey.export({ format: 'jwk' });
  const { d: _secret, ...publicJwk } = jwk;
  const keys = {
    privateKey: await subtle.importKey('jwk', jwk, algorithm, false, ['sign']),
    publicKey: await subtle.importKey('jwk', publicJwk, algorithm, true, ['verify']),
  };
  const startsMs = nowMs - startBeforeMs;
  const made = await x509.X509CertificateGenerator.createSelfSigned(
    {
      // A positive number without a leading zero, as RFC 5280 section 4.1.2.2 asks.
      serialNumber: `4${randomBytes(16).toString('hex').slice(1)}`,
      name: [{ CN: [subject.hostName || 'localhost'] }, { O: ['Pulsewire'] }],
      notBefore: new Date(startsMs),
      notAfter: new Date(startsMs + certificateMs),
      signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
      keys,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
        await x509.SubjectKeyIdentifierExtension.create(keys.publicKey, false, webcrypto),
        await x509.AuthorityKeyIdentifierExtension.create(keys.publicKey, false, webcrypto),
        new x509.SubjectAlternativeNameExtension(deriveNames(subject)),
      ],
    },
    webcrypto,
  );
  return parseCertificate(keyPem, `${made.toString('pem')}\n`);
}

/** What two files hold. Throws `invalidArgument` where they are no certificate and its key. */
export function parseCertificate(keyPem: string, certificatePem: string): Certificate {
  try {
    const certificate = new X509Certificate(certificatePem);
    if (!certificate.checkPrivateKey(parseKey(keyPem))) throw new Error('it is for another key');
    const [startsMs, endsMs] = [Date.parse(certificate.validFrom), Date.parse(certificate.validTo)];
    if (!Number.isFinite(startsMs) || !Number.isFinite(endsMs)) throw new Error('its dates cannot be read');
    return { keyPem, certificatePem, fingerprint: certificate.fingerprint256, startsMs, endsMs };
  } catch (cause) {
    throw new MonitorError('invalidArgument', (cause as Error).message, { cause });
  }
}

/** The key that a file holds. Throws where it is none of ours. */
export function parseKey(keyPem: string): ReturnType<typeof createPrivateKey> {
  const key = createPrivateKey(keyPem);
  if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') throw new Error('it is no key of ours');
  return key;
}

/** Whether a certificate should be made anew: it ends soon or has, or the clock says that it is yet to start. */
export function isDue(
  { startsMs, endsMs }: Pick<Certificate, 'startsMs' | 'endsMs'>,
  nowMs: number,
): boolean {
  return nowMs < startsMs || nowMs > endsMs - renewBeforeMs;
}

/** Everything that the host may be called by. Addresses with a zone mean something on one machine alone. */
function deriveNames({ hostName, addresses }: CertificateSubject): { type: 'dns' | 'ip'; value: string }[] {
  const names = new Set(hostName ? ['localhost', hostName, `${hostName}.local`] : ['localhost']);
  const usable = addresses.filter((address) => isIP(address) !== 0 && !address.includes('%'));
  return [
    ...[...names].map((value) => ({ type: 'dns' as const, value })),
    ...[...new Set(['127.0.0.1', '::1', ...usable])].map((value) => ({ type: 'ip' as const, value })),
  ];
}
