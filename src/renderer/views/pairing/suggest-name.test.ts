import { describe, expect, it } from 'vitest';
import { readModel, suggestName } from './suggest-name.ts';

const chromeOnAndroid = (device: string): string =>
  `Mozilla/5.0 (Linux; Android 14; ${device}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36`;

describe('suggestName', () => {
  it('names model and browser where the user agent tells them', () => {
    expect(suggestName(chromeOnAndroid('Pixel 8'))).toBe('Pixel 8, Chrome');
    expect(suggestName(chromeOnAndroid('SM-G991B Build/UP1A.231005.007'))).toBe('SM-G991B, Chrome');
  });

  it('names the system where the model is hidden, and the model where it is told otherwise', () => {
    expect(suggestName(chromeOnAndroid('K'))).toBe('Android, Chrome');
    expect(suggestName(chromeOnAndroid('K'), 'Pixel 8')).toBe('Pixel 8, Chrome');
    expect(suggestName('Mozilla/5.0 (Android 14; Mobile; rv:128.0) Gecko/128.0 Firefox/128.0')).toBe(
      'Android, Firefox',
    );
  });

  it('knows the browsers that call themselves Safari or Chrome too', () => {
    const webkit = 'AppleWebKit/605.1.15 (KHTML, like Gecko)';
    const iPhone = `Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) ${webkit}`;
    expect(suggestName(`${iPhone} Version/17.5 Mobile/15E148 Safari/604.1`)).toBe('iPhone, Safari');
    expect(suggestName(`${iPhone} CriOS/126.0 Mobile/15E148 Safari/604.1`)).toBe('iPhone, Chrome');
    const chrome = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/126.0.0.0 Safari/537.36';
    expect(suggestName(chrome)).toBe('Linux, Chrome');
    expect(suggestName(`${chrome} Edg/126.0`)).toBe('Linux, Edge');
  });

  it('has a name for what it does not know, never longer than the host takes', () => {
    expect(suggestName('')).toBe('Browser');
    expect(suggestName(chromeOnAndroid('x'.repeat(200)))).toHaveLength(64);
  });
});

describe('readModel', () => {
  it('gives nothing where the browser does not tell, or refuses to', async () => {
    const agent = (userAgentData: unknown): Navigator => ({ userAgentData }) as unknown as Navigator;
    expect(await readModel({} as Navigator)).toBe('');
    expect(await readModel(agent({ getHighEntropyValues: async () => ({ model: 'Pixel 8' }) }))).toBe(
      'Pixel 8',
    );
    expect(await readModel(agent({ getHighEntropyValues: async () => ({}) }))).toBe('');
    const refused = agent({
      getHighEntropyValues: () => Promise.reject(new DOMException('', 'NotAllowedError')),
    });
    expect(await readModel(refused)).toBe('');
  });
});
