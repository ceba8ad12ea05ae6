/**
 * What Node is started with to serve. V8's young generation may take 12 MB in place of 48: hardly anything that a host makes every
 * second lives long, and what it has grown by it keeps while it goes on.
 *
 * @type {readonly string[]}
 */
export const serverFlags = ['--max-semi-space-size=4'];
