import type { Clock } from '../../shared/lifecycle/clock.ts';
import { BusConnection } from './bus/bus-connection.ts';
import type { BusCall } from './bus/bus-message.ts';
import type { BusValue } from './bus/bus-value.ts';
import type { ProbeMethods, SystemdUnits } from './probe-messages.ts';

type Unit = SystemdUnits['units'][number];

const manager = {
  destination: 'org.freedesktop.systemd1',
  path: '/org/freedesktop/systemd1',
} as const;
const listServices: BusCall = { ...manager, interface: 'org.freedesktop.systemd1.Manager', member: 'ListUnitsByPatterns', args: [[], ['*.service']] }; // prettier-ignore
/** What systemd before 230 has instead. */
const listAll: BusCall = { ...listServices, member: 'ListUnits', args: [] };
const getState: BusCall = { ...manager, interface: 'org.freedesktop.DBus.Properties', member: 'Get', args: ['org.freedesktop.systemd1.Manager', 'SystemState'] }; // prettier-ignore
/** The longest text that travels. */
const mostCharacters = 512;
/** Errors of the bus in the words of the system's. */
const codes: Readonly<Record<string, string>> = {
  ENOENT: 'unsupported',
  ECONNREFUSED: 'unsupported',
  'org.freedesktop.DBus.Error.ServiceUnknown': 'unsupported',
  'org.freedesktop.DBus.Error.NameHasNoOwner': 'unsupported',
  'org.freedesktop.DBus.Error.AccessDenied': 'EACCES',
};

/**
 * Makes what asks systemd for its services over the system's bus, through one connection that is kept. Fails with
 * `unsupported` where there is no bus or no systemd on it, `EACCES` where it may not be asked, `timeout` past 3 s.
 */
export function createListUnits(clock: Clock): (params: unknown) => Promise<SystemdUnits> {
  let kept: { readonly path: string; readonly connection: BusConnection } | null = null;
  const connect = async (path: string): Promise<BusConnection> => {
    if (kept?.path === path && kept.connection.isOpen) return kept.connection;
    kept?.connection.close();
    kept = { path, connection: await BusConnection.open(clock, path) };
    return kept.connection;
  };
  return async (params) => {
    const { path } = params as ProbeMethods['systemdUnits']['params'];
    try {
      const connection = await connect(path);
      const [[state], [units]] = [await connection.call(getState), await list(connection)];
      return { systemState: typeof state === 'string' ? shorten(state) : null, units: parseUnits(units) };
    } catch (thrown) {
      const { code, message } = thrown as { code?: string; message?: string };
      throw Object.assign(new Error(message, { cause: thrown }), { code: codes[code ?? ''] ?? code ?? 'io' });
    }
  };
}

async function list(connection: BusConnection): Promise<readonly BusValue[]> {
  try {
    return await connection.call(listServices);
  } catch (thrown) {
    if ((thrown as { code?: string }).code !== 'org.freedesktop.DBus.Error.UnknownMethod') throw thrown;
    return connection.call(listAll);
  }
}

/**
 * Services from what ListUnits gives, `a(ssssssouso)` (org.freedesktop.systemd1(5)): name, description, load, active
 * and sub state … Units that others only mention, and those that are switched off for good, are left out.
 */
function parseUnits(value: BusValue | undefined): Unit[] {
  if (!Array.isArray(value)) throw new Error('systemd gave no list of units.');
  return (value as readonly BusValue[]).flatMap((entry) => {
    const [name, description, load, state, detail] = Array.isArray(entry)
      ? (entry as readonly BusValue[])
      : [];
    if (typeof name !== 'string' || typeof state !== 'string' || !name.endsWith('.service')) return [];
    if ((load === 'not-found' || load === 'masked') && state === 'inactive') return [];
    const text = (part: BusValue | undefined): string | null =>
      typeof part === 'string' ? shorten(part) : null;
    return [{ name: shorten(name), description: text(description), state, detail: text(detail) }];
  });
}

function shorten(text: string): string {
  return text.slice(0, mostCharacters);
}
