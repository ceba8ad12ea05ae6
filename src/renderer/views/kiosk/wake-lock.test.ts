import { expect, it, vi } from 'vitest';
import { keepAwake, type WakeLockState } from './wake-lock.ts';

function createPlace(request = vi.fn(async () => createSentinel())) {
  const target = new EventTarget();
  const visible: { visibilityState: DocumentVisibilityState } = { visibilityState: 'visible' };
  const document = Object.assign(target, visible);
  const states: WakeLockState[] = [];
  const setVisible = (isVisible: boolean): void => {
    document.visibilityState = isVisible ? 'visible' : 'hidden';
    document.dispatchEvent(new Event('visibilitychange'));
  };
  return { place: { wakeLock: { request }, document }, request, states, setVisible };
}

function createSentinel() {
  const sentinel = { released: false, release: vi.fn(async () => void (sentinel.released = true)) };
  return sentinel as unknown as WakeLockSentinel & { released: boolean };
}

const settled = (): Promise<void> => new Promise((resolve) => queueMicrotask(() => queueMicrotask(resolve)));

it('asks once, again when the page is seen again, and lets go at the end', async () => {
  const sentinels: ReturnType<typeof createSentinel>[] = [];
  const request = vi.fn(async () => {
    sentinels.push(createSentinel());
    return sentinels.at(-1)!;
  });
  const { place, states, setVisible } = createPlace(request);
  const stop = keepAwake(place, (state) => states.push(state));
  await settled();
  setVisible(true);
  await settled();
  expect([request.mock.calls, states]).toEqual([[['screen']], ['held']]);

  // The browser lets go of it when the page is hidden.
  sentinels[0]!.released = true;
  setVisible(false);
  await settled();
  expect(request).toHaveBeenCalledTimes(1);
  setVisible(true);
  await settled();
  expect(request).toHaveBeenCalledTimes(2);

  stop();
  expect(sentinels[1]!.release).toHaveBeenCalledOnce();
  setVisible(true);
  await settled();
  expect(request).toHaveBeenCalledTimes(2);
});

it('says that the browser refuses, and asks again later', async () => {
  const request = vi.fn(async (): Promise<WakeLockSentinel> => Promise.reject(new Error('NotAllowedError')));
  const { place, states, setVisible } = createPlace(request);
  const stop = keepAwake(place, (state) => states.push(state));
  await settled();
  expect(states).toEqual(['refused']);
  setVisible(true);
  await settled();
  expect(request).toHaveBeenCalledTimes(2);
  stop();
});

it('says where there is no such thing, as on plain HTTP', () => {
  const { place, states } = createPlace();
  keepAwake({ ...place, wakeLock: undefined }, (state) => states.push(state))();
  expect(states).toEqual(['unsupported']);
});
