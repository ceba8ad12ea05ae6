import { expect, it, vi } from 'vitest';
import { PreferenceStore, type PreferenceKeeper } from './preference-store.ts';

function keep(first: unknown): PreferenceKeeper & { kept: unknown; changed: () => void } {
  const keeper = {
    kept: first,
    changed: (): void => undefined,
    read: () => keeper.kept,
    write: (preferences: unknown) => void (keeper.kept = preferences),
    onChange: (listener: () => void) => {
      keeper.changed = listener;
      return () => undefined;
    },
  };
  return keeper;
}

it('changes what is named, keeps it, and says so once', () => {
  const keeper = keep({ theme: 'dark' });
  const store = new PreferenceStore(keeper);
  const heard = vi.fn();
  const stop = store.onChange(heard);
  store.change({ density: 'compact' });
  store.change({ density: 'compact' });
  expect(store.current()).toMatchObject({ theme: 'dark', density: 'compact' });
  expect(keeper.kept).toEqual(store.current());
  expect(heard).toHaveBeenCalledTimes(1);
  stop();
  store.change({ theme: 'light' });
  expect(heard).toHaveBeenCalledTimes(1);
});

it('follows what somebody else has changed, and tells nobody where nothing did', () => {
  const keeper = keep(null);
  const store = new PreferenceStore(keeper);
  const heard = vi.fn();
  store.onChange(heard);
  keeper.changed();
  expect(heard).not.toHaveBeenCalled();
  keeper.kept = { traffic: 'bits' };
  keeper.changed();
  expect(store.current().traffic).toBe('bits');
  expect(heard).toHaveBeenCalledTimes(1);
});
