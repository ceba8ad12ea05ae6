import { createServer as createTlsServer, type Server as TlsServer } from 'node:tls';
import type { CloseReason } from '../../core/transport.ts';
import type { Clock } from '../../shared/lifecycle/clock.ts';
import { MonitorError } from '../../shared/lifecycle/monitor-error.ts';
import type { TaskScope } from '../../shared/lifecycle/task-scope.ts';
import { createPairingLink, type AccessParams, type Limits } from '../../shared/protocol/index.ts';
import type { CertificateStore } from './certificate-store.ts';
import { isDue, type Certificate } from './certificate.ts';
import type { ConnectionFacts, Entrance } from './entrance.ts';
import { anyAddress, type ListeningSockets } from './listening-sockets.ts';
import type { Log } from './log.ts';
import { formatAuthority, type OwnAddresses } from './own-addresses.ts';
import type { NearbyHosts, Sharing, SharingSettings, SharingStatus, SharingSwitch } from './sharing.ts';

/** Tells hosts nearby of this one, and hears of them. */
export interface Discovery {
  /** The name under which this host is announced; null while it is not. */
  readonly announcedAs: string | null;
  /** What stands in the way, for people; null where nothing does. */
  readonly message: string | null;
  announce(): void;
  /** Says goodbye. */
  withdraw(): Promise<void>;
  /** Those that were heard lately. */
  nearby(): NearbyHosts;
  /** Listens for them, and asks, for a while more. */
  look(): void;
}

/** Of a host that neither announces itself nor listens. */
export const noDiscovery: Discovery = {
  announcedAs: null,
  message: null,
  announce: () => undefined,
  withdraw: () => Promise.resolve(),
  nearby: () => [],
  look: () => undefined,
};

export interface LanSharingOptions {
  readonly clock: Clock;
  /** Owns all that sharing starts. */
  readonly scope: TaskScope;
  readonly log: Log;
  readonly limits: Pick<Limits, 'tlsHandshakeDeadlineMs'>;
  readonly settings: SharingSettings;
  /** Where the host listens in any case. */
  readonly localAddress: string;
  readonly localUrl: string;
  readonly sockets: ListeningSockets;
  readonly entrance: Entrance;
  readonly addresses: OwnAddresses;
  readonly certificates: Pick<CertificateStore, 'load'>;
  readonly discovery: Discovery;
  /** Hears of each TLS server before it serves. */
  readonly prepare: (server: TlsServer) => void;
  /** Ends the sessions of connections that match, each with a word. */
  readonly endSessions: (matches: (facts: ConnectionFacts) => boolean, reason: CloseReason) => void;
  /** Keeps the switch for the next start. */
  readonly remember: (settings: SharingSwitch) => Promise<void>;
}

/** How often the certificate's end is looked at, besides at each connection. */
const renewalCheckMs = 3_600_000;
const anyIPv4 = '0.0.0.0';

/**
 * The switch between loopback alone and the LAN. While it is on, the host's port answers on the LAN too, over TLS;
 * connections of this machine stay as they are whichever way it is turned. Turns are taken one after the other.
 */
