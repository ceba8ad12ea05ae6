import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildHeadless, HeadlessProcess, removeBuild } from './testing/built-headless.ts';
import type { SharingReport } from './testing/sharing-stage.ts';
import { findUnshare } from './testing/two-namespaces.ts';

const unshare = findUnshare();
const without = unshare ? '' : ' (skipped: neither `unshare -Urn` nor `unshare -n` works here)';

describe.skipIf(!unshare)(`a host that is shared on every address${without}`, () => {
  let entry: string;
  beforeAll(async () => {
    entry = await buildHeadless({ 'sharing-stage': 'src/headless/testing/sharing-stage.ts' });
  });
  afterAll(() => removeBuild(entry));

  it('answers there by TLS over IPv4 and IPv6, follows its addresses, and goes back to loopback where it cannot', async () => {
    const stage = new HeadlessProcess(join(entry, '..', 'sharing-stage.js'), [], [...unshare!]);
    const { status } = await stage.exited;
    expect([status, stage.stderr]).toEqual([0, '']);
    const { urls, answers } = JSON.parse(stage.stdout) as SharingReport;
    expect(urls).toEqual(['https://10.77.0.1:port', 'https://[fd77::1]:port']);
    const { 'port taken on the LAN': refusal, ...rest } = answers;
    expect(rest).toEqual({
      'LAN while off': 'ECONNREFUSED',
      IPv4: 200,
      IPv6: 200,
      plain: 308,
      loopback: 200,
      'address to come': 'ENETUNREACH',
      'address that came': 200,
      'LAN after off': 'ECONNREFUSED',
      'loopback after that': 200,
    });
    expect(refusal).toMatch(/^Sharing could not be turned on: Port \d+ on :: is taken/);
  }, 30_000);
});
