import { describe, expect, it } from 'vitest';
import { FakeClock } from '../shared/lifecycle/fake-clock.ts';
import { defaultLimits } from '../shared/protocol/index.ts';
import { SendWindow } from './send-window.ts';
import type { Transport } from './transport.ts';

const { queueMarkBytes, queueCloseBytes, queueCloseAfterMs, maxUnacknowledged } = defaultLimits;

function open(requiresAck = false) {
  const clock = new FakeClock();
  const transport = { queuedBytes: 0, requiresAck };
  const window = new SendWindow(clock, defaultLimits, transport as unknown as Transport);
  return { clock, transport, window };
}

describe('the send window', () => {
  it('lets a frame of any size go where nothing waits', () => {
    expect(open().window.judge(4 * queueCloseBytes)).toBe('send');
  });

  it('makes a big frame wait behind a small one, and does not take that for a stall', async () => {
    const { clock, transport, window } = open();
    transport.queuedBytes = 200;
    expect(window.judge(4 * queueCloseBytes)).toBe('hold');
    await clock.advance(1_000);
    transport.queuedBytes = 0;
    expect(window.judge(4 * queueCloseBytes)).toBe('send');
  });

  it('closes a client that stays above the mark, and one past the limit at once', async () => {
    const { clock, transport, window } = open();
    transport.queuedBytes = queueMarkBytes;
    expect(window.judge(1)).toBe('hold');
    await clock.advance(queueCloseAfterMs);
    expect(window.judge(1)).toBe('close');
    transport.queuedBytes = queueCloseBytes;
    expect(open().window.judge(1)).toBe('send');
    const other = open();
    other.transport.queuedBytes = queueCloseBytes;
    expect(other.window.judge(1)).toBe('close');
  });

  it('holds what is not acknowledged where acknowledgements are required', () => {
    const { window } = open(true);
    for (let seq = 1; seq <= maxUnacknowledged; seq++) {
      expect(window.judge(1)).toBe('send');
      window.noteSent(seq);
    }
    expect(window.judge(1)).toBe('hold');
    window.noteAck(maxUnacknowledged);
    expect(window.judge(1)).toBe('send');
  });
});
