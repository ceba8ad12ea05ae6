import decodeQR from 'qr/decode.js';
import { describe, expect, it } from 'vitest';
import { deriveQr, type QrDrawing } from './derive-qr.ts';

/** The drawing as a picture, each unit `scale` pixels wide. */
function paint(
  { size, path }: QrDrawing,
  scale: number,
): { width: number; height: number; data: Uint8Array } {
  const width = size * scale;
  const data = new Uint8Array(width * width * 4).fill(255);
  for (const [, x, y, run] of path.matchAll(/M(\d+) (\d+)h(\d+)v1H\d+z/g)) {
    for (let row = Number(y) * scale; row < (Number(y) + 1) * scale; row++) {
      const from = row * width + Number(x) * scale;
      for (let at = from; at < from + Number(run) * scale; at++) data.fill(0, at * 4, at * 4 + 3);
    }
  }
  return { width, height: width, data };
}

describe('deriveQr', () => {
  it('draws what a decoder reads back from the picture', () => {
    for (const text of [
      'https://192.168.1.20:9740/#pair=BCDF-GHJK',
      'https://[2001:db8:85a3:8d3:1319:8a2e:370:7348]:65535/#pair=BCDF-GHJK',
    ]) {
      expect(decodeQR(paint(deriveQr(text), 4))).toBe(text);
    }
  });

  it('keeps four modules free on each side', () => {
    const { size, path } = deriveQr('https://10.0.0.2:9740/#pair=BCDF-GHJK');
    const runs = [...path.matchAll(/M(\d+) (\d+)h(\d+)/g)].map((found) => found.slice(1).map(Number));
    expect(Math.min(...runs.map(([x]) => x!), ...runs.map(([, y]) => y!))).toBe(4);
    expect(Math.max(...runs.map(([x, , run]) => x! + run!), ...runs.map(([, y]) => y! + 1))).toBe(size - 4);
  });
});
