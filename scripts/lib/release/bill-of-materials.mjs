import { createHash } from 'node:crypto';

/**
 * CycloneDX 1.5, as far as it is touched here.
 *
 * @typedef {object} Component
 * @property {string} bom-ref
 * @property {string} type
 * @property {string} name
 * @property {string} [version]
 * @property {string} [scope]
 * @property {string} [purl]
 * @property {string} [description]
 * @property {{name: string, value: string}[]} [properties]
 * @property {object[]} [licenses]
 * @property {object[]} [externalReferences]
 *
 * @typedef {object} Bom
 * @property {string} serialNumber
 * @property {{timestamp: string, component: Component, lifecycles?: {phase: string}[]}} metadata
 * @property {Component[]} components
 * @property {{ref: string, dependsOn?: string[]}[]} dependencies
 */

/**
 * The bill of materials of one product: of what npm lists (`npm sbom`) that which is shipped, and the runtime that it comes
 * with. The same input makes the same bytes: its number is derived from what is in it, its time is that of the commit.
 *
 * @param {Bom} listed of all packages of the project
 * @param {object} product
 * @param {string} product.name
 * @param {string} product.version
 * @param {readonly import('../shipped-packages.mjs').ShippedPackage[]} product.shipped
 * @param {{name: string, version: string, licence: string, purl: string}} product.runtime
 * @param {number} product.committedAtSeconds
 * @returns {Bom}
 * @throws {Error} where npm does not list what is shipped
 */
export function deriveBillOfMaterials(listed, { name, version, shipped, runtime, committedAtSeconds }) {
  const root = `${name}@${version}`;
  /** @param {{name: string, version: string}} of */
  const refOf = (of) => `${of.name}@${of.version}`;
  const known = new Map(listed.components.map((component) => [component['bom-ref'], component]));
  const refs = [...new Set(shipped.map(refOf))].sort();
  const components = refs.map((ref) => {
    const component = known.get(ref);
    if (component === undefined) throw new Error(`npm sbom does not list ${ref}, which is shipped.`);
    return describeShipped(component);
  });
  const byPath = new Map(shipped.map((found) => [found.path, refOf(found)]));
  const needed = new Set(shipped.flatMap(({ needs }) => needs.map((path) => byPath.get(path))));
  /** @type {Map<string, Set<string>>} */
  const needs = new Map([[refOf(runtime), new Set()]]);
  for (const found of shipped) {
    const of = needs.get(refOf(found)) ?? new Set();
    for (const path of found.needs) of.add(byPath.get(path) ?? path);
    needs.set(refOf(found), of);
  }
  const bom = {
    ...listed,
    serialNumber: '',
    metadata: {
      ...listed.metadata,
      timestamp: new Date(committedAtSeconds * 1000).toISOString(),
      lifecycles: [{ phase: 'build' }],
      component: { ...listed.metadata.component, 'bom-ref': root, type: 'application', name, version },
    },
    components: [describeRuntime(runtime), ...components],
    dependencies: [
      // What nothing else that is shipped needs is there for the program itself.
      { ref: root, dependsOn: [refOf(runtime), ...refs.filter((ref) => !needed.has(ref))] },
      ...[...needs].map(([ref, of]) => ({ ref, dependsOn: [...of].sort() })),
    ],
  };
  return { ...bom, serialNumber: deriveSerialNumber(JSON.stringify(bom)) };
}

/** @param {Component} component as npm lists it: for it a bundled package is one of development. @returns {Component} */
function describeShipped({ properties = [], ...component }) {
  return {
    ...component,
    scope: 'required',
    properties: properties.filter(({ name }) => name !== 'cdx:npm:package:development'),
  };
}

/** @param {{name: string, version: string, licence: string, purl: string}} runtime @returns {Component} */
function describeRuntime({ name, version, licence, purl }) {
  return {
    'bom-ref': `${name}@${version}`,
    type: 'framework',
    name,
    version,
    scope: 'required',
    purl,
    licenses: [{ license: { id: licence } }],
  };
}

/** A UUID of the content (RFC 9562, version 8). @param {string} content */
function deriveSerialNumber(content) {
  const hex = createHash('sha256').update(content).digest('hex');
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
