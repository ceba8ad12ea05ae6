import { describe, expect, it } from 'vitest';
import { deriveBillOfMaterials } from './bill-of-materials.mjs';

/** @param {string} name */
const component = (name) => ({
  'bom-ref': `${name}@1.0.0`,
  type: 'library',
  name,
  version: '1.0.0',
  scope: 'optional',
  properties: [{ name: 'cdx:npm:package:development', value: 'true' }],
});
const listed = {
  serialNumber: 'urn:uuid:5a1b0000-0000-4000-8000-000000000000',
  metadata: { timestamp: '2026-11-26T01:00:00.000Z', component: component('a-folder') },
  components: ['server', 'deep', 'page', 'linter'].map(component),
  dependencies: [],
};
/** @param {string} name @param {string[]} needs */
const shippedPackage = (name, needs) => ({
  path: `node_modules/${name}`,
  name,
  version: '1.0.0',
  license: 'MIT',
  needs,
});
const product = {
  name: 'pulsewire',
  version: '0.1.0',
  shipped: [
    shippedPackage('deep', []),
    shippedPackage('page', []),
    shippedPackage('server', ['node_modules/deep']),
  ],
  runtime: { name: 'electron', version: '45.4.1', licence: 'MIT', purl: 'pkg:npm/electron@45.4.1' },
  committedAtSeconds: 1_795_000_000,
};

describe('deriveBillOfMaterials', () => {
  it('lists what is shipped and the runtime, and nothing that only builds', () => {
    const bom = deriveBillOfMaterials(listed, product);
    expect(bom.components.map(({ name, scope }) => [name, scope])).toEqual([
      ['electron', 'required'],
      ['deep', 'required'],
      ['page', 'required'],
      ['server', 'required'],
    ]);
    expect(bom.components.flatMap(({ properties = [] }) => properties)).toEqual([]);
    expect(bom.metadata.component).toMatchObject({ 'bom-ref': 'pulsewire@0.1.0', type: 'application' });
  });

  it('says what needs what, and the program what nothing else needs', () => {
    const bom = deriveBillOfMaterials(listed, product);
    expect(Object.fromEntries(bom.dependencies.map(({ ref, dependsOn }) => [ref, dependsOn]))).toEqual({
      'pulsewire@0.1.0': ['electron@45.4.1', 'page@1.0.0', 'server@1.0.0'],
      'electron@45.4.1': [],
      'deep@1.0.0': [],
      'page@1.0.0': [],
      'server@1.0.0': ['deep@1.0.0'],
    });
  });

  it('is the same whenever and wherever it is made, and another for another commit', () => {
    const again = {
      ...listed,
      serialNumber: 'urn:uuid:0',
      metadata: { ...listed.metadata, timestamp: '2027-01-01T00:00:00.000Z' },
    };
    const bom = deriveBillOfMaterials(listed, product);
    expect(deriveBillOfMaterials(again, product)).toEqual(bom);
    expect(bom.metadata.timestamp).toBe('2026-11-18T11:06:40.000Z');
    const later = deriveBillOfMaterials(listed, { ...product, committedAtSeconds: 1_795_000_001 });
    expect(later.serialNumber).not.toBe(bom.serialNumber);
    expect(bom.serialNumber).toMatch(
      /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });

  it('leaves nothing out that npm does not list', () => {
    const shipped = [...product.shipped, shippedPackage('stray', [])];
    expect(() => deriveBillOfMaterials(listed, { ...product, shipped })).toThrow('does not list stray@1.0.0');
  });
});
