import { expect, it } from 'vitest';
import { deriveUpdateFailure } from './derive-update-failure.ts';
import { derivePlainNotes } from './plain-notes.ts';

it.each([
  [{ code: 'ERR_CHECKSUM_MISMATCH' }, 'tampered'],
  [{ code: 'ERR_UPDATER_CHANNEL_FILE_NOT_FOUND' }, 'noFeed'],
  [{ code: 'HTTP_ERROR_404' }, 'missing'],
  [new Error('Cannot download "http://127.0.0.1/x", status 404: Not Found'), 'missing'],
  [{ code: 'ENOSPC' }, 'diskFull'],
  [{ code: 'EACCES' }, 'notWritable'],
  [new Error('net::ERR_CONNECTION_REFUSED'), 'offline'],
  [new Error('net::ERR_CERT_AUTHORITY_INVALID'), 'tampered'],
  [new Error('something'), 'other'],
  [undefined, 'other'],
])('%j means %s', (thrown, why) => expect(deriveUpdateFailure(thrown)).toBe(why));

it('notes are plain text, whatever they came as', () => {
  expect(derivePlainNotes('## New\r\n- a < b')).toBe('New\n- a < b');
  expect(derivePlainNotes('<h2>New</h2><ul><li>a &lt; b</li><li><b>c</b></li></ul><script>x</script>')).toBe(
    'New\n\n- a < b\n- c\nx',
  );
  expect(
    derivePlainNotes([
      { version: '2', note: 'two' },
      { version: '3', note: null },
    ]),
  ).toBe('2\ntwo\n\n3');
  expect(derivePlainNotes('x'.repeat(9_000))).toHaveLength(6_001);
  expect([null, undefined, ' \n', []].map(derivePlainNotes)).toEqual([null, null, null, null]);
});
