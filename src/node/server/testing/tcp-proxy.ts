import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { systemClock } from '../../../shared/lifecycle/system-clock.ts';
import { cutSocket, ProxiedLink, type LinkFaults } from './proxied-link.ts';

export interface TcpProxyOptions {
  /** Where the host listens. */
  readonly target: { readonly port: number; readonly host?: string };
  readonly host?: string;
  /** 0: any. */
  readonly port?: number;
  readonly maxLinks?: number;
  /** After this it closes by itself. Default ten minutes. */
  readonly lifetimeMs?: number;
}

/** What becomes of who connects. `swallow`: the connection stands, nobody answers, and the host hears nothing of it. */
export type Acceptance = 'forward' | 'swallow' | 'refuse';

/**
 * A link between clients and a host that can be made to fail in the ways in which networks do. Memory is bounded
 * by the links and 512 KiB each; it ends by itself. Dispose of it.
 */
export class TcpProxy implements AsyncDisposable {
  readonly #options: TcpProxyOptions;
  readonly #links = new Set<ProxiedLink>();
  readonly #swallowed = new Set<Socket>();
  readonly #lifetime = new AbortController();
  #server: Server | null = null;
  #port = 0;
  #acceptance: Acceptance = 'forward';
  #faults: LinkFaults = {};
  #accepted = 0;

  private constructor(options: TcpProxyOptions) {
    this.#options = options;
    systemClock.sleep(options.lifetimeMs ?? 600_000, this.#lifetime.signal).then(
      () => this[Symbol.asyncDispose](),
      () => undefined,
    );
  }

  /** Starts one on a free port of loopback. */
  static async start(options: TcpProxyOptions): Promise<TcpProxy> {
    const proxy = new TcpProxy(options);
    await proxy.#listen(options.port ?? 0);
    return proxy;
  }

  get port(): number {
    return this.#port;
  }

  /** How many connections it has taken so far. */
  get accepted(): number {
    return this.#accepted;
  }

  /** What is open now, oldest first. */
  links(): readonly ProxiedLink[] {
    return [...this.#links];
  }

  /** Makes every link fail like this, those that are open and those to come. What is not named stays as it is. */
  set({ up, down }: LinkFaults): void {
    this.#faults = { up: { ...this.#faults.up, ...up }, down: { ...this.#faults.down, ...down } };
    for (const link of this.#links) link.set({ ...(up && { up }), ...(down && { down }) });
  }

  /** What a pulled cable does: nothing passes either way, no end is told, and who connects is not answered. */
  async cutCable(): Promise<void> {
    this.set({ up: { flow: 'hold' }, down: { flow: 'hold' } });
    await this.accept('swallow');
  }

  /** The cable is in again: what was under way arrives, and who connects is answered. */
  async plugIn(): Promise<void> {
    this.set({ up: { flow: 'pass' }, down: { flow: 'pass' } });
    await this.accept('forward');
  }

  /** What becomes of those who connect from now on. */
  async accept(acceptance: Acceptance): Promise<void> {
    this.#acceptance = acceptance;
    if (acceptance !== 'swallow') for (const socket of this.#swallowed) cutSocket(socket);
    if (acceptance === 'refuse') this.#stopListening();
    else if (!this.#server && !this.#lifetime.signal.aborted) await this.#listen(this.#port);
  }

  /** Cuts every link with a reset. */
  reset(): void {
    for (const link of this.#links) link.reset();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#lifetime.abort();
    this.#stopListening();
    for (const socket of this.#swallowed) cutSocket(socket);
    const links = this.links();
    this.reset();
    await Promise.all(links.map(({ closed }) => closed));
  }

  #take(client: Socket): void {
    this.#accepted++;
    client.setNoDelay(true);
    if (this.#acceptance === 'swallow') {
      this.#swallowed.add(client);
      client.on('error', () => undefined);
      client.on('close', () => this.#swallowed.delete(client));
      client.resume();
      return;
    }
    const { port, host = '127.0.0.1' } = this.#options.target;
    const target = connect({ port, host, allowHalfOpen: true, noDelay: true });
    const link = new ProxiedLink(client, target);
    link.set(this.#faults);
    this.#links.add(link);
    void link.closed.then(() => this.#links.delete(link));
  }

  async #listen(port: number): Promise<void> {
    const server = createServer({ allowHalfOpen: true }, (client) => this.#take(client));
    server.maxConnections = this.#options.maxLinks ?? 1_000;
    server.listen({ port, host: this.#options.host ?? '127.0.0.1' });
    await once(server, 'listening');
    this.#server = server;
    this.#port = (server.address() as AddressInfo).port;
  }

  /** The port is free at once, and the links that there are go on. */
  #stopListening(): void {
    this.#server?.close();
    this.#server = null;
  }
}
