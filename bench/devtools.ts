import WebSocket from 'ws';
import { systemClock } from '../src/shared/lifecycle/system-clock.ts';

interface Answer {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/** One end of the DevTools protocol: a page of a browser, or a Node process. Whoever opens it closes it. */
export class DevTools {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #lastId = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data: Buffer) => {
      const answer = JSON.parse(data.toString()) as Answer;
      this.#waiting.get(answer.id)?.(answer);
      this.#waiting.delete(answer.id);
    });
    socket.on('close', () => {
      for (const answer of this.#waiting.values()) answer({ id: 0, error: { message: 'It has closed.' } });
      this.#waiting.clear();
    });
  }

  static async open(url: string): Promise<DevTools> {
    const socket = new WebSocket(url, { perMessageDeflate: false });
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    return new DevTools(socket);
  }

  /** The first page of a browser whose address ends so, waited for. */
  static async ofPage(port: number, addressEnd: RegExp, limitMs = 20_000): Promise<DevTools> {
    const endMs = systemClock.monotonic() + limitMs;
    for (;;) {
      const list: unknown = await (await fetch(`http://127.0.0.1:${port}/json/list`)).json();
      const pages = list as { type: string; url: string; webSocketDebuggerUrl: string }[];
      const page = pages.find(({ type, url }) => type === 'page' && addressEnd.test(url));
      if (page) return DevTools.open(page.webSocketDebuggerUrl);
      if (systemClock.monotonic() > endMs) throw new Error(`No page ${addressEnd} within ${limitMs} ms.`);
      await systemClock.sleep(10);
    }
  }

  async send<Result>(method: string, params: object = {}): Promise<Result> {
    const id = ++this.#lastId;
    const answer = new Promise<Answer>((resolve) => this.#waiting.set(id, resolve));
    this.#socket.send(JSON.stringify({ id, method, params }));
    const { result, error } = await answer;
    if (error) throw new Error(`${method}: ${error.message}`);
    return result as Result;
  }

  /** The value of an expression, or of the promise that it is. */
  async evaluate<Value>(expression: string): Promise<Value> {
    const { result, exceptionDetails } = await this.send<{
      result: { value: Value };
      exceptionDetails?: { text: string; exception?: { description?: string } };
    }>('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
      includeCommandLineAPI: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  close(): void {
    this.#socket.terminate();
  }
}
