import { expect, it } from 'vitest';
import type { Info } from '../shared/protocol/index.ts';
import { readAccessEnd } from './read-access-end.ts';

const info: Info = {
  name: 'workbench',
  version: '0.1.0',
  platform: 'linux',
  instanceId: 'x',
  topics: ['cpu'],
  protocol: 1,
  encodings: ['json'],
  capabilities: { topics: ['cpu'], methods: [] },
  limits: {
    maxSubscriptions: 32,
    minIntervalMs: 250,
    maxInboundBytes: 16_384,
    messagesPerSecond: 10,
    maxUnacknowledged: 8,
  },
  scope: 'view',
  expiresAt: '2026-01-06T12:30:00.000Z',
};
const { signal } = new AbortController();

it('asks with the token in the header and reads when it ends', async () => {
  const asked: RequestInit[] = [];
  const request: typeof fetch = async (_url, init) => {
    asked.push(init ?? {});
    return new Response(JSON.stringify(info));
  };
  expect(await readAccessEnd('secret', signal, request)).toBe(Date.UTC(2026, 0, 6, 12, 30));
  expect(asked[0]?.headers).toEqual({ Authorization: 'Bearer secret' });
});

it('knows nothing where the host does not say', async () => {
  for (const answer of [
    () => new Response('{"code":"unauthorized","message":"No."}', { status: 401 }),
    () => new Response('<html>'),
    () => new Response(JSON.stringify({ ...info, expiresAt: 'soon' })),
    () => Promise.reject(new TypeError('network')),
  ]) {
    expect(await readAccessEnd('secret', signal, async () => answer())).toBe(null);
  }
});
