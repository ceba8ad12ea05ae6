import type { ProbeProcess } from '../probe-client.ts';
import { readyId, type ProbeReply, type ProbeRequest } from '../probe-messages.ts';

/** A probe process that answers only when the test says so, and dies only when the test lets it. */
export class FakeProbe implements ProbeProcess {
  readonly pid = 1;
  readonly asked: ProbeRequest[] = [];
  killed = 0;
  readonly #listeners: ((reply: ProbeReply) => void)[] = [];
  readonly #exits: (() => void)[] = [];

  send(request: ProbeRequest): void {
    this.asked.push(request);
  }

  onMessage(listener: (reply: ProbeReply) => void): void {
    this.#listeners.push(listener);
  }

  onExit(listener: () => void): void {
    this.#exits.push(listener);
  }

  kill(): void {
    this.killed++;
  }

  ready(): void {
    this.reply({ id: readyId, value: 'ready' });
  }

  reply(reply: ProbeReply): void {
    for (const listener of this.#listeners) listener(reply);
  }

  /** Answers the question about this path. */
  answer(path: string, value: unknown = path): void {
    const request = this.asked.findLast(({ params }) => (params as { path?: string }).path === path);
    if (!request) throw new Error(`Nobody asked for ${path}.`);
    this.reply({ id: request.id, value });
  }

  exit(): void {
    for (const listener of this.#exits) listener();
  }
}
