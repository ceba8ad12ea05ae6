/** The version of the wire, which changes only with what `docs/protocol/` promises. */
export const protocolVersion = 1;

/** WebSocket subprotocols, preferred first. The compact encoding's name is kept for it. */
export const subprotocols = { json: 'pulsewire.v1.json', compact: 'pulsewire.v1.bin' } as const;
export type Encoding = keyof typeof subprotocols;

export const defaultPort = 9740;
