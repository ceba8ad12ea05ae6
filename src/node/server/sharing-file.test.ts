import { expect, it, vi } from 'vitest';
import { SharingFile } from './sharing-file.ts';

const off = { enabled: false, plainHttp: false };
const on = { enabled: true, plainHttp: false };

function build() {
  const settings = { change: vi.fn(async () => undefined) };
  const sharing = { set: vi.fn(async () => undefined) };
  const audit = { note: vi.fn(async () => undefined) };
  const file = new SharingFile(settings, off);
  const follow = (wanted: typeof on) => file.follow(wanted, sharing, audit, () => undefined);
  return { file, settings, sharing, audit, follow };
}

it('turns sharing as the file says, once, and puts it on record', async () => {
  const { sharing, audit, follow } = build();
  follow(off);
  follow(on);
  follow(on);
  await Promise.resolve();
  expect(sharing.set.mock.calls).toEqual([[on]]);
  expect(audit.note).toHaveBeenCalledWith(
    expect.objectContaining({ event: 'sharing.changed', outcome: 'done' }),
  );
});

it('does not follow what it has written itself', async () => {
  const { file, settings, sharing, follow } = build();
  const remembered = file.remember(on);
  follow(on);
  await remembered;
  expect(settings.change).toHaveBeenCalledWith([
    { path: ['sharing', 'enabled'], value: true },
    { path: ['sharing', 'plainHttp'], value: false },
  ]);
  expect(sharing.set).not.toHaveBeenCalled();
  follow(off);
  expect(sharing.set).toHaveBeenCalledTimes(1);
});
