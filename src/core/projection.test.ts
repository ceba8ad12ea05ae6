import { describe, expect, it } from 'vitest';
import type { ProcessRaw } from '../shared/series/raw/process.ts';
import type { Sections } from '../shared/series/sample.ts';
import { deriveProjection, projectSections } from './projection.ts';

const table = { name: ['sh', 'curl'], command: ['sh', 'curl -u me:secret'] } as unknown as ProcessRaw;
const sections: Sections = { process: { status: 'ok', readMs: 1, data: table } };

describe('what of the sections is sent', () => {
  it('is all of it to who may act on processes, and no command line to a viewer', () => {
    expect([deriveProjection('local'), deriveProjection('control'), deriveProjection('view')]).toEqual(['whole', 'whole', 'guarded']); // prettier-ignore
    expect(projectSections(sections, 'whole')).toBe(sections);
    const guarded = projectSections(sections, 'guarded');
    expect(JSON.stringify(guarded)).not.toContain('secret');
    expect(guarded.process).toMatchObject({ readMs: 1, data: { name: ['sh', 'curl'], command: ['', ''] } });
    expect(table.command[1]).toContain('secret');
  });

  it('is as it was where there is no table', () => {
    const late: Sections = { process: { status: 'late', message: 'No answer.' } };
    expect(projectSections(late, 'guarded')).toBe(late);
    expect(projectSections({}, 'guarded')).toEqual({});
  });
});
