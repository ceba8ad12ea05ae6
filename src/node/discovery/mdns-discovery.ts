import type { RemoteInfo } from 'node:dgram';
import { AUTHORITATIVE_ANSWER, type DecodedPacket } from 'dns-packet';
import type { Clock } from '../../shared/lifecycle/clock.ts';
import type { TaskScope } from '../../shared/lifecycle/task-scope.ts';
import type { Task } from '../../shared/lifecycle/task.ts';
import type { Discovery } from '../server/lan-sharing.ts';
import type { NearbyHosts } from '../server/sharing.ts';
import { MulticastSockets, type MulticastInterface } from './multicast-sockets.ts';
import { NearbyTable } from './nearby-hosts.ts';
import {
  createServiceRecords,
  deriveAnswers,
  isKnown,
  isSameName,
  serviceType,
  type AnnouncedService,
} from './service-records.ts';

export interface MdnsOptions {
  readonly clock: Clock;
  readonly scope: TaskScope;
  readonly interfaces: () => readonly MulticastInterface[];
  /** What is announced, as it is at that moment. */
  readonly service: () => AnnouncedService;
  readonly port?: number | undefined;
}

/** How often it is looked for networks that have come or gone. */
const refreshMs = 10_000;
/** A second announcement, for who missed the first. Source: RFC 6762 section 8.3. */
const repeatMs = 1_000;
/** No record is sent more often, whoever asks. Source: RFC 6762 section 6. */
const answerEveryMs = 1_000;
/** How long it is looked for hosts after somebody last asked for it. */
const leaseMs = 15_000;
/** How often hosts are asked for: soon again at first, then seldom. */
const [firstQueriesMs, queryEveryMs] = [[0, 1_000, 3_000], 30_000] as const;
const stepMs = 1_000;
/** How many records of one packet are looked at: a host needs five, and a packet has room for thousands. */
const maxRecords = 128;

/**
 * Discovery by multicast DNS: tells of this host while it is announced, listens for others while somebody looks. While
 * neither is wanted there is no socket and no timer. Source: RFC 6762 and RFC 6763.
 */
export class MdnsDiscovery implements Discovery {
  readonly #options: MdnsOptions;
  readonly #table: NearbyTable;
  #sockets: MulticastSockets | null = null;
  #upkeep: Task | null = null;
  #browsing: Task | null = null;
  #leaseEndsMs = 0;
  #announced: string | null = null;
  #isConflict = false;
  #answeredMs = -Infinity;
  #closing: Promise<void> = Promise.resolve();

  constructor(options: MdnsOptions) {
    this.#options = options;
    this.#table = new NearbyTable(options.clock, options.service().instanceId);
  }

  get announcedAs(): string | null {
    return this.#sockets?.isOpen ? this.#announced : null;
  }

  get message(): string | null {
    const problem = this.#announced === null ? null : (this.#sockets?.problem ?? null);
    return problem && `Hosts nearby are not told of this one. ${problem}`;
  }

