import type { Socket } from 'node:net';
import { openRawViewer } from './raw-viewer.ts';

/** Thousands of cheap viewers in a process of their own, that count frames and note when each came. */
export interface ViewerOrder {
  readonly kind: 'viewers' | 'raw';
  readonly port: number;
  readonly token: string;
  readonly count: number;
  readonly intervalMs?: number;
  readonly subscriptions?: number;
}
export type ViewerReport =
  | { readonly event: 'ready' }
  /** Delays in ms from the sample's wall time to its arrival, those of the last round. */
  | { readonly event: 'frames'; readonly frames: number; readonly delaysMs: readonly number[] };

const perAddress = 20_000;
const sockets: Socket[] = [];
let frames = 0;
let delaysMs: number[] = [];

process.on('message', (order: ViewerOrder | 'report' | 'pause') => {
  if (order === 'pause') {
    for (const socket of sockets) socket.pause();
    return;
  }
  if (order !== 'report') {
    void open(order);
    return;
  }
  const report: ViewerReport = { event: 'frames', frames, delaysMs };
  [frames, delaysMs] = [0, []];
  process.send?.(report);
});
process.on('disconnect', () => process.exit(0));

async function open({ port, token, count, intervalMs, subscriptions }: ViewerOrder): Promise<void> {
  let waiting = 0;
  for (let index = 0; index < count; index++) {
    waiting++;
    await new Promise<void>((next) => {
      let first = true;
      sockets.push(
        openRawViewer({
          port,
          token,
          topics: ['cpu', 'disk', 'host', 'memory', 'network'],
          intervalMs: intervalMs ?? 1_000,
          ...(subscriptions !== undefined && { subscriptions }),
          // One loopback address has some 28 000 ports for one destination.
          localAddress: `127.0.0.${2 + Math.floor(index / perAddress)}`,
          onFrame: (head, atMs) => {
            if (first) {
              first = false;
              waiting--;
            }
            if (!head.startsWith('{"type":"sample"')) return;
            frames++;
            const sentMs = Number(/"wallMs":([\d.]+)/.exec(head)?.[1]);
            delaysMs.push(atMs - sentMs);
          },
        }).once('connect', next),
      );
    });
  }
  while (waiting > 0) await new Promise((resolve) => setTimeout(resolve, 20));
  process.send?.({ event: 'ready' } satisfies ViewerReport);
}
