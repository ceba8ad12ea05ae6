import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseSettings } from '../src/node/config/parse-settings.ts';
import { startTestServer } from '../src/node/server/testing/test-server.ts';
import { findProgram } from './borrowed-program.ts';
import { findFreePort, startNginx, upgradeThrough } from './nginx-stage.ts';
import type { Fence } from './fences.ts';
import { guidePages } from './pages.ts';

const run = promisify(execFile);
const blocks = guidePages.flatMap(({ path, fences }) =>
  fences.map((fence) => ({ at: `${path}:${fence.line}`, ...fence })),
);
/** What a block is, as far as it matters who reads it. */
const kindOf = ({ language, marks }: Fence): string => [language, ...marks.keys()].join(' ');
const ofKind = (kind: string): readonly (Fence & { readonly at: string })[] =>
  blocks.filter((block) => kindOf(block) === kind);

const [promtool, nginx, caddy] = await Promise.all([
  findProgram('promtool', 'prometheus'),
  findProgram('nginx', 'nginx'),
  findProgram('caddy', 'caddy'),
]);
const without = (program: string | null, name: string): string =>
  program ? '' : ` (skipped: there is no ${name}, and none can be had)`;

/** Each kind of block, and who checks it. A new kind needs a line here, and a check. */
const checkedBy: Readonly<Record<string, string>> = {
  sh: 'commands.integration.test.ts',
  'sh stays': 'commands.integration.test.ts',
  'sh not-run': 'commands.integration.test.ts',
  'text output': 'commands.integration.test.ts',
  js: 'client-package and protocol-docs.integration.test.ts',
  python: 'python-client.integration.test.ts',
  text: 'protocol-schemas.integration.test.ts',
  'json settings': 'here',
  'yaml prometheus': 'here, by promtool',
  'yaml alerts': 'here, by promtool',
  nginx: 'here, by nginx with a host behind it',
  caddyfile: 'here, by caddy',
};

