import { describe, expect, it } from 'vitest';
import { MonitorError } from '../../shared/lifecycle/monitor-error.ts';
import { describeRefusal } from './describe-refusal.ts';

describe('describeRefusal', () => {
  it('says that it was refused, and what would help', () => {
    expect(
      describeRefusal(new MonitorError('needsPermission', 'It is not yours.', { remedy: 'Use sudo.' })),
    ).toEqual({
      isRefused: true,
      text: 'It is not yours.',
      remedy: 'Use sudo.',
    });
  });

  it('does not call a lost connection a refusal', () => {
    expect(describeRefusal(new MonitorError('unavailable', 'There is no connection.'))).toEqual({
      isRefused: false,
      text: 'There is no connection.',
      remedy: null,
    });
  });
});