  announce(): void {
    if (this.#announced !== null) return;
    this.#announced = this.#options.service().name;
    this.#keepSockets();
  }

  async withdraw(): Promise<void> {
    if (this.#announced !== null) {
      const goodbye = this.#response(true);
      this.#announced = null;
      await this.#sockets?.send(goodbye);
    }
    this.#releaseSockets();
    await this.#closing;
  }

  nearby(): NearbyHosts {
    return this.#table.list();
  }

  look(): void {
    const { clock, scope } = this.#options;
    this.#leaseEndsMs = clock.monotonic() + leaseMs;
    if (!this.#browsing && scope.state === 'open') {
      this.#browsing = scope.spawn('hosts nearby', (signal) => this.#browse(signal));
      void this.#browsing.done.then(() => {
        this.#browsing = null;
        this.#table.clear();
        this.#releaseSockets();
      });
    }
  }

  /** Opens sockets and keeps them on the networks that there are. */
  #keepSockets(): void {
    const { scope, interfaces, port } = this.#options;
    if (this.#sockets || scope.state !== 'open') return;
    const sockets = new MulticastSockets({
      interfaces,
      port,
      onPacket: (packet, from) => this.#receive(packet, from),
    });
    this.#sockets = sockets;
    this.#upkeep = scope.spawn('multicast', (signal) => this.#maintain(sockets, signal));
  }

  #releaseSockets(): void {
    const sockets = this.#sockets;
    if (!sockets || this.#announced !== null || this.#browsing) return;
    this.#sockets = null;
    void this.#upkeep?.cancel();
    this.#upkeep = null;
    this.#closing = sockets.close();
  }

  async #maintain(sockets: MulticastSockets, signal: AbortSignal): Promise<void> {
    const { clock } = this.#options;
    try {
      for (;;) {
        if (await sockets.refresh()) {
          this.#tell(sockets);
          await clock.sleep(repeatMs, signal);
          this.#tell(sockets);
        }
        await clock.sleep(refreshMs, signal);
      }
    } finally {
      await sockets.close();
    }
  }

  #tell(sockets: MulticastSockets): void {
    if (this.#announced !== null) void sockets.send(this.#response(false));
  }

  async #browse(signal: AbortSignal): Promise<void> {
    const { clock } = this.#options;
    const startMs = clock.monotonic();
    const due = [...firstQueriesMs] as number[];
    this.#keepSockets();
    // Sockets take a moment to open; what is asked before is asked again soon.
    while (clock.monotonic() < this.#leaseEndsMs) {
      const sinceMs = clock.monotonic() - startMs;
      if (sinceMs >= due[0]!) {
        due.shift();
        if (due.length === 0) due.push(sinceMs + queryEveryMs);
        void this.#sockets?.send({ type: 'query', questions: [{ type: 'PTR', name: serviceType }] });
      }
      await clock.sleep(stepMs, signal);
    }
  }

  #receive(packet: DecodedPacket, { address }: RemoteInfo): void {
    if (packet.type === 'query') {
      this.#answer(packet);
      return;
    }
    const records = [...(packet.answers ?? []), ...(packet.additionals ?? [])].slice(0, maxRecords);
    this.#noteConflict(records);
    if (this.#browsing) this.#table.take(records, address);
  }

  #answer({ questions = [], answers: known = [] }: DecodedPacket): void {
    const nowMs = this.#options.clock.monotonic();
    if (this.#announced === null || nowMs - this.#answeredMs < answerEveryMs) return;
    const records = this.#records(false);
    const answers = deriveAnswers(records, questions.slice(0, maxRecords));
    if (!answers || isKnown(records, known.slice(0, maxRecords))) return;
    this.#answeredMs = nowMs;
    void this.#sockets?.send({ type: 'response', flags: AUTHORITATIVE_ANSWER, ...answers });
  }

  /** Another host of the same name: this one is told apart by its id. */
  #noteConflict(records: DecodedPacket['answers'] & object): void {
    if (this.#announced === null || this.#isConflict) return;
    const own = this.#records(false).find((record) => record.type === 'SRV');
    const isRival = records.some(
      (record) =>
        record.type === 'SRV' &&
        own?.type === 'SRV' &&
        isSameName(record.name, own.name) &&
        !isSameName(record.data.target, own.data.target),
    );
    if (!isRival) return;
    this.#isConflict = true;
    const { name, instanceId } = this.#options.service();
    this.#announced = `${name.slice(0, 50)} (${instanceId.slice(0, 4)})`;
    if (this.#sockets) this.#tell(this.#sockets);
  }

  #response(isGoodbye: boolean): Parameters<MulticastSockets['send']>[0] {
    return { type: 'response', flags: AUTHORITATIVE_ANSWER, answers: this.#records(isGoodbye) };
  }

  #records(isGoodbye: boolean): ReturnType<typeof createServiceRecords> {
    const service = this.#options.service();
    return createServiceRecords({ ...service, name: this.#announced ?? service.name }, isGoodbye);
  }
}
