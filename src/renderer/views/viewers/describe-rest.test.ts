import { expect, it } from 'vitest';
import { describeRest } from './describe-rest.ts';

const nothing = { timers: 0, subscriptions: 0, bufferedBytes: 0, requests: 0 };

it('says that nothing was left', () => {
  expect(describeRest({ tasksLeft: 0, notStopped: [], ledger: nothing })).toEqual({
    text: 'tasks left: 0',
    isClean: true,
  });
});

it('names what was left, tasks and everything else that was held', () => {
  expect(describeRest({ tasksLeft: 1, notStopped: ['live\u202e'], ledger: nothing })).toEqual({
    text: 'tasks left: 1 (live\\u{202e})',
    isClean: false,
  });
  const ledger = { ...nothing, timers: 2, bufferedBytes: 512 };
  expect(describeRest({ tasksLeft: 0, notStopped: [], ledger })).toEqual({
    text: 'tasks left: 0, timers: 2, bytes buffered: 512',
    isClean: false,
  });
});
