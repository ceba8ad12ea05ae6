import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import { describeTransportContract } from '../../core/testing/transport-contract.ts';
import type { Frame } from '../../shared/protocol/index.ts';
import { systemClock } from '../../shared/lifecycle/system-clock.ts';
import { TaskScope } from '../../shared/lifecycle/task-scope.ts';
import { defaultLimits } from '../../shared/protocol/index.ts';
import { Heartbeat } from './heartbeat.ts';
import { WebSocketTransport } from './websocket-transport.ts';

describeTransportContract('WebSocketTransport', async () => {
  const scope = new TaskScope('test', { clock: systemClock });
  const heartbeat = new Heartbeat(scope, defaultLimits);
  const http = createServer();
  const server = new WebSocketServer({ server: http });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const { port } = http.address() as AddressInfo;
  const peer = new WebSocket(`ws://127.0.0.1:${port}`);
  const received: Frame[] = [];
  peer.on('message', (data: Buffer, isBinary: boolean) =>
    received.push(isBinary ? new Uint8Array(data) : data.toString()),
  );
  peer.on('error', () => undefined);
  const closed = new Promise((resolve) => peer.once('close', resolve));
  const [[socket, request]] = (await Promise.all([once(server, 'connection'), once(peer, 'open')])) as [
    [WebSocket, IncomingMessage],
    unknown,
  ];
  const transport = new WebSocketTransport(socket, request.socket, {
    clock: systemClock,
    heartbeat,
    limits: defaultLimits,
  });
  return {
    transport,
    peer: {
      received,
      closed,
      send: (frame) => peer.send(frame),
      close: () => peer.close(),
      abort: () => peer.terminate(),
    },
    settle: () => systemClock.sleep(50),
    dispose: async () => {
      transport.terminate();
      peer.terminate();
      await scope.close('over');
      server.close();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
});
