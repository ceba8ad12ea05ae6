import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Monitor } from '../../core/monitor.ts';
import type { TokenScope } from '../../shared/protocol/index.ts';
import type { AuthLimiter } from './auth-limiter.ts';
import { parseBearer, type Authenticator, type AuthOutcome } from './authenticator.ts';
import type { Callers } from './callers.ts';
import { expositionType } from './exposition.ts';
import { answerHistory } from './history-route.ts';
import { parseRequestOrigin, type HostGuard } from './host-guard.ts';
import { createInfo } from './info.ts';
import {
  createErrorAnswer,
  sendAnswer,
  sendJson,
  type JsonAnswer,
  type TextAnswer,
} from './json-response.ts';
import { deriveAdmission, mostScopeOf, refusePlainHttp } from './lan-admission.ts';
import type { MetricsPage } from './metrics-page.ts';
import { answerPair } from './pair-route.ts';
import type { Pairing } from './pairing.ts';
import type { ProcessList } from './process-list.ts';
import { answerProcesses } from './process-route.ts';
import { sendStaticFile, type StaticFile } from './static-files.ts';
import type { TokenStore } from './token-store.ts';
import { createAuthRefusal } from './upgrade.ts';

/** What the host says of itself to who may know. */
export interface HostFacts {
  readonly name: string;
  readonly version: string;
  readonly platform: string;
}

export interface RouteOptions {
  readonly monitor: Monitor;
  readonly facts: HostFacts;
  readonly guard: HostGuard;
  readonly callers: Callers;
  /** The port that the host listens on. */
  readonly port: number;
  /** Whether plain HTTP is served on the LAN now. */
  readonly plainHttp: () => boolean;
  readonly authenticator: Authenticator;
  readonly limiter: AuthLimiter;
  readonly pairing: Pairing;
  readonly tokens: TokenStore;
  readonly metrics: MetricsPage;
  readonly processes: ProcessList;
  /** The viewer page; null where it was not built. */
  readonly files: () => Promise<ReadonlyMap<string, StaticFile> | null>;
  /** The pages on the protocol, likewise. */
  readonly docs: () => Promise<ReadonlyMap<string, StaticFile> | null>;
}

type Answer = JsonAnswer | TextAnswer;

interface Route {
  readonly method: 'GET' | 'POST';
  answer(request: IncomingMessage, address: string): Promise<Answer> | Answer;
}

/** Answers plain HTTP requests. What throws is the caller's to answer. */
export class Routes {
  readonly #options: RouteOptions;
  readonly #routes: ReadonlyMap<string, Route>;

