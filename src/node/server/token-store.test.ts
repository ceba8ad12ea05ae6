import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeClock } from '../../shared/lifecycle/fake-clock.ts';
import { systemClock } from '../../shared/lifecycle/system-clock.ts';
import { TaskScope } from '../../shared/lifecycle/task-scope.ts';
import { defaultLimits } from '../../shared/protocol/index.ts';
import { TokenStore } from './token-store.ts';

const dayMs = 24 * 3_600_000;

describe('TokenStore', () => {
  let root: string;
  let folder: string;
  let clock: FakeClock;
  let warnings: string[];
  const open = (): TokenStore =>
    new TokenStore({ folder, clock, limits: defaultLimits, log: (_, message) => warnings.push(message) });
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'pulsewire-tokens-'));
    folder = join(root, 'state', 'tokens');
    clock = new FakeClock(Date.now());
    warnings = [];
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  it('keeps a token’s hash in a file of mode 0600 in a folder of mode 0700, and the token nowhere', async () => {
    const { token, record } = await open().create({ name: 'ci', scope: 'view' });
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    expect(await readdir(folder)).toEqual([`${record.id}.json`]);
    const path = join(folder, `${record.id}.json`);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect(await readFile(path, 'utf8')).not.toContain(token);
  });

  it('knows its tokens after a restart, and no others', async () => {
    const { token, record } = await open().create({ name: 'ci', scope: 'view' });
    const later = open();
    expect((await later.verify(token))?.id).toBe(record.id);
    for (const wrong of ['', 'x', `${token}x`, token.slice(1), record.sha256, record.id]) {
      expect(await later.verify(wrong)).toBeNull();
    }
  });

  it('takes a token at once that another process has made meanwhile', async () => {
    const host = open();
    expect(await host.list()).toEqual([]);
    const { token } = await open().create({ name: 'late', scope: 'control' });
    expect((await host.verify(token))?.scope).toBe('control');
  });

  it('refuses a token at once that another process has revoked, also after a restart', async () => {
    const host = open();
    const { token, record } = await host.create({ name: 'gone', scope: 'view' });
    expect(await open().revoke(record.id)).toBe(true);
    expect(await host.verify(token)).toBeNull();
    expect(await open().verify(token)).toBeNull();
    expect(await open().revoke(record.id)).toBe(false);
  });

  it('revokes nothing outside its folder', async () => {
    await writeFile(join(root, 'a.json'), '{}');
    for (const id of ['../../a', '..', '', 'a/b', 'ABCDEFABCDEF', '../../../etc/passwd']) {
      expect(await open().revoke(id)).toBe(false);
    }
    expect(await readdir(root)).toEqual(['a.json']);
  });

  it('ends a view token after 90 days without use, counting from its last use', async () => {
    const store = open();
    const { token } = await store.create({ name: 'tablet', scope: 'view' });
    await clock.advance(89 * dayMs);
    expect(await store.verify(token)).not.toBeNull();
    await clock.advance(89 * dayMs);
    expect(await open().verify(token)).not.toBeNull();
    await clock.advance(90 * dayMs);
    expect(await store.verify(token)).toBeNull();
  });

  it('ends a control token 12 hours after it was made, used or not', async () => {
    const store = open();
    const { token } = await store.create({ name: 'admin', scope: 'control' });
    await clock.advance(12 * 3_600_000 - 1);
    expect(await store.verify(token)).not.toBeNull();
    await clock.advance(1);
    expect(await store.verify(token)).toBeNull();
    expect(await store.list()).toEqual([]);
  });

  it('notes a use at most once an hour, and cannot bring a revoked token back by it', async () => {
    const store = open();
    const { token, record } = await store.create({ name: 'tv', scope: 'view' });
    const path = join(folder, `${record.id}.json`);
    const first = (await stat(path)).mtimeMs;
    await clock.advance(3_599_000);
    await store.verify(token);
    expect((await stat(path)).mtimeMs).toBe(first);
    await clock.advance(1_000);
    await store.verify(token);
    expect((await stat(path)).mtimeMs - first).toBeCloseTo(3_600_000, -1);
    await open().revoke(record.id);
    await clock.advance(2 * 3_600_000);
    await store.touch(record.id);
    expect(await readdir(folder)).toEqual([]);
  });

  it('names a corrupt file once, leaves it alone, and goes on with the others', async () => {
    const { token } = await open().create({ name: 'ok', scope: 'view' });
    const path = join(folder, 'abcdefabcdef.json');
    await writeFile(path, '{ "id": ');
    const store = open();
    expect(await store.verify(token)).not.toBeNull();
    await store.list();
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain(path);
    expect(await readFile(path, 'utf8')).toBe('{ "id": ');
  });

  it('tells within a second of a token that another process has revoked, and of one that has expired', async () => {
    const scope = new TaskScope('tokens', { clock: systemClock });
    const host = open();
    const { record } = await host.create({ name: 'a', scope: 'view' });
    await host.watch(scope);
    const revoked = new Promise<string>((resolve) => host.onEnded(resolve));
    const startedMs = performance.now();
    await open().revoke(record.id);
    expect(await revoked).toBe(record.id);
    expect(performance.now() - startedMs).toBeLessThan(1_000);
    const { record: short } = await host.create({ name: 'b', scope: 'control' });
    const expired = new Promise<string>((resolve) => host.onEnded(resolve));
    await clock.advance(dayMs);
    await host.list();
    expect(await expired).toBe(short.id);
    expect((await scope.close('test')).notStopped).toEqual([]);
  });

  it('counts every token as revoked when the whole folder is deleted, and goes on with a new one', async () => {
    const scope = new TaskScope('tokens', { clock: systemClock });
    const host = open();
    const { record } = await host.create({ name: 'a', scope: 'view' });
    await host.watch(scope);
    const revoked = new Promise<string>((resolve) => host.onEnded(resolve));
    await rm(folder, { recursive: true });
    expect(await revoked).toBe(record.id);
    const { token } = await open().create({ name: 'b', scope: 'view' });
    expect(await host.verify(token)).not.toBeNull();
    await scope.close('test');
  });

  it('changes name, scope and end of a token, each as it is asked for, also after a restart', async () => {
    const store = open();
    const { token, record } = await store.create({ name: 'tablet', scope: 'view' });
    expect(await store.change(record.id, { name: 'kitchen' })).toMatchObject({
      name: 'kitchen',
      scope: 'view',
    });
    const endsWallMs = clock.wall() + 60_000;
    expect(await store.change(record.id, { scope: 'arguments' })).toMatchObject({ name: 'kitchen' });
    expect(store.get(record.id)?.endsAt).toBeUndefined();
    const guest = { name: 'kitchen', scope: 'arguments', endsAt: new Date(endsWallMs).toISOString() };
    expect(await store.change(record.id, { endsWallMs })).toMatchObject(guest);
    expect(await open().verify(token)).toMatchObject(guest);
    expect((await store.change(record.id, { endsWallMs: null }))?.endsAt).toBeUndefined();
    expect((await open().verify(token))?.endsAt).toBeUndefined();
    expect(await readdir(folder)).toEqual([`${record.id}.4.json`, `${record.id}.json`]);
    for (const name of await readdir(folder)) {
      expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
      expect(await readFile(join(folder, name), 'utf8')).not.toContain(token);
    }
  });

  it('changes nothing that is not there, and brings back nothing that was revoked', async () => {
    const store = open();
    const { record } = await store.create({ name: 'a', scope: 'view' });
    expect(await store.change('ffffffffffff', { name: 'b' })).toBeNull();
    expect(await store.change('../../x', { name: 'b' })).toBeNull();
    await open().revoke(record.id);
    expect(await store.change(record.id, { name: 'b' })).toBeNull();
    expect(await readdir(folder)).toEqual([]);
  });

  it('takes the files of earlier versions as they are', async () => {
    const store = open();
    const { token, record } = await store.create({ name: 'old', scope: 'view' });
    const { lastUsedMs: _, ...file } = record;
    expect(Object.keys(file).sort()).toEqual(['createdAt', 'id', 'name', 'scope', 'sha256']);
    expect(await store.change(record.id, { scope: 'vitals' })).toMatchObject({ scope: 'vitals' });
    expect(JSON.parse(await readFile(join(folder, `${record.id}.json`), 'utf8'))).toEqual(file);
    expect((await open().verify(token))?.scope).toBe('vitals');
  });

  it('counts the 12 hours of a token that may act from when it was given that scope', async () => {
    const store = open();
    const { token, record } = await store.create({ name: 'tablet', scope: 'view' });
    await clock.advance(3 * dayMs);
    await store.change(record.id, { scope: 'control' });
    await clock.advance(12 * 3_600_000 - 1);
    expect(await store.verify(token)).not.toBeNull();
    await store.change(record.id, { scope: 'control', name: 'again' });
    await clock.advance(1);
    expect(await store.verify(token)).toBeNull();
    expect(await open().verify(token)).toBeNull();
  });

  it('ends a guest at its end, used or not, and says so within that second', async () => {
    const scope = new TaskScope('tokens', { clock });
    const store = open();
    const { token, record } = await store.create({
      name: 'guest',
      scope: 'view',
      endsWallMs: clock.wall() + 1_800_000,
    });
    await store.watch(scope);
    const ended: string[] = [];
    store.onEnded((id, end) => ended.push(`${id} ${end}`));
    await clock.advance(1_799_999);
    expect(await store.verify(token)).not.toBeNull();
    await clock.advance(1);
    expect(await store.verify(token)).toBeNull();
    await vi.waitFor(() => expect(ended).toEqual([`${record.id} expired`]));
    const closed = scope.close('test');
    await clock.advance(10_000);
    expect((await closed).notStopped).toEqual([]);
    expect(clock.sleeping).toBe(0);
  });

  it('ends a guest within a second of waking where the machine slept through its end', async () => {
    const scope = new TaskScope('tokens', { clock });
    const store = open();
    await store.create({ name: 'guest', scope: 'view', endsWallMs: clock.wall() + 1_800_000 });
    await store.watch(scope);
    const ended: string[] = [];
    store.onEnded((_id, end) => ended.push(end));
    clock.suspend(2_000_000);
    await clock.advance(1_000);
    await vi.waitFor(() => expect(ended).toEqual(['expired']));
    const closed = scope.close('test');
    await clock.advance(10_000);
    await closed;
  });

  it('tells of a scope that another process has changed, and not of a name', async () => {
    const scope = new TaskScope('tokens', { clock: systemClock });
    const host = open();
    const { record } = await host.create({ name: 'a', scope: 'view' });
    await host.watch(scope);
    const rescoped: string[] = [];
    host.onRescoped((id) => rescoped.push(id));
    await open().change(record.id, { name: 'b' });
    await vi.waitFor(() => expect(host.get(record.id)?.name).toBe('b'));
    expect(rescoped).toEqual([]);
    const startedMs = performance.now();
    await open().change(record.id, { scope: 'vitals' });
    await vi.waitFor(() => expect(rescoped).toEqual([record.id]));
    expect(performance.now() - startedMs).toBeLessThan(1_000);
    await scope.close('test');
  });

  it('lets nobody in by a token whose last change cannot be read', async () => {
    const store = open();
    const { token, record } = await store.create({ name: 'a', scope: 'control' });
    await store.change(record.id, { scope: 'vitals' });
    await writeFile(join(folder, `${record.id}.1.json`), '{ "id": ');
    expect(await open().verify(token)).toBeNull();
    expect(warnings.join()).toContain(`${record.id}.1.json`);
  });

  it('removes the drafts of processes that were killed, and the changes of a token that was revoked', async () => {
    const scope = new TaskScope('tokens', { clock: systemClock });
    const { record } = await open().create({ name: 'a', scope: 'view' });
    await writeFile(join(folder, '.abcdefabcdef.0123456789ab.new'), '{');
    await writeFile(join(folder, 'abcdefabcdef.3.json'), '{');
    await open().watch(scope);
    expect(await readdir(folder)).toEqual(['.abcdefabcdef.0123456789ab.new', `${record.id}.json`]);
    await scope.close('test');
    await clock.advance(61_000);
    const later = new TaskScope('tokens', { clock: systemClock });
    await open().watch(later);
    expect(await readdir(folder)).toEqual([`${record.id}.json`]);
    await later.close('test');
  });
});
