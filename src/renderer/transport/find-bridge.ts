import { bridgeName, type PulsewireBridge } from '../../shared/protocol/ipc-channels.ts';

/** The preload's bridge; null in a browser. */
export function findBridge(): PulsewireBridge | null {
  return (globalThis as { [bridgeName]?: PulsewireBridge })[bridgeName] ?? null;
}
