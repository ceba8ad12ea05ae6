import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../shared/lifecycle/fake-clock.ts';
import { TaskScope } from '../../shared/lifecycle/task-scope.ts';
import { attemptPeriodMs, AttemptTally, maxAttemptLines } from './attempt-tally.ts';
import { createStranger, type AuditEvent, type AuditNote } from './audit-entry.ts';

describe('AttemptTally', () => {
  let clock: FakeClock;
  let scope: TaskScope;
  let written: AuditNote[];
  let tally: AttemptTally;
  const attempt = (address: string, event: AuditEvent = 'token.wrong'): void =>
    tally.note({ event, who: createStranger(address), outcome: 'refused', code: 'wrong' });
  beforeEach(() => {
    clock = new FakeClock();
    scope = new TaskScope('audit', { clock });
    written = [];
    tally = new AttemptTally({ clock, scope, log: { note: async (note) => void written.push(note) } });
  });
  afterEach(async () => {
    expect((await scope.close('test')).notStopped).toEqual([]);
    expect(clock.sleeping).toBe(0);
  });

  it('writes the first attempt at once, and those that repeat it as one line with their number', async () => {
    for (let index = 0; index < 10_000; index++) attempt('10.0.0.1');
    expect(written).toHaveLength(1);
    await clock.advance(attemptPeriodMs);
    expect(written).toHaveLength(2);
    expect(written[1]).toMatchObject({ who: { address: '10.0.0.1' }, what: { more: 9_999 } });
    await clock.advance(10 * attemptPeriodMs);
    expect(written).toHaveLength(2);
    attempt('10.0.0.1');
    expect(written).toHaveLength(3);
  });

  it('writes of too many different ones the number alone, so that a thousand addresses fill nothing', async () => {
    for (let index = 0; index < 1_000; index++) attempt(`10.0.${index >> 8}.${index & 255}`);
    attempt('10.0.0.0', 'pairing.failed');
    expect(written).toHaveLength(maxAttemptLines);
    await clock.advance(attemptPeriodMs);
    expect(written.slice(maxAttemptLines)).toMatchObject([
      { event: 'token.wrong', who: { address: null }, what: { more: 1_000 - maxAttemptLines } },
      { event: 'pairing.failed', what: { more: 1 } },
    ]);
  });

  it('writes what it has counted when the host closes', async () => {
    for (let index = 0; index < 3; index++) attempt('10.0.0.1');
    await scope.close('test');
    expect(written.at(-1)).toMatchObject({ what: { more: 2 } });
  });
});
