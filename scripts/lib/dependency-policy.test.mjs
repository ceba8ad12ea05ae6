import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseAudit } from './advisories.mjs';
import { allowedLicences, findLicenceProblems } from './licence-policy.mjs';
import { projectFolder } from './project.mjs';
import { listShipped, readLockedPackages } from './shipped-packages.mjs';
import { findFloorProblems, versionFloors } from './version-floors.mjs';

const policy = readFileSync(join(projectFolder, 'docs', 'dependencies.md'), 'utf8');

describe('licences', () => {
  it('lets everything in that is installed beside the program', async () => {
    const shipped = listShipped(await readLockedPackages(), []);
    expect(shipped.length).toBeGreaterThan(20);
    expect(findLicenceProblems(shipped)).toEqual([]);
  });

  it('takes one of several, and all of those that bind together', () => {
    /** @param {string | undefined} license */
    const problemsOf = (license) => findLicenceProblems([{ name: 'a', version: '1.0.0', license }]);
    expect(problemsOf('(MIT OR GPL-3.0-only)')).toEqual([]);
    expect(problemsOf('MIT AND OFL-1.1')).toEqual([]);
    for (const license of [
      'GPL-3.0-only',
      'MIT AND GPL-3.0-only',
      'SEE LICENSE IN LICENSE.txt',
      'UNLICENSED',
    ]) {
      expect(problemsOf(license)).toEqual([`a 1.0.0 has the licence ${license}, which is not on the list.`]);
    }
    expect(problemsOf(undefined)).toEqual(['a 1.0.0 states no licence.']);
  });

  it('are those that the policy names', () => {
    const named = /^Allowed: (.+)\.$/m.exec(policy)?.[1];
    expect(named).toBe(allowedLicences.map((name) => `\`${name}\``).join(', '));
  });
});

describe('floors', () => {
  it('are kept by what is installed and by what may be', async () => {
    expect(findFloorProblems(await readLockedPackages())).toEqual([]);
  });

  it('are told where they are not kept', () => {
    const electron = { devDependencies: { electron: '^45.4.1' } };
    /** @param {string} range @param {string} version */
    const problemsOf = (range, version) =>
      findFloorProblems({
        '': { ...electron, dependencies: { ws: range } },
        'node_modules/electron': { version: '45.4.1' },
        'node_modules/ws': { version },
      });
    expect(problemsOf('^8.23.0', '8.23.0')).toEqual([]);
    expect(problemsOf('^8.23.0', '8.20.0')).toEqual(['ws 8.20.0 is older than 8.21.1.']);
    expect(problemsOf('^8.0.0', '8.23.0')).toEqual(['ws ^8.0.0 allows versions older than 8.21.1.']);
    expect(findFloorProblems({ '': electron, 'node_modules/electron': { version: '45.4.1' } })).toEqual([
      'ws has a floor, but is no dependency any more.',
    ]);
  });

  it('are those that the policy names', () => {
    for (const { name, minimum } of versionFloors) {
      expect(policy).toMatch(new RegExp(`^\\| \`${name}\` +\\| ${minimum.replaceAll('.', '\\.')} +\\|`, 'm'));
    }
  });
});

describe('parseAudit', () => {
  const report = {
    auditReportVersion: 2,
    vulnerabilities: {
      ws: {
        name: 'ws',
        via: [{ title: 'Denial of service', url: 'https://example.org/1', severity: 'high' }],
        nodes: ['node_modules/ws'],
      },
      linter: {
        name: 'linter',
        via: ['glob', { title: 'Slow pattern', url: 'https://example.org/2', severity: 'low' }],
        nodes: ['node_modules/linter'],
      },
    },
  };

  it('tells what reaches users from what only develops', () => {
    expect(parseAudit(JSON.stringify(report), new Set(['node_modules/ws']))).toEqual({
      kind: 'checked',
      shipped: [{ name: 'ws', severity: 'high', title: 'Denial of service (https://example.org/1)' }],
      development: [{ name: 'linter', severity: 'low', title: 'Slow pattern (https://example.org/2)' }],
    });
  });

  it('never takes silence for health', () => {
    const refused = { message: '405 Method Not Allowed', statusCode: 405, error: { summary: '' } };
    expect(parseAudit(JSON.stringify(refused), new Set())).toEqual({
      kind: 'unanswered',
      reason: '405 Method Not Allowed',
    });
    for (const text of ['', 'npm error network', '{}', 'null']) {
      expect(parseAudit(text, new Set()).kind).toBe('unanswered');
    }
  });
});
