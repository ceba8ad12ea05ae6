import { beforeEach, expect, it } from 'vitest';
import { defaultLimits } from '../../shared/protocol/index.ts';
import { ClientPool } from './client-pool.ts';

let pool: ClientPool;
beforeEach(() => {
  pool = new ClientPool(defaultLimits);
});

it('has room for sixteen strangers in all, four an address', () => {
  for (let index = 0; index < 4; index++) pool.add('10.0.0.1', null);
  expect(pool.strangerRoom('10.0.0.1')).toBe('address');
  for (let index = 0; index < 12; index++) pool.add(`10.0.1.${index}`, null);
  expect(pool.strangerRoom('10.0.0.9')).toBe('all');
  expect(pool.clientRoom('10.0.0.1')).toBe('room');
});

it('has room for thirty-two clients in all, eight an address', () => {
  for (let index = 0; index < 8; index++) pool.add('10.0.0.1', 'token');
  expect(pool.clientRoom('10.0.0.1')).toBe('address');
  for (let index = 0; index < 24; index++) pool.add(`10.0.1.${index}`, 'token');
  expect(pool.clientRoom('10.0.0.9')).toBe('all');
  expect(pool.strangerRoom('10.0.0.1')).toBe('room');
});

it('gives the room of a client back once it is being shown out, and of a stranger once it has gone', () => {
  const client = pool.add('10.0.0.1', 'token');
  for (let index = 1; index < 8; index++) pool.add('10.0.0.1', 'token');
  pool.release(client);
  expect(pool.clientRoom('10.0.0.1')).toBe('room');
  const strangers = Array.from({ length: 4 }, () => pool.add('10.0.0.1', null));
  pool.release(strangers[1]!);
  expect(pool.strangerRoom('10.0.0.1')).toBe('address');
  pool.remove(strangers[0]!);
  expect(pool.strangerRoom('10.0.0.1')).toBe('room');
});

it('counts nobody twice, whatever becomes of them in whatever order', () => {
  const limits = { ...defaultLimits, maxClients: 1, maxUnauthenticated: 1 };
  const small = new ClientPool(limits);
  for (let round = 0; round < 3; round++) {
    const connection = small.add('10.0.0.1', null);
    expect(small.strangerRoom('10.0.0.2')).toBe('all');
    small.admit(connection, 'token');
    small.admit(connection, 'other');
    expect([small.strangerRoom('10.0.0.2'), small.clientRoom('10.0.0.2')]).toEqual(['room', 'all']);
    small.release(connection);
    small.release(connection);
    expect(small.clientRoom('10.0.0.2')).toBe('room');
    small.remove(connection);
    small.admit(connection, 'late');
    small.remove(connection);
    expect([small.size, small.strangerRoom('10.0.0.1'), small.clientRoom('10.0.0.1')]).toEqual([
      0,
      'room',
      'room',
    ]);
  }
});

it('counts a stranger among the clients once it has shown its token', () => {
  const connection = pool.add('10.0.0.1', null);
  pool.admit(connection, 'token');
  expect(connection.tokenId).toBe('token');
  for (let index = 0; index < 3; index++) pool.add('10.0.0.1', null);
  expect(pool.strangerRoom('10.0.0.1')).toBe('room');
});
