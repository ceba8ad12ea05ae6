import type { Frame } from '../../shared/protocol/index.ts';
import type { BridgeConnection, PulsewireBridge, View } from '../../shared/protocol/ipc-channels.ts';
import type { ClientTransport, Connect, TransportClose } from '../../client/client-transport.ts';

/** A connection with the app's own main process, through the preload's bridge. */
class IpcTransport implements ClientTransport {
  readonly encoding = 'json';
  readonly closed: Promise<TransportClose>;
  readonly #connection: BridgeConnection;
  readonly #unsubscribes: (() => void)[] = [];
  #settle: (reason: TransportClose) => void = () => undefined;

  constructor(connection: BridgeConnection) {
    this.#connection = connection;
    this.closed = new Promise((resolve) => {
      this.#settle = resolve;
    });
    this.#unsubscribes.push(connection.onClose((reason) => this.#end(reason)));
  }

  send(frame: Frame): void {
    if (typeof frame === 'string') this.#connection.send(frame);
  }

  onMessage(listener: (frame: unknown) => void): () => void {
    const unsubscribe = this.#connection.onMessage(listener);
    this.#unsubscribes.push(unsubscribe);
    return unsubscribe;
  }

  close(): void {
    this.#connection.close();
    this.#end({ code: 'clientClosed', message: 'The page closed the connection.' });
  }

  #end(reason: TransportClose): void {
    for (const unsubscribe of this.#unsubscribes.splice(0)) unsubscribe();
    this.#settle(reason);
  }
}

/** Connects through `window.pulsewire`. Main answers to the hello, so there is nothing to wait for. */
export function connectByIpc(bridge: PulsewireBridge, view: View): Connect {
  return async (signal) => {
    signal.throwIfAborted();
    return new IpcTransport(bridge.connect(view));
  };
}
