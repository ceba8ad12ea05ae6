import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { renderCommandDocs } from './lib/command-docs.mjs';
import { projectFolder } from './lib/project.mjs';

// node scripts/generate-command-docs.mjs
// Writes the manual page and the completions that packages install, from the program that parses the command line.
// scripts/lib/command-docs.test.mjs fails where they are not current.

for (const [path, text] of await renderCommandDocs()) {
  const target = join(projectFolder, path);
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, text);
}
