import { toJsonSchema } from '@valibot/to-json-schema';
import { settingsDefaults, settingsDescriptions } from './settings-descriptions.mjs';

const draft = 'https://json-schema.org/draft/2020-12/schema';

/**
 * @typedef {object} SettingsSources what the code says of the settings file
 * @property {any} configSchema
 * @property {readonly string[]} restartKeys
 * @property {Readonly<Record<string, { flags: string | null, variable: string, key: string | null, about: string }>>} givenSettings
 * @property {Readonly<Record<string, unknown>>} appDefaults defaults of `app`
 * @property {number} cadenceMs default of `sampling.intervalMs`
 * @property {Readonly<Record<string, unknown>>} viewDefaults defaults of `view`
 * @property {Readonly<Record<string, number>>} limitDefaults defaults of `limits`
 */

/**
 * The JSON Schema of the settings file, each key with its description and its default.
 *
 * @param {SettingsSources} sources
 * @returns {any}
 */
export function createSettingsSchema(sources) {
  const described = toJsonSchema(sources.configSchema, {
    target: 'draft-2020-12',
    typeMode: 'input',
    errorMode: 'ignore',
  });
  const schema = Object.assign({ $schema: draft, title: 'Settings of Pulsewire' }, described);
  for (const { key, node } of listKeys(schema)) {
    const about = settingsDescriptions[key];
    if (about !== undefined) node.description = about.replaceAll('`', '');
    else if (!key.startsWith('limits.')) {
      throw new Error(`Say in scripts/lib/settings-descriptions.mjs what "${key}" does.`);
    }
    const value = defaultOf(sources, key);
    if (value !== undefined) node.default = value;
  }
  return schema;
}

/**
 * The page about the settings with its tables made anew; the rest of it is written by hand.
 *
 * @param {string} page
 * @param {SettingsSources} sources
 */
export function renderSettingsPage(page, sources) {
  const rows = listKeys(createSettingsSchema(sources))
    .filter(({ key }) => !key.startsWith('limits.') && key !== '$schema')
    .map(({ key, node }) => {
      const needsRestart = sources.restartKeys.some((each) => key === each || key.startsWith(`${each}.`));
      const about = (settingsDescriptions[key] ?? '').replaceAll('|', '\\|');
      return `| \`${key}\` | ${about} | ${describeValues(node)} | ${describeDefault(node)} | ${needsRestart ? 'next start' : 'at once'} |`;
    });
  const head = ['| key | what it does | values | default | in force |', '| --- | --- | --- | --- | --- |'];
  const given = Object.values(sources.givenSettings).map(({ flags, variable, key, about }) => {
    const cells = [flags, variable, key].map((text) => (text === null ? '–' : `\`${text}\``));
    return `| ${cells.join(' | ')} | ${about} |`;
  });
  const givenHead = ['| flag | variable | in the file | what it does |', '| --- | --- | --- | --- |'];
  return replaceTable(replaceTable(page, 'keys', [...head, ...rows]), 'given', [...givenHead, ...given]);
}

/**
 * The page with what stands between two marks replaced.
 *
 * @param {string} page
 * @param {string} name
 * @param {readonly string[]} lines
 */
function replaceTable(page, name, lines) {
  const [begin, end] = [`<!-- ${name}: begin -->`, `<!-- ${name}: end -->`];
  const [before, rest = ''] = page.split(begin);
  const [, after] = rest.split(end);
  if (before === undefined || after === undefined) throw new Error('docs/settings.md has lost its marks.');
  return `${before}${begin}\n\n${lines.join('\n')}\n\n${end}${after}`;
}

/**
 * Every setting by its dotted key; one that is described is not looked into.
 *
 * @param {any} node
 * @param {string} path
 * @returns {{ key: string, node: any }[]}
 */
function listKeys(node, path = '') {
  return Object.entries(node.properties ?? {}).flatMap(([name, child]) => {
    const key = path === '' ? name : `${path}.${name}`;
    const isLeaf = child.properties === undefined || settingsDescriptions[key] !== undefined;
    return isLeaf ? [{ key, node: child }] : listKeys(child, key);
  });
}

/** @param {SettingsSources} sources @param {string} key */
function defaultOf({ appDefaults, viewDefaults, limitDefaults, cadenceMs }, key) {
  if (key === 'sampling.intervalMs') return cadenceMs;
  /** @type {Record<string, unknown>} */
  const all = { ...settingsDefaults };
  for (const [name, value] of [
    ...flatten('app', appDefaults),
    ...Object.entries(viewDefaults).map(([name, value]) => /** @type {const} */ ([`view.${name}`, value])),
    ...flatten('limits', limitDefaults),
  ]) {
    all[name] = value;
  }
  return all[key];
}

/** @param {string} path @param {Readonly<Record<string, unknown>>} values @returns {[string, unknown][]} */
function flatten(path, values) {
  return Object.entries(values).flatMap(([name, value]) =>
    typeof value === 'object' && value !== null
      ? flatten(`${path}.${name}`, /** @type {any} */ (value))
      : [/** @type {[string, unknown]} */ ([`${path}.${name}`, value])],
  );
}

/** @param {any} node @returns {string} */
function describeValues(node) {
  if (node.enum)
    return node.enum.map((/** @type {unknown} */ value) => `\`${JSON.stringify(value)}\``).join(', ');
  if (node.anyOf) return node.anyOf.map(describeValues).join(' or ');
  if (node.type === 'array' && node.items?.type === 'string') return 'list of texts';
  if (node.type === 'boolean') return '`true`, `false`';
  if (node.type === 'null') return '`null`';
  if (node.minimum !== undefined && node.maximum !== undefined && node.maximum < 1e9) {
    return `${node.minimum} to ${node.maximum}`;
  }
  if (node.minimum !== undefined) return `${node.minimum} and more`;
  return (
    { string: 'text', number: 'number', integer: 'number' }[/** @type {string} */ (node.type)] ?? 'object'
  );
}

/** @param {any} node */
function describeDefault(node) {
  return node.default === undefined || (typeof node.default === 'object' && node.default !== null)
    ? '–'
    : `\`${JSON.stringify(node.default)}\``;
}
