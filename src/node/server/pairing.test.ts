import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../shared/lifecycle/fake-clock.ts';
import { defaultLimits } from '../../shared/protocol/index.ts';
import { hostActor, type AuditActor, type AuditNote } from '../audit/audit-entry.ts';
import { Pairing, pairingAlphabet, type PairingOutcome } from './pairing.ts';
import type { PairingRequest } from './pairing-requests.ts';
import type { IssuedToken } from './token-store.ts';

const request: PairingRequest = { name: 'phone', address: '127.0.0.1', key: null };

const by: AuditActor = { ...hostActor, kind: 'window', scope: 'local' };

describe('Pairing', () => {
  let clock: FakeClock;
  let created: { name: string; scope: string; endsWallMs?: number | null | undefined }[];
  let revoked: string[];
  let noted: AuditNote[];
  let pairing: Pairing;
  const create = (confirm: boolean): Pairing =>
    new Pairing({
      clock,
      limits: defaultLimits,
      tokens: {
        create: async (wanted) => {
          created.push(wanted);
          return { token: 'secret', record: { id: 'abcdefabcdef' } } as IssuedToken;
        },
        revoke: async (id) => revoked.push(id) > 0,
      },
      confirm,
      audit: { note: async (note) => void noted.push(note) },
      attempts: { note: (note) => void noted.push(note) },
    });
  const redeem = (
    code: string,
    asked = request,
    left = new AbortController().signal,
  ): Promise<PairingOutcome> => pairing.redeem(code, asked, left);
  const events = (): string[] => noted.map(({ event, outcome }) => `${event} ${outcome}`);
  beforeEach(() => {
    clock = new FakeClock();
    [created, revoked, noted] = [[], [], []];
    pairing = create(false);
  });
  const wrong = (code: string): string => (code.startsWith('B') ? 'C' : 'B') + code.slice(1);

  it('shows eight letters of an alphabet of twenty without vowels as XXXX-XXXX', () => {
    expect(new Set(pairingAlphabet).size).toBe(20);
    expect(pairingAlphabet).not.toMatch(/[AEIOUY0-9]/);
    for (let index = 0; index < 200; index++) {
      expect(pairing.open().code).toMatch(new RegExp(`^[${pairingAlphabet}]{4}-[${pairingAlphabet}]{4}$`));
    }
  });

  it.each([
    ['as it is shown', (code: string) => code],
    ['without the dash', (code: string) => code.replace('-', '')],
    ['in small letters with spaces', (code: string) => ` ${code.toLowerCase().replace('-', ' ')} `],
  ])('takes a code %s', async (_, write) => {
    const { code } = pairing.open();
    expect((await redeem(write(code), request)).status).toBe('paired');
    expect(created).toEqual([{ name: 'phone', scope: 'view' }]);
  });

  it('takes a code once, even of two that come at the same time', async () => {
    const { code } = pairing.open();
    const outcomes = await Promise.all([redeem(code, request), redeem(code, request)]);
    expect(outcomes.map(({ status }) => status)).toEqual(['paired', 'noCode']);
    expect(created).toHaveLength(1);
  });

  it('ends a code after five minutes', async () => {
    const { code, expiresAtMs } = pairing.open();
    expect(expiresAtMs).toBe(clock.wall() + 300_000);
    await clock.advance(299_999);
    expect(pairing.current()?.code).toBe(code);
    await clock.advance(1);
    expect(pairing.current()).toBeNull();
    expect((await redeem(code, request)).status).toBe('noCode');
  });

  it('ends a code after five wrong attempts in all', async () => {
    const { code } = pairing.open();
    for (let index = 0; index < 5; index++) {
      expect((await redeem(wrong(code), { ...request, address: `10.0.0.${index}` })).status).toBe('wrong');
    }
    expect((await redeem(code, request)).status).toBe('noCode');
    expect(created).toEqual([]);
  });

  it('still takes the right code at the fifth attempt', async () => {
    const { code } = pairing.open();
    for (let index = 0; index < 4; index++) await redeem(wrong(code), request);
    expect((await redeem(code, request)).status).toBe('paired');
  });

  it('voids the code before when a new one is opened, and the current one when it is closed', async () => {
    const first = pairing.open().code;
    const second = pairing.open().code;
    expect((await redeem(first, request)).status).toBe('wrong');
    pairing.close();
    expect((await redeem(second, request)).status).toBe('noCode');
  });

  it('puts each step on record, and no code', async () => {
    const { code } = pairing.open(by);
    await redeem(wrong(code));
    await redeem(code);
    pairing.open(by);
    pairing.close(by);
    pairing.close(by);
    expect(events()).toEqual([
      'pairing.opened done',
      'pairing.failed refused',
      'pairing.succeeded done',
      'pairing.opened done',
      'pairing.closed done',
    ]);
    expect(noted[1]).toMatchObject({
      who: { kind: 'stranger', address: '127.0.0.1', name: 'phone' },
      code: 'wrong',
      message: 'Attempt 1 of 5.',
    });
    expect(JSON.stringify(noted)).not.toMatch(/[B-Z]{4}-?[B-Z]{4}|secret/);
  });

  describe('where the host has a user', () => {
    beforeEach(() => {
      pairing = create(true);
    });
    afterEach(async () => {
      pairing.end();
      await clock.advance(0);
      expect(pairing.requests()).toEqual([]);
      expect(clock.sleeping).toBe(0);
    });
    const ask = async (asked = request, left?: AbortSignal): Promise<Promise<PairingOutcome>[]> => {
      const outcome = redeem(pairing.open().code, asked, left);
      await clock.advance(0);
      return [outcome];
    };

    it('makes a request of a right code, tells of it, and uses the code up', async () => {
      const asked: string[] = [];
      pairing.onAsked(({ name }) => asked.push(name));
      const { code } = pairing.open();
      void redeem(code, { ...request, key: '012345' });
      expect(pairing.requests()).toMatchObject([
        { name: 'phone', address: '127.0.0.1', key: '012345', askedMs: 0, endsMs: 120_000 },
      ]);
      expect([asked, created]).toEqual([['phone'], []]);
      expect((await redeem(code)).status).toBe('noCode');
    });

    it('gives a token when it is accepted, under the name, the scope and the end that the user gave', async () => {
      const [outcome] = await ask();
      const { id } = pairing.requests()[0]!;
      await pairing.answer(id, { accept: true, name: 'Ann', scope: 'vitals', guestMs: 1_800_000 }, by);
      expect((await outcome!).status).toBe('paired');
      expect(created).toEqual([{ name: 'Ann', scope: 'vitals', endsWallMs: clock.wall() + 1_800_000 }]);
      expect(pairing.requests()).toEqual([]);
      expect(noted.at(-1)).toMatchObject({
        event: 'pairing.succeeded',
        who: by,
        what: { asked: 'phone', name: 'Ann', scope: 'vitals', device: 'abcdefabcdef' },
      });
    });

    it('lets a device in as a viewer under its own name where the user says nothing else', async () => {
      const [outcome] = await ask();
      await pairing.answer(pairing.requests()[0]!.id, { accept: true }, by);
      expect((await outcome!).status).toBe('paired');
      expect(created).toEqual([{ name: 'phone', scope: 'view', endsWallMs: null }]);
    });

    it('gives nothing when it is refused, and takes an answer once', async () => {
      const [outcome] = await ask();
      const { id } = pairing.requests()[0]!;
      await pairing.answer(id, { accept: false }, by);
      expect((await outcome!).status).toBe('refused');
      expect(created).toEqual([]);
      await expect(pairing.answer(id, { accept: true }, by)).rejects.toMatchObject({ code: 'notFound' });
      expect(created).toEqual([]);
      expect(events()).toContain('pairing.refused done');
    });

    it('gives nothing when nobody answers within two minutes', async () => {
      const [outcome] = await ask();
      await clock.advance(119_999);
      expect(pairing.requests()).toHaveLength(1);
      await clock.advance(1);
      expect((await outcome!).status).toBe('expired');
      expect([pairing.requests(), created]).toEqual([[], []]);
      expect(events()).toContain('pairing.expired done');
    });

    it('withdraws the request of a device that goes away', async () => {
      const gone = new AbortController();
      const [outcome] = await ask(request, gone.signal);
      gone.abort();
      expect((await outcome!).status).toBe('left');
      expect([pairing.requests(), created]).toEqual([[], []]);
      expect(events()).toContain('pairing.withdrawn done');
    });

    it('leaves no token behind of a device that goes away while it is let in', async () => {
      const gone = new AbortController();
      const [outcome] = await ask(request, gone.signal);
      const answered = pairing.answer(pairing.requests()[0]!.id, { accept: true }, by);
      gone.abort();
      await expect(answered).rejects.toMatchObject({ code: 'notFound' });
      expect((await outcome!).status).toBe('left');
      expect(revoked).toEqual(['abcdefabcdef']);
    });

    it('lets four wait at once, two of one address, and looks at no code beyond that', async () => {
      for (const address of ['10.0.0.1', '10.0.0.1']) void (await ask({ ...request, address }));
      const { code } = pairing.open();
      expect((await redeem(code, { ...request, address: '10.0.0.1' })).status).toBe('busy');
      expect(pairing.current()).toMatchObject({ code, attemptsLeft: 5 });
      for (const address of ['10.0.0.2', '10.0.0.3']) void (await ask({ ...request, address }));
      expect((await redeem(pairing.open().code, { ...request, address: '10.0.0.4' })).status).toBe('busy');
      expect(pairing.requests().map(({ address }) => address)).toEqual([
        '10.0.0.1',
        '10.0.0.1',
        '10.0.0.2',
        '10.0.0.3',
      ]);
    });

    it('sends away who waits when the host closes', async () => {
      const [outcome] = await ask();
      pairing.end();
      expect((await outcome!).status).toBe('closed');
      expect(clock.sleeping).toBe(0);
    });
  });
});
