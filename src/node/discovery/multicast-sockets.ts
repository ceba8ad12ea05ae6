import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { BlockList } from 'node:net';
import { decode, encode, type DecodedPacket, type Packet } from 'dns-packet';
import { MonitorError } from '../../shared/lifecycle/monitor-error.ts';

/** An interface with an IPv4 network on which hosts may be. */
export interface MulticastInterface {
  readonly address: string;
  /** Length of the network's prefix, in bits. */
  readonly prefix: number;
}

export interface MulticastOptions {
  readonly interfaces: () => readonly MulticastInterface[];
  /** Hears of each packet that could be read. `from` is of the interface's own network. */
  readonly onPacket: (packet: DecodedPacket, from: RemoteInfo) => void;
  /** Where tests do not want the real one. */
  readonly port?: number | undefined;
}

/** Multicast DNS. Source: RFC 6762 section 3. */
const [group, mdnsPort] = ['224.0.0.251', 5353];

interface OpenSocket {
  readonly socket: Socket;
  readonly network: BlockList;
}

/**
 * One socket for each interface, so that all of its networks hear the host. Networks come and go: a socket that fails is
 * dropped, and `refresh` opens what is missing. Nothing that the network does or sends throws here.
 */
export class MulticastSockets {
  readonly #options: MulticastOptions;
  readonly #sockets = new Map<string, OpenSocket>();
  readonly #ending = new Set<Promise<void>>();
  #problem: string | null = null;
  #isEnded = false;

  constructor(options: MulticastOptions) {
    this.#options = options;
  }

  /** Whether there is a network on which somebody could be heard. */
  get isOpen(): boolean {
    return this.#sockets.size > 0;
  }

  /** Why nobody is heard, for people; null where somebody could be. */
  get problem(): string | null {
    return this.#sockets.size > 0 ? null : this.#problem;
  }

  /** Opens sockets on interfaces that have come, closes those of interfaces that have gone. Whether any was opened. */
  async refresh(): Promise<boolean> {
    const wanted = new Map(this.#options.interfaces().map((entry) => [entry.address, entry]));
    for (const address of this.#sockets.keys()) if (!wanted.has(address)) this.#drop(address);
    const missing = [...wanted.values()].filter(({ address }) => !this.#sockets.has(address));
    const opened = await Promise.all(missing.map((entry) => this.#openOn(entry)));
    return opened.includes(true);
  }

  /** Sends to every network; resolves once it has left. What cannot be sent is lost, as datagrams are. */
  async send(packet: Packet): Promise<void> {
    const bytes = encode(packet);
    const sent = [...this.#sockets].map(
      ([address, { socket }]) =>
        new Promise<void>((resolve) => {
          socket.send(bytes, this.#port, group, (error) => {
            if (error) this.#drop(address);
            resolve();
          });
        }),
    );
    await Promise.all(sent);
  }

  /** Resolves once no socket is open any more. Idempotent. */
  async close(): Promise<void> {
    this.#isEnded = true;
    for (const address of this.#sockets.keys()) this.#drop(address);
    await Promise.all(this.#ending);
  }

  get #port(): number {
    return this.#options.port ?? mdnsPort;
  }

  #openOn({ address, prefix }: MulticastInterface): Promise<boolean> {
    const network = new BlockList();
    network.addSubnet(address, prefix, 'ipv4');
    const socket = createSocket({ type: 'udp4', reuseAddr: true });
    return new Promise((resolve) => {
      const fail = (error: Error): void => {
        this.#problem = `Multicast on ${address} fails: ${MonitorError.from(error).message}`;
        if (this.#sockets.get(address)?.socket === socket) this.#sockets.delete(address);
        this.#end(socket);
        resolve(false);
      };
      socket.on('error', fail);
      socket.on('message', (bytes, from) => this.#receive(bytes, from, network));
      socket.bind({ port: this.#port, exclusive: false }, () => {
        try {
          socket.addMembership(group, address);
          socket.setMulticastInterface(address);
          socket.setMulticastTTL(255);
          socket.setMulticastLoopback(true);
        } catch (thrown) {
          fail(thrown as Error);
          return;
        }
        if (this.#isEnded || this.#sockets.has(address)) {
          this.#end(socket);
          resolve(false);
          return;
        }
        this.#sockets.set(address, { socket, network });
        resolve(true);
      });
    });
  }

  /** What comes from beyond the interface's network is no neighbour's. Source: RFC 6762 section 11. */
  #receive(bytes: Buffer, from: RemoteInfo, network: BlockList): void {
    if (!network.check(from.address, 'ipv4')) return;
    let packet: DecodedPacket;
    try {
      packet = decode(bytes);
    } catch {
      // Anybody can send anything; what is no DNS message is nobody's.
      return;
    }
    this.#options.onPacket(packet, from);
  }

  #drop(address: string): void {
    const open = this.#sockets.get(address);
    this.#sockets.delete(address);
    if (open) this.#end(open.socket);
  }

  #end(socket: Socket): void {
    const ended = new Promise<void>((resolve) => {
      socket.once('close', () => resolve());
      try {
        socket.close();
      } catch {
        // It is closed already.
        resolve();
      }
    });
    this.#ending.add(ended);
    void ended.then(() => this.#ending.delete(ended));
  }
}
