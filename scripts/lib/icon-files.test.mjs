import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectFolder } from './project.mjs';

/** @param {string} path */
const read = (path) => readFile(join(projectFolder, 'build', path));
/** @param {number} edge */
const readPng = (edge) => read(edge === 1024 ? 'icon.png' : `icons/${edge}x${edge}.png`);

describe('the icons of other systems hold the very pictures that Linux gets', () => {
  it('icon.ico: each of the sizes that Windows asks for', async () => {
    const ico = await read('icon.ico');
    expect([ico.readUInt16LE(0), ico.readUInt16LE(2)]).toEqual([0, 1]);
    const edges = [];
    for (let index = 0; index < ico.readUInt16LE(4); index++) {
      const at = 6 + 16 * index;
      const edge = ico.readUInt8(at) || 256;
      const [length, offset] = [ico.readUInt32LE(at + 8), ico.readUInt32LE(at + 12)];
      expect(ico.subarray(offset, offset + length).equals(await readPng(edge)), `${edge} pixels`).toBe(true);
      edges.push(edge);
    }
    expect(edges).toEqual([16, 24, 32, 48, 64, 128, 256]);
  });

  it('icon.icns: each of the sizes that macOS asks for, in both densities', async () => {
    const icns = await read('icon.icns');
    expect([icns.toString('latin1', 0, 4), icns.readUInt32BE(4)]).toEqual(['icns', icns.length]);
    const found = [];
    for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4)) {
      const png = icns.subarray(at + 8, at + icns.readUInt32BE(at + 4));
      // The width stands at 16 in every PNG.
      const edge = png.readUInt32BE(16);
      expect(png.equals(await readPng(edge)), `${edge} pixels`).toBe(true);
      found.push(`${icns.toString('latin1', at, at + 4)} ${edge}`);
    }
    expect(found).toEqual([
      ...['icp4 16', 'icp5 32', 'ic11 32', 'ic12 64', 'ic07 128'],
      ...['ic08 256', 'ic13 256', 'ic09 512', 'ic14 512', 'ic10 1024'],
    ]);
  });
});
