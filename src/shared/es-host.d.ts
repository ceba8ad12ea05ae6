/**
 * The few host globals that the rooms compiled against ECMAScript alone may use. Every host of ours (Node,
 * Electron, browsers) has them; nothing else of a host is visible to `shared` and `core`. Being a declaration
 * file it is not emitted, so rooms with a host of their own see that host's fuller types instead.
 */

interface AbortSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
  throwIfAborted(): void;
}

declare class AbortController {
  readonly signal: AbortSignal;
  abort(reason?: unknown): void;
}

declare const performance: { now(): number };
declare function setTimeout(callback: () => void, delayMs: number): unknown;
/** Node's alone. */
declare const setImmediate: ((callback: () => void) => unknown) | undefined;
declare function clearTimeout(timer: unknown): void;
