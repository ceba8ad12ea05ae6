import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { expect } from '@playwright/test';
import { WebSocket } from 'ws';
import type { Topic } from '../../src/shared/series/raw.ts';
import type { DiagnosticsRaw } from '../../src/shared/series/raw/diagnostics.ts';
import type { SampleMessage, ServerMessage } from '../../src/shared/protocol/index.ts';

const entry = join(import.meta.dirname, '..', '..', 'out', 'main', 'headless.js');
const patienceMs = 15_000;

/** A port that was free a moment ago. */
export async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** A token for the host that keeps its state in `dataFolder`, made as people make one. */
export async function createToken(dataFolder: string, scope: 'view' | 'control'): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    entry,
    ...['token', 'create', '--name', 'e2e', '--scope', scope, '--data-dir', dataFolder],
  ]);
  return stdout.trim();
}

/** A program's view of a host, over its socket: what another program sees while windows come and go. */
export class HostStream {
  readonly samples: SampleMessage[] = [];
  readonly messages: ServerMessage[] = [];
  readonly #socket: WebSocket;
  #requests = 0;
  /** Code with which the host closed it; null while it is open. */
  closeCode: number | null = null;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString()) as ServerMessage;
      this.messages.push(message);
      if (message.type === 'sample' || message.type === 'snapshot') {
        this.samples.push(message as SampleMessage);
      }
    });
    socket.on('close', (code) => {
      this.closeCode = code;
    });
    socket.on('error', () => undefined);
  }

  /** Subscribes to `topics` each second. The host may still be starting. */
  static async open(port: number, token: string, topics: readonly Topic[]): Promise<HostStream> {
    const deadline = Date.now() + patienceMs;
    for (;;) {
      const socket = new WebSocket(`ws://127.0.0.1:${port}/v1/stream`, 'pulsewire.v1.json', {
        headers: { Authorization: `Bearer ${token}` },
      });
      const stream = new HostStream(socket);
      const opened = await Promise.race([
        once(socket, 'open').then(
          () => true,
          () => false,
        ),
        once(socket, 'close').then(() => false),
      ]);
      if (opened) {
        const hello = { type: 'hello', protocol: 1, client: { name: 'e2e', version: '1' } };
        socket.send(JSON.stringify(hello));
        socket.send(JSON.stringify({ type: 'subscribe', id: 'main', topics, intervalMs: 1_000 }));
        return stream;
      }
      if (Date.now() > deadline) throw new Error(`No host answers on port ${port}.`);
      await delay(100);
    }
  }

  /** The first diagnostics from now on that satisfy `isWanted`; fails with the last of them. */
  async diagnosticsUntil(
    isWanted: (diagnostics: DiagnosticsRaw) => boolean,
    limitMs = patienceMs,
  ): Promise<DiagnosticsRaw> {
    const deadline = Date.now() + limitMs;
    let seen = this.samples.length;
    let last: DiagnosticsRaw | null = null;
    while (Date.now() < deadline) {
      for (; seen < this.samples.length; seen++) {
        const section = this.samples[seen]?.sections.diagnostics;
        if (section?.status !== 'ok') continue;
        last = section.data;
        if (isWanted(last)) return last;
      }
      await delay(50);
    }
    throw new Error(
      `The diagnostics did not come to what was waited for. Last: ${JSON.stringify(last, null, 1)}`,
    );
  }

  /**
   * Waits for three samples more, and checks that one came each second by the host's own clock since the first, and that
   * none was said to be lost.
   */
  async expectNoneMissing(): Promise<void> {
    const seen = this.samples.length;
    await expect.poll(() => this.samples.length).toBeGreaterThan(seen + 2);
    const times = this.samples.filter(({ type }) => type === 'sample').map(({ monotonicMs }) => monotonicMs);
    const between = times.slice(1).map((time, index) => time - times[index]!);
    for (const ms of between) expect(Math.abs(ms - 1_000)).toBeLessThan(300);
    expect(this.messages.filter(({ type }) => type === 'gap')).toEqual([]);
  }

  /** Asks for something, and resolves with the answer, be it a result or an error. */
  async request(
    method: string,
    params: Readonly<Record<string, unknown>>,
  ): Promise<Extract<ServerMessage, { type: 'result' | 'error' }>> {
    const id = `request ${++this.#requests}`;
    this.#socket.send(JSON.stringify({ type: 'request', id, method, params }));
    const deadline = Date.now() + patienceMs;
    while (Date.now() < deadline) {
      const answer = this.messages.find(
        (message): message is Extract<ServerMessage, { type: 'result' | 'error' }> =>
          (message.type === 'result' || message.type === 'error') && message.id === id,
      );
      if (answer) return answer;
      await delay(20);
    }
    throw new Error(`"${method}" was not answered.`);
  }

  async close(): Promise<void> {
    if (this.#socket.readyState === WebSocket.CLOSED) return;
    this.#socket.close();
    await once(this.#socket, 'close');
  }
}

/** Clients of the app's own pages. */
export function pagesOf(diagnostics: DiagnosticsRaw): DiagnosticsRaw['clients'] {
  return diagnostics.clients.filter(({ kind }) => kind === 'window' || kind === 'tray');
}
