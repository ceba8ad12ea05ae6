/**
 * Writes src/node/diagnostics/program-words.ts: every word of the sentences that stand in the program's sources. A message in a
 * diagnostics bundle keeps these and loses all others.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { collectProgramWords } from './lib/program-words.mjs';
import { isStartedDirectly, projectFolder } from './lib/project.mjs';

const path = join(projectFolder, 'src', 'node', 'diagnostics', 'program-words.ts');

async function main() {
  const words = await collectProgramWords(projectFolder);
  const lines = [];
  let line = '';
  for (const word of words) {
    if (line.length + word.length > 110) {
      lines.push(`${line} `);
      line = '';
    }
    line += `${line === '' ? '' : ' '}${word}`;
  }
  lines.push(line);
  const text = `/** Every word of the sentences in the program's sources, made by scripts/generate-program-words.mjs. */
export const programWords =
${lines.map((each) => `  ${JSON.stringify(each).replaceAll("'", '’').replace(/^"|"$/g, "'")}`).join(' +\n')};
`;
  await writeFile(path, text);
  console.log(`${words.length} words.`);
}

if (isStartedDirectly(import.meta.url)) await main();
