import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { ipcChannels } from './ipc-channels.ts';

const parse = (payload: unknown) => v.safeParse(ipcChannels.invoke.payload, payload);
const url = 'https://box.local:9740';

describe('a call of a page', () => {
  it.each([
    { method: 'appInfo' },
    { method: 'cancelWatch' },
    { method: 'watchHost', params: { url } },
    { method: 'watchHost', params: { url, code: 'BCDF-GHJK', key: '048213' } },
    { method: 'watchHost', params: { url, acceptedFingerprint: 'ab'.repeat(32) } },
  ])('%j is taken as it is', (payload) => {
    expect(parse(payload)).toMatchObject({ success: true, output: payload });
  });

  it('is stripped of what its method does not take', () => {
    expect(parse({ method: 'quit', params: { url } }).output).toEqual({ method: 'quit' });
    const chosen = { url, hostId: 'another', token: 't', fingerprint: 'f' };
    expect(parse({ method: 'watchHost', params: chosen }).output).toEqual({
      method: 'watchHost',
      params: { url },
    });
  });

  it.each([
    null,
    'watchHost',
    { method: 'eval' },
    { method: 'watchHost' },
    { method: 'watchHost', params: {} },
    { method: 'watchHost', params: { url: '' } },
    { method: 'watchHost', params: { url: 7 } },
    { method: 'watchHost', params: { url: 'x'.repeat(301) } },
    { method: 'watchHost', params: { url, code: '' } },
    { method: 'watchHost', params: { url, code: 'x'.repeat(33) } },
    { method: 'watchHost', params: { url, key: '12345' } },
    { method: 'watchHost', params: { url, key: '12345a' } },
    { method: 'watchHost', params: { url, acceptedFingerprint: 'AB:CD' } },
    { method: 'watchHost', url },
  ])('%j is refused', (payload) => expect(parse(payload).success).toBe(false));
});