  constructor(options: RouteOptions) {
    this.#options = options;
    const pair = { ...options, limits: options.monitor.limits };
    this.#routes = new Map<string, Route>([
      ['/healthz', { method: 'GET', answer: () => ({ status: 200, body: { status: 'ok' } }) }],
      [
        '/v1/pair',
        {
          method: 'POST',
          answer: (request, address) => answerPair(pair, request, address, this.#mostOf(request)),
        },
      ],
      ['/v1/info', { method: 'GET', answer: (request, address) => this.#info(request, address) }],
      ['/v1/processes', { method: 'GET', answer: (request, address) => this.#processes(request, address) }],
      ['/v1/history', { method: 'GET', answer: (request, address) => this.#history(request, address) }],
      ['/metrics', { method: 'GET', answer: (request, address) => this.#metrics(request, address) }],
      ['/v1/stream', { method: 'GET', answer: answerStreamWithoutUpgrade }],
    ]);
  }

  /** Every path that is answered, beside those of the viewer page's files. */
  get paths(): readonly string[] {
    return [...this.#routes.keys()];
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { guard, callers, plainHttp, port } = this.#options;
    const caller = callers.of(request);
    const verdict = guard.judge(parseRequestOrigin(request.rawHeaders), caller.encrypted);
    if (!verdict.allowed) {
      sendJson(response, createErrorAnswer(verdict.status, 'forbidden', verdict.message));
      return;
    }
    if (deriveAdmission(caller, plainHttp()) === 'refused') {
      refusePlainHttp(request, response, verdict.host, port);
      return;
    }
    const [path = ''] = (request.url ?? '').split('?', 1);
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    const withBody = request.method !== 'HEAD';
    const route = this.#routes.get(path);
    if (route && method !== route.method) {
      sendJson(response, createMethodRefusal(route.method === 'GET' ? 'GET, HEAD' : route.method), withBody);
    } else if (route) {
      sendAnswer(response, await route.answer(request, caller.address), withBody);
    } else {
      await this.#page(request, response, path, verdict.host);
    }
  }

  async #page(request: IncomingMessage, response: ServerResponse, path: string, host: string): Promise<void> {
    const isDocs = path === '/docs' || path.startsWith('/docs/');
    const files = await (isDocs ? this.#options.docs() : this.#options.files());
    const file = files?.get(path);
    const withBody = request.method !== 'HEAD';
    if (!file && (files || path !== '/')) {
      sendJson(response, createErrorAnswer(404, 'notFound', 'There is nothing here.'), withBody);
    } else if (request.method !== 'GET' && request.method !== 'HEAD') {
      sendJson(response, createMethodRefusal('GET, HEAD'), withBody);
    } else if (!file) {
      const message =
        'The viewer page has not been built. Run "npm run build" where Pulsewire is, then reload.';
      sendJson(response, createErrorAnswer(503, 'unavailable', message), withBody);
    } else {
      sendStaticFile(request, response, file, host, this.#options.callers.of(request).encrypted);
    }
  }

  #authenticate(request: IncomingMessage, address: string): Promise<AuthOutcome> {
    const token = parseBearer(request.headers.authorization);
    return this.#options.authenticator.authenticate(token, address, this.#mostOf(request));
  }

  /** What the way that the request has taken is good for. */
  #mostOf(request: IncomingMessage): TokenScope {
    const { callers, plainHttp } = this.#options;
    return mostScopeOf(deriveAdmission(callers.of(request), plainHttp()));
  }

  async #metrics(request: IncomingMessage, address: string): Promise<Answer> {
    const outcome = await this.#authenticate(request, address);
    if (outcome.status !== 'granted') return createAuthRefusal(outcome);
    const text = await this.#options.metrics.render(outcome.grant.scope);
    return { status: 200, type: expositionType, text };
  }

  async #info(request: IncomingMessage, address: string): Promise<JsonAnswer> {
    const { facts, monitor, tokens } = this.#options;
    const outcome = await this.#authenticate(request, address);
    if (outcome.status !== 'granted') return createAuthRefusal(outcome);
    return { status: 200, body: createInfo(facts, monitor, tokens, outcome.grant) };
  }

  async #processes(request: IncomingMessage, address: string): Promise<JsonAnswer> {
    const outcome = await this.#authenticate(request, address);
    if (outcome.status !== 'granted') return createAuthRefusal(outcome);
    return answerProcesses(this.#options, request, outcome.grant.scope);
  }

  async #history(request: IncomingMessage, address: string): Promise<JsonAnswer> {
    const outcome = await this.#authenticate(request, address);
    if (outcome.status !== 'granted') return createAuthRefusal(outcome);
    return answerHistory(this.#options.monitor, request, outcome.grant.scope);
  }
}

function createMethodRefusal(allowed: string): JsonAnswer {
  return createErrorAnswer(405, 'unsupported', `Only ${allowed} is answered here.`, { Allow: allowed });
}

function answerStreamWithoutUpgrade(): JsonAnswer {
  return createErrorAnswer(426, 'unsupported', 'Only WebSocket is spoken here.', {
    Upgrade: 'websocket',
    Connection: 'Upgrade, close',
  });
}
