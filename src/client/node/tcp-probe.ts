import { connect } from 'node:net';
import { MonitorError } from '../../shared/lifecycle/monitor-error.ts';
import type { Probe } from '../reachability.ts';

/** Asks whether the host takes connections, by making one and ending it without a word. */
export function createTcpProbe(streamUrl: string): Probe {
  const { hostname, port, protocol } = new URL(streamUrl);
  return (signal) =>
    new Promise((resolve, reject) => {
      const socket = connect({
        host: hostname.replace(/^\[|\]$/g, ''),
        port: Number(port) || (protocol === 'wss:' ? 443 : 80),
        signal,
      });
      socket.once('connect', () => {
        socket.destroy();
        resolve();
      });
      socket.on('error', (error) => {
        if (signal.aborted) reject(signal.reason);
        else reject(new MonitorError('unavailable', `The host cannot be reached: ${error.message}.`));
      });
    });
}