describe('configuration in the guides', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pulsewire-blocks-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const keep = async (name: string, text: string): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, text);
    return path;
  };

  it('is of a kind that somebody checks', () => {
    for (const block of blocks)
      expect([block.at, Object.keys(checkedBy)]).toEqual([block.at, expect.arrayContaining([kindOf(block)])]);
  });

  it('is what a host takes for its settings', () => {
    const settings = ofKind('json settings');
    expect(settings.length).toBeGreaterThan(1);
    for (const { at, text } of settings) expect([at, parseSettings(text).problems]).toEqual([at, []]);
  });

  it.skipIf(!promtool)(`is what Prometheus scrapes by${without(promtool, 'promtool')}`, async () => {
    const configs = ofKind('yaml prometheus');
    expect(configs.length).toBeGreaterThan(0);
    for (const { text } of configs) {
      // The file of the token is the reader's own; promtool wants to see one.
      const config = text.replace('/etc/prometheus/pulsewire.token', await keep('token', 'x'));
      await run(promtool!, ['check', 'config', await keep('prometheus.yml', config)]);
    }
  });

  it.skipIf(!promtool)(`alerts when it should, and not before${without(promtool, 'promtool')}`, async () => {
    const [rules, ...others] = ofKind('yaml alerts');
    expect(others).toEqual([]);
    await run(promtool!, ['check', 'rules', await keep('rules.yml', rules!.text)]);
    const names = [...rules!.text.matchAll(/- alert: (\w+)/g)].map(([, name]) => name!);
    expect(Object.keys(alarming).sort()).toEqual([...names].sort());
    const tests = Object.entries(alarming).flatMap(([alertname, { bad, good, after }]) => [
      {
        interval: '1m',
        input_series: bad,
        alert_rule_test: [{ eval_time: after, alertname, exp_alerts: [] as object[] }],
      },
      {
        interval: '1m',
        input_series: good,
        alert_rule_test: [{ eval_time: after, alertname, exp_alerts: [] }],
      },
    ]);
    const file = await keep(
      'quiet.yml',
      JSON.stringify({ rule_files: ['rules.yml'], tests: tests.filter((_, index) => index % 2 === 1) }),
    );
    await run(promtool!, ['test', 'rules', file], { cwd: folder });
    // promtool wants every label and sentence of an alert; that one fires at all is told by its not being quiet.
    for (const [index, test] of tests.filter((_, at) => at % 2 === 0).entries()) {
      const loud = await keep(
        `loud-${index}.yml`,
        JSON.stringify({ rule_files: ['rules.yml'], tests: [test] }),
      );
      const { stdout = '', code } = await run(promtool!, ['test', 'rules', loud], { cwd: folder }).then(
        (done) => ({ ...done, code: 0 }),
        (failed: { stdout: string; stderr: string; code: number }) => ({
          stdout: failed.stdout + failed.stderr,
          code: failed.code,
        }),
      );
      expect([test.alert_rule_test[0]!.alertname, code, stdout]).toEqual([
        test.alert_rule_test[0]!.alertname,
        1,
        expect.stringContaining(`alertname="${test.alert_rule_test[0]!.alertname}"`),
      ]);
    }
  });

  it.skipIf(!nginx)(
    `hands a viewer on by nginx, under its name and by its address${without(nginx, 'nginx')}`,
    async () => {
      const [block, ...others] = ofKind('nginx');
      expect(others).toEqual([]);
      const [given] = ofKind('json settings').filter(({ text }) => text.includes('trustedProxies'));
      await using server = await startTestServer({}, { config: parseSettings(given!.text).config });
      const port = await findFreePort();
      await using proxy = await startNginx(nginx!, folder, block!.text, { port, hostPort: server.port });
      const watch = (host: string): Promise<number> => upgradeThrough(port, host);
      expect(await watch('monitor.example.org')).toBe(101);
      // Another name, of a site that nginx would answer for too: the host knows it not for its own.
      expect(await watch('other.example.org')).toBe(403);
      expect(proxy.child.exitCode).toBeNull();
    },
  );

  it.skipIf(!caddy)(`is what Caddy takes${without(caddy, 'caddy')}`, async () => {
    const [block, ...others] = ofKind('caddyfile');
    expect(others).toEqual([]);
    const config = await keep('Caddyfile', block!.text);
    const { stdout } = await run(caddy!, ['adapt', '--config', config], { env: { HOME: folder } });
    expect(stdout).toContain('"dial":"127.0.0.1:9740"');
  });
});

/** Series for which each alert must be raised by then, and such for which it must not. Source: promtool's unit tests of rules. */
const alarming: Readonly<
  Record<
    string,
    { readonly bad: readonly object[]; readonly good: readonly object[]; readonly after: string }
  >
> = {
  PulsewireDown: one('up{job="pulsewire"}', '0x20', '1x20', '10m'),
  PulsewireSubjectUnread: one('pulsewire_topic_status{topic="disk",status="late"}', '1x40', '0x40', '30m'),
  FileSystemNearlyFull: {
    bad: [
      series('node_filesystem_avail_bytes{mountpoint="/"}', '4x40'),
      series('node_filesystem_size_bytes{mountpoint="/"}', '100x40'),
    ],
    good: [
      series('node_filesystem_avail_bytes{mountpoint="/"}', '6x40'),
      series('node_filesystem_size_bytes{mountpoint="/"}', '100x40'),
    ],
    after: '30m',
  },
  FileSystemReadOnly: one('node_filesystem_readonly{mountpoint="/"}', '0x60 1x30', '1x90', '80m'),
  PulsewireCostsTooMuch: one('pulsewire_cpu_seconds_total', '0+6x90', '0+1x90', '80m'),
  PulsewireHeldBack: one('pulsewire_governor_level', '1x90', '0x90', '80m'),
  PulsewireLate: one('pulsewire_event_loop_delay_p99_seconds', '0.2x40', '0.01x40', '30m'),
};

function series(name: string, values: string): object {
  return { series: name, values };
}

function one(name: string, bad: string, good: string, after: string): (typeof alarming)[string] {
  return { bad: [series(name, bad)], good: [series(name, good)], after };
}
