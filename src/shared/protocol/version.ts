/** The version of the wire, which changes only with what `docs/protocol/` promises. */
export const protocolVersion = 1;

/** The WebSocket subprotocol of each encoding. */
export const subprotocols = { json: 'pulsewire.v1.json', compact: 'pulsewire.v1.bin' } as const;
export type Encoding = keyof typeof subprotocols;

/** The encoding that a subprotocol names; null for a name that is not ours. */
export function parseSubprotocol(name: string): Encoding | null {
  if (name === subprotocols.json) return 'json';
  return name === subprotocols.compact ? 'compact' : null;
}

export const defaultPort = 9740;
