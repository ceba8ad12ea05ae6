import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { createSettingsSchema, renderSettingsPage } from '../../../scripts/lib/settings-document.mjs';
import { settingsSources } from './testing/settings-sources.ts';

const docs = join(import.meta.dirname, '..', '..', '..', 'docs');
const read = (name: string): string => readFileSync(join(docs, name), 'utf8');
/** Without what the formatter decides. */
const bare = (text: string): string => text.replaceAll(/ +|-{3,}/g, ' ').replaceAll(/ *\| */g, '|');
const howTo = 'Run node scripts/generate-settings-docs.mjs.';

describe('the page about settings, and their schema', () => {
  it('are as the schema that reads the file says', () => {
    expect(JSON.parse(read('settings.schema.json')), howTo).toEqual(
      JSON.parse(JSON.stringify(createSettingsSchema(settingsSources))),
    );
    const page = read('settings.md');
    expect(bare(page), howTo).toBe(bare(renderSettingsPage(page, settingsSources)));
  });

  it('is a JSON Schema that takes and refuses as we do', () => {
    const validate = new Ajv2020({ strict: false }).compile(
      JSON.parse(read('settings.schema.json')) as object,
    );
    expect(
      validate({ $schema: './x.json', port: 9740, view: { theme: 'dark' }, budget: { cpuShare: null } }),
    ).toBe(true);
    for (const wrong of [
      { prot: 1 },
      { port: '1' },
      { view: { theme: 'blue' } },
      { limits: { maxClients: 0 } },
    ]) {
      expect([wrong, validate(wrong)]).toEqual([wrong, false]);
    }
  });
});
