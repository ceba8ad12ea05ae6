import { describe, expect, it } from 'vitest';
import { takePairingCode } from './take-pairing-code.ts';

function open(hash: string): { code: string | null; urls: string[] } {
  const urls: string[] = [];
  const code = takePairingCode({
    location: { hash, pathname: '/', search: '?x=1' },
    history: { state: null, replaceState: (_state, _title, url) => void urls.push(String(url)) },
  });
  return { code, urls };
}

describe('takePairingCode', () => {
  it('takes the code and leaves the address without it', () => {
    expect(open('#pair=BCDF-GHJK')).toEqual({ code: 'BCDF-GHJK', urls: ['/?x=1'] });
    expect(open('#pair=bcdfghjk')).toEqual({ code: 'BCDF-GHJK', urls: ['/?x=1'] });
  });

  it('leaves other addresses alone', () => {
    for (const hash of ['', '#', '#network', '#pairing=BCDF-GHJK']) {
      expect(open(hash)).toEqual({ code: null, urls: [] });
    }
  });

  it('clears what is no code as well', () => {
    for (const hash of [
      '#pair=',
      '#pair=BCD',
      '#pair=%3Cimg%3E',
      '#pair=BCDF-GHJK-LMNP',
      '#pair=1234-5678',
    ]) {
      expect([hash, open(hash)]).toEqual([hash, { code: null, urls: ['/?x=1'] }]);
    }
  });
});
