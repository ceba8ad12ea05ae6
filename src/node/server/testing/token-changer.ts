import { systemClock } from '../../../shared/lifecycle/system-clock.ts';
import { defaultLimits } from '../../../shared/protocol/index.ts';
import { TokenStore } from '../token-store.ts';

/*
 * A process of its own that renames a token as fast as it can until there is no such token any more, and then prints how
 * often it was told that it had. Arguments: folder, id.
 */
const [folder = '', id = ''] = process.argv.slice(2);
const tokens = new TokenStore({ folder, clock: systemClock, limits: defaultLimits, log: () => undefined });
let changes = 0;
process.stdout.write('started\n');
while (await tokens.change(id, { name: `name ${changes}` })) changes++;
process.stdout.write(`${changes}\n`);
