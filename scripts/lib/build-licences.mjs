import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findLicenceProblems } from './licence-policy.mjs';
import { projectFolder } from './project.mjs';
import { ScriptError } from './script-error.mjs';
import { readShippedPackages } from './shipped-packages.mjs';

/** What of a package is its licence. */
const licenceName = /^(licen[cs]e|copying|notice)(\.|-|$)/i;

/**
 * Makes out/licences.txt: our licence, and that of every package that is shipped with its notice, as they ask for.
 *
 * @throws {ScriptError} where something would be shipped whose licence is not on the list
 */
export async function buildLicences() {
  const shipped = await readShippedPackages();
  const problems = findLicenceProblems(shipped);
  if (problems.length > 0) {
    throw new ScriptError(
      `${problems.join('\n')}\nWhat may be shipped, and who decides, stands in docs/dependencies.md.`,
    );
  }
  const parts = [await readFile(join(projectFolder, 'LICENSE'), 'utf8')];
  for (const { path, name, version, license } of shipped) {
    const folder = join(projectFolder, path);
    const files = (await readdir(folder).catch(() => [])).filter((file) => licenceName.test(file)).sort();
    const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
    parts.push([`${name} ${version} (${license})`, ...texts].join('\n\n'));
  }
  const rule = `\n\n${'='.repeat(78)}\n\n`;
  await writeFile(
    join(projectFolder, 'out', 'licences.txt'),
    `${parts.map((text) => text.trim()).join(rule)}\n`,
  );
}
