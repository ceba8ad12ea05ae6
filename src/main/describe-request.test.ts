import { describe, expect, it } from 'vitest';
import { describeRequest } from './describe-request.ts';

describe('the notification of a device that asks', () => {
  it('says its name, where it is and what it shows', () => {
    expect(describeRequest({ name: 'Ann’s phone', address: '192.168.1.33', key: '048213' })).toEqual({
      title: 'A device asks to watch this machine',
      body: '“Ann’s phone” at 192.168.1.33, and shows 048 213. Let it in or turn it away in Pulsewire.',
    });
    expect(describeRequest({ name: 'x', address: '::1', key: null }).body).toContain('“x” at ::1. Let');
  });

  it('holds no markup and no character that turns or breaks lines, whatever the device calls itself', () => {
    const { body } = describeRequest({
      name: '<a href="x">&amp;\u202e\n\u2028</a>',
      address: 'x',
      key: null,
    });
    expect(body).not.toMatch(/[<>&\n\u202e\u2028]/);
  });
});