export class LanSharing implements Sharing {
  readonly #options: LanSharingOptions;
  #settings: SharingSwitch;
  #state: SharingStatus['state'] = 'off';
  #message: string | null = null;
  #certificate: Certificate | null = null;
  #tls: TlsServer | null = null;
  #running: TaskScope | null = null;
  #renewing: Promise<void> | null = null;
  #retryRenewalMs = -Infinity;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: LanSharingOptions) {
    this.#options = options;
    this.#settings = { enabled: false, plainHttp: options.settings.plainHttp };
  }

  get plainHttp(): boolean {
    return this.#settings.plainHttp;
  }

  status(): SharingStatus {
    const { discovery } = this.#options;
    const urls = this.#urls();
    const nowhere =
      this.#state === 'on' && urls.length === 0 ? 'This machine has no address on a network now.' : null;
    return {
      state: this.#state,
      message: this.#message ?? nowhere ?? (this.#state === 'on' ? discovery.message : null),
      plainHttp: this.#settings.plainHttp,
      urls,
      fingerprint: this.#certificate?.fingerprint ?? null,
      certificateEndsWallMs: this.#certificate?.endsMs ?? null,
      announcedAs: discovery.announcedAs,
    };
  }

  nearby(): NearbyHosts {
    return this.#options.discovery.nearby();
  }

  look(): void {
    this.#options.discovery.look();
  }

  pairUrl(code: string): string {
    return createPairingLink(this.#urls()[0] ?? this.#options.localUrl, code);
  }

  /** Does what the settings ask for. Throws as `set` does. */
  start(): Promise<void> {
    const { enabled, plainHttp } = this.#options.settings;
    return this.#inTurn(() => this.#apply({ enabled, plainHttp }));
  }

  /** Says goodbye to hosts nearby, and changes nothing more. Idempotent. */
  close(): Promise<void> {
    return this.#inTurn(() => this.#withdraw());
  }

  set(change: AccessParams<'sharing.set'>): Promise<void> {
    return this.#inTurn(async () => {
      const settings = {
        enabled: change.enabled ?? this.#settings.enabled,
        plainHttp: change.plainHttp ?? this.#settings.plainHttp,
      };
      await this.#apply(settings);
      try {
        await this.#options.remember(settings);
      } catch (cause) {
        const done = settings.enabled ? 'on' : 'off';
        this.#message = `Sharing is ${done}, but only until the next start: ${MonitorError.from(cause).message}`;
        throw new MonitorError('io', this.#message, { cause });
      }
    });
  }

  async #apply(settings: SharingSwitch): Promise<void> {
    this.#message = null;
    if (settings.enabled && this.#state !== 'on') await this.#turnOn();
    if (!settings.enabled) await this.#turnOff();
    const noLongerPlain = this.#settings.plainHttp && !settings.plainHttp;
    this.#settings = settings;
    if (noLongerPlain) {
      this.#end(({ isLocal, encrypted }) => !isLocal && !encrypted, 'This host is shared over TLS only now.');
    }
  }

  async #turnOn(): Promise<void> {
    const { sockets, entrance, certificates, discovery, settings, scope, log } = this.#options;
    this.#state = 'starting';
    try {
      this.#certificate = await certificates.load();
      this.#tls = this.#createTls(this.#certificate);
      entrance.setTls(this.#tls);
      await sockets.change(this.#listenedOn(true));
      this.#running = scope.child('sharing');
      this.#running.loop('certificate renewal', renewalCheckMs, () => this.#renewIfDue());
    } catch (cause) {
      entrance.setTls(null);
      this.#state = 'failed';
      this.#message = `Sharing could not be turned on: ${MonitorError.from(cause).message}`;
      log('error', this.#message);
      throw new MonitorError('unavailable', this.#message, { cause });
    }
    this.#state = 'on';
    if (settings.announce) discovery.announce();
  }

  async #turnOff(): Promise<void> {
    const { sockets, entrance } = this.#options;
    if (this.#state === 'on') {
      await this.#withdraw();
      await sockets.change(this.#listenedOn(false));
      entrance.setTls(null);
      this.#end(({ isLocal }) => !isLocal, 'Sharing on the network was turned off.');
    }
    this.#state = 'off';
  }

  async #withdraw(): Promise<void> {
    await this.#running?.close('Sharing ends.');
    this.#running = null;
    await this.#options.discovery.withdraw();
  }

  /** Sessions say bye and close by themselves; nobody waits for them here, since one of them may have asked for it. */
  #end(matches: (facts: ConnectionFacts) => boolean, message: string): void {
    this.#options.endSessions(matches, { code: 'shutdown', message });
    this.#options.entrance.cut(matches);
  }

  #createTls({ keyPem, certificatePem }: Certificate): TlsServer {
    const server = createTlsServer({
      key: keyPem,
      cert: certificatePem,
      minVersion: 'TLSv1.2',
      ALPNProtocols: ['http/1.1'],
      handshakeTimeout: this.#options.limits.tlsHandshakeDeadlineMs,
    });
    // A connection is when a certificate that has ended, or a clock that was set, is noticed.
    server.on('connection', () => void this.#renewIfDue());
    server.on('tlsClientError', (_error, socket) => socket.destroy());
    this.#options.prepare(server);
    return server;
  }

  /** Shows a new certificate before the old one ends: to new connections, those that are open go on. */
  async #renewIfDue(): Promise<void> {
    const { clock } = this.#options;
    if (!this.#certificate || !isDue(this.#certificate, clock.wall())) return;
    if (clock.monotonic() < this.#retryRenewalMs) return;
    this.#renewing ??= this.#renew().finally(() => (this.#renewing = null));
    await this.#renewing;
  }

  async #renew(): Promise<void> {
    const { certificates, clock, log } = this.#options;
    try {
      const { keyPem, certificatePem } = (this.#certificate = await certificates.load());
      this.#tls?.setSecureContext({ key: keyPem, cert: certificatePem, minVersion: 'TLSv1.2' });
    } catch (thrown) {
      this.#retryRenewalMs = clock.monotonic() + renewalCheckMs;
      this.#message = `The certificate could not be renewed: ${MonitorError.from(thrown).message}`;
      log('error', this.#message);
    }
  }

  #listenedOn(shared: boolean): readonly string[] {
    const { localAddress, settings } = this.#options;
    if (!shared) return [localAddress];
    const { address } = settings;
    const covers = address === anyAddress || (address === anyIPv4 && !localAddress.includes(':'));
    return covers ? [address] : [localAddress, address];
  }

  #urls(): string[] {
    if (this.#state !== 'on') return [];
    const { settings, addresses, sockets } = this.#options;
    const { address } = settings;
    const reached =
      address === anyAddress
        ? addresses.reachable()
        : address === anyIPv4
          ? addresses.reachable().filter((own) => !own.includes(':'))
          : [address];
    const schemes = this.#settings.plainHttp ? ['https', 'http'] : ['https'];
    return schemes.flatMap((scheme) =>
      reached.map((own) => `${scheme}://${formatAuthority(own, sockets.port)}`),
    );
  }

  async #inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const turn = this.#turn.then(work, work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}
