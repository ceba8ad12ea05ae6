import * as v from 'valibot';
import { parseHostName } from '../server/host-guard.ts';
import { parseAddressRange } from '../server/trusted-proxies.ts';

/** Reverse proxies that are believed what they say of the clients behind them: addresses and ranges as 10.0.0.0/8. */
export const trustedProxiesSchema = v.pipe(
  v.array(
    v.pipe(
      v.string('must be a text'),
      v.check(
        (range) => parseAddressRange(range) !== null,
        'must be an address, as 127.0.0.1, or a range of them, as 10.0.0.0/8',
      ),
    ),
    'must be a list of addresses',
  ),
  v.maxLength(64, 'must have at most 64 addresses'),
);

/** Names under which this host is known beside its own: those of a reverse proxy. */
export const allowedHostsSchema = v.pipe(
  v.array(
    v.pipe(
      v.string('must be a text'),
      v.check(
        (name) => parseHostName(name) !== null,
        'must be a name without a port, as monitor.example.org',
      ),
    ),
    'must be a list of names',
  ),
  v.maxLength(64, 'must have at most 64 names'),
);
