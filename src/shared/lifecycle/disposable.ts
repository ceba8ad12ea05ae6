/**
 * Browsers older than the explicit-resource-management proposal lack its two symbols. Whoever imports this
 * module may use `[Symbol.dispose]` and `[Symbol.asyncDispose]` everywhere.
 */
const symbols = Symbol as unknown as { dispose?: symbol; asyncDispose?: symbol };
symbols.dispose ??= Symbol.for('Symbol.dispose');
symbols.asyncDispose ??= Symbol.for('Symbol.asyncDispose');

/** What a scope can own: an object of either disposal protocol, or a plain clean-up function. */
export type Resource = Disposable | AsyncDisposable | (() => void | PromiseLike<void>);

/** Ends `resource`, once. Asynchronous disposal wins where an object has both. */
export function disposeResource(resource: Resource): void | PromiseLike<void> {
  if (typeof resource === 'function') return resource();
  if (Symbol.asyncDispose in resource) return resource[Symbol.asyncDispose]();
  return resource[Symbol.dispose]();
}
