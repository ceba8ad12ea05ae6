import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { renderCommandDocs } from './command-docs.mjs';
import { projectFolder } from './project.mjs';

it('the manual page and the completions say what the program takes: node scripts/generate-command-docs.mjs', async () => {
  for (const [path, text] of await renderCommandDocs()) {
    expect(await readFile(join(projectFolder, path), 'utf8'), path).toBe(text);
  }
});
