import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { runnerImport } from 'vite';
import { projectFolder } from './lib/project.mjs';
import { createSettingsSchema, renderSettingsPage } from './lib/settings-document.mjs';

// node scripts/generate-settings-docs.mjs
// Writes docs/settings.schema.json, and the tables of docs/settings.md, from the schema that reads the settings file.
// src/node/config/settings-page.integration.test.ts fails where they are not current.

/** @param {string} path @returns {Promise<any>} */
async function load(path) {
  const found = await runnerImport(join(projectFolder, path), { configFile: false, logLevel: 'error' });
  return found.module;
}

const { settingsSources } = await load('src/node/config/testing/settings-sources.ts');

/** @param {string} path @param {string} text @param {'json' | 'markdown'} parser */
async function write(path, text, parser) {
  const formatted = await format(text, { ...(await resolveConfig(path)), parser });
  await writeFile(path, formatted);
}

const page = join(projectFolder, 'docs', 'settings.md');
await write(page, renderSettingsPage(await readFile(page, 'utf8'), settingsSources), 'markdown');
const schema = join(projectFolder, 'docs', 'settings.schema.json');
await write(schema, JSON.stringify(createSettingsSchema(settingsSources), null, 2), 'json');
