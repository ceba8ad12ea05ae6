import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const watcher = 'org.kde.StatusNotifierWatcher';
const patienceMs = 10_000;

/** Kinds of messages and of header fields; D-Bus specification, "Message Protocol". */
const messageType = { call: 1, reply: 2, signal: 4 } as const;
const field = {
  path: 1,
  interface: 2,
  member: 3,
  replySerial: 5,
  destination: 6,
  sender: 7,
  signature: 8,
} as const;

interface Message {
  readonly type: number;
  readonly serial: number;
  readonly fields: ReadonlyMap<number, string | number>;
  readonly body: Buffer;
}

/**
 * A desktop's tray, as far as an icon needs one: a session bus of its own, on which somebody owns the
 * StatusNotifierWatcher's name. What an icon offers is asked for by `gdbus`, as any desktop would.
 */
export class TrayHost implements AsyncDisposable {
  readonly address: string;
  readonly #bus: ChildProcess;
  readonly #socket: Socket;
  #pending = Buffer.alloc(0);
  #serial = 0;
  #isReady = false;
  #item: string | null = null;
  #newIcons = 0;

  private constructor(bus: ChildProcess, address: string, socket: Socket) {
    this.#bus = bus;
    this.address = address;
    this.#socket = socket;
  }

  static async start(): Promise<TrayHost> {
    const bus = spawn('dbus-daemon', ['--session', '--nofork', '--nopidfile', '--print-address'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const lines = createInterface({ input: bus.stdout });
    const [address] = (await once(lines, 'line')) as [string];
    const path = /(?:path|abstract)=([^,]+)/.exec(address)?.[1] ?? '';
    const socket = connect(address.includes('abstract=') ? `\0${path}` : path);
    await once(socket, 'connect');
    const host = new TrayHost(bus, address, socket);
    await host.#introduce();
    return host;
  }

  /** The bus name of the icon; waits for one. */
  async item(): Promise<string> {
    const deadline = Date.now() + patienceMs;
    while (this.#item === null) {
      if (Date.now() > deadline) throw new Error('No tray icon was registered.');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return this.#item;
  }

  /** The icon's tooltip, all its parts as gdbus prints them. */
  async toolTip(): Promise<string> {
    const get = 'org.freedesktop.DBus.Properties.Get';
    return this.#call('/StatusNotifierItem', get, 'org.kde.StatusNotifierItem', 'ToolTip');
  }

  /** How often the icon has said that its picture is another. */
  get newIcons(): number {
    return this.#newIcons;
  }

  /** The icon's pictures as the desktop gets them: the edge of each, and its bytes (ARGB, row by row). */
  async pictures(): Promise<{ edge: number; bytes: Buffer }[]> {
    const get = 'org.freedesktop.DBus.Properties.Get';
    const answer = await this.#call('/StatusNotifierItem', get, 'org.kde.StatusNotifierItem', 'IconPixmap');
    return [...answer.matchAll(/\((\d+), \d+, (?:@ay )?\[(?:byte )?([^\]]*)\]\)/g)].map(
      ([, edge, bytes]) => ({
        edge: Number(edge),
        bytes: Buffer.from((bytes ?? '').split(', ').map(Number)),
      }),
    );
  }

  /** What a click does. */
  async activate(): Promise<void> {
    await this.#call('/StatusNotifierItem', 'org.kde.StatusNotifierItem.Activate', '0', '0');
  }

  /** Labels of the menu and its submenus by their ids, in order. */
  async menu(): Promise<{ id: number; label: string; isEnabled: boolean; isChecked: boolean }[]> {
    const path = await this.#menuPath();
    const layout = await this.#call(path, 'com.canonical.dbusmenu.GetLayout', '0', '-1', '@as []');
    return [...layout.matchAll(/<\((\d+), \{([^}]*)\}/g)].map(([, id, properties]) => ({
      id: Number(id),
      label: /'label': <'([^']*)'>/.exec(properties ?? '')?.[1] ?? '',
      isEnabled: !/'enabled': <false>/.test(properties ?? ''),
      isChecked: /'toggle-state': <1>/.test(properties ?? ''),
    }));
  }

  /** Chooses an entry of the menu. */
  async choose(label: string): Promise<void> {
    const entry = (await this.menu()).find((each) => each.label === label);
    if (!entry) throw new Error(`The menu has no entry "${label}".`);
    const path = await this.#menuPath();
    const chosen = this.#call(
      path,
      'com.canonical.dbusmenu.Event',
      String(entry.id),
      "'clicked'",
      '<0>',
      'uint32 0',
    );
    // Who is told to quit may be gone before it answers.
    await chosen.catch((error: unknown) => {
      if (!String(error).includes('Error.NoReply')) throw error;
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#socket.destroy();
    const exited = once(this.#bus, 'exit');
    this.#bus.kill('SIGKILL');
    await exited;
  }

  async #menuPath(): Promise<string> {
    const get = 'org.freedesktop.DBus.Properties.Get';
    const answer = await this.#call('/StatusNotifierItem', get, 'org.kde.StatusNotifierItem', 'Menu');
    return /'([^']+)'/.exec(answer)?.[1] ?? '';
  }

  async #call(path: string, method: string, ...args: string[]): Promise<string> {
    const { stdout } = await promisify(execFile)(
      'gdbus',
      [
        'call',
        '--session',
        '--dest',
        await this.item(),
        '--object-path',
        path,
        '--method',
        method,
        '--',
        ...args,
      ],
      { env: { ...process.env, DBUS_SESSION_BUS_ADDRESS: this.address } },
    );
    return stdout;
  }

  /** Says who we are (EXTERNAL: the socket knows) and takes the watcher's name. */
  async #introduce(): Promise<void> {
    const user = Buffer.from(String(process.getuid?.() ?? 0)).toString('hex');
    this.#socket.write(`\0AUTH EXTERNAL ${user}\r\n`);
    await once(this.#socket, 'data');
    this.#socket.write('BEGIN\r\n');
    this.#socket.on('data', (chunk: Buffer) => this.#receive(chunk));
    this.#askBus('Hello');
    const request = new Writer();
    request.string(watcher);
    request.uint32(0);
    this.#askBus('RequestName', 'su', request.bytes);
    const rule = new Writer();
    rule.string("type='signal',member='NewIcon'");
    this.#askBus('AddMatch', 's', rule.bytes);
    const deadline = Date.now() + patienceMs;
    while (!this.#isReady) {
      if (Date.now() > deadline) throw new Error('The bus did not give the name of the tray.');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  #askBus(member: string, signature?: string, body?: Buffer): void {
    this.#send(
      messageType.call,
      [
        [field.path, 'o', '/org/freedesktop/DBus'],
        [field.destination, 's', 'org.freedesktop.DBus'],
        [field.interface, 's', 'org.freedesktop.DBus'],
        [field.member, 's', member],
        ...(signature ? ([[field.signature, 'g', signature]] as const) : []),
      ],
      body,
    );
  }

  #receive(chunk: Buffer): void {
    this.#pending = Buffer.concat([this.#pending, chunk]);
    for (;;) {
      const taken = parseMessage(this.#pending);
      if (!taken) return;
      this.#pending = this.#pending.subarray(taken.length);
      this.#answer(taken.message);
    }
  }

  #answer({ type, serial, fields, body }: Message): void {
    // Ours are numbered from 1: the second is the request for the name.
    if (type === messageType.reply && fields.get(field.replySerial) === 2) this.#isReady = true;
    if (type === messageType.signal && fields.get(field.member) === 'NewIcon') this.#newIcons++;
    if (type !== messageType.call) return;
    const reply = new Writer();
    let signature = '';
    const member = fields.get(field.member);
    if (member === 'RegisterStatusNotifierItem') {
      const name = body.subarray(4, 4 + body.readUInt32LE(0)).toString('utf8');
      this.#item = name.startsWith('/') ? String(fields.get(field.sender)) : name;
    } else if (member === 'Get') {
      // The one property that is asked for: whether there is a tray.
      signature = 'v';
      reply.signature('b');
      reply.uint32(1);
    }
    this.#send(
      messageType.reply,
      [
        [field.destination, 's', String(fields.get(field.sender))],
        [field.replySerial, 'u', serial],
        ...(signature ? ([[field.signature, 'g', signature]] as const) : []),
      ],
      reply.bytes,
    );
  }

  #send(
    type: number,
    fields: readonly (readonly [code: number, signature: string, value: string | number])[],
    body: Buffer = Buffer.alloc(0),
  ): void {
    const entries = new Writer();
    for (const [code, signature, value] of fields) {
      entries.align(8);
      entries.byte(code);
      entries.signature(signature);
      if (typeof value === 'number') entries.uint32(value);
      else if (signature === 'g') entries.signature(value);
      else entries.string(value);
    }
    const header = new Writer();
    for (const value of [0x6c, type, 0, 1]) header.byte(value);
    header.uint32(body.length);
    header.uint32(++this.#serial);
    header.uint32(entries.bytes.length);
    header.raw(entries.bytes);
    header.align(8);
    this.#socket.write(Buffer.concat([header.bytes, body]));
  }
}

/** Little-endian marshalling of the few types that are needed. */
class Writer {
  bytes: Buffer = Buffer.alloc(0);

  align(to: number): void {
    this.raw(Buffer.alloc((to - (this.bytes.length % to)) % to));
  }
  raw(bytes: Buffer): void {
    this.bytes = Buffer.concat([this.bytes, bytes]);
  }
  byte(value: number): void {
    this.raw(Buffer.from([value]));
  }
  uint32(value: number): void {
    this.align(4);
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(value);
    this.raw(bytes);
  }
  string(text: string): void {
    this.uint32(Buffer.byteLength(text));
    this.raw(Buffer.from(`${text}\0`));
  }
  signature(text: string): void {
    this.byte(text.length);
    this.raw(Buffer.from(`${text}\0`));
  }
}

/** The message at the start of `bytes`; null where it is not whole yet. */
function parseMessage(bytes: Buffer): { message: Message; length: number } | null {
  if (bytes.length < 16) return null;
  const fieldsEnd = 16 + bytes.readUInt32LE(12);
  const bodyStart = Math.ceil(fieldsEnd / 8) * 8;
  const length = bodyStart + bytes.readUInt32LE(4);
  if (bytes.length < length) return null;
  const fields = new Map<number, string | number>();
  for (let at = 16; at < fieldsEnd;) {
    at = Math.ceil(at / 8) * 8;
    const code = bytes[at] ?? 0;
    const signature = String.fromCharCode(bytes[at + 2] ?? 0);
    at += 4;
    if (signature === 'g') {
      const size = bytes[at] ?? 0;
      fields.set(code, bytes.subarray(at + 1, at + 1 + size).toString());
      at += size + 2;
      continue;
    }
    at = Math.ceil(at / 4) * 4;
    const value = bytes.readUInt32LE(at);
    at += 4;
    if (signature === 'u') fields.set(code, value);
    else {
      fields.set(code, bytes.subarray(at, at + value).toString());
      at += value + 1;
    }
  }
  const message = {
    type: bytes[1] ?? 0,
    serial: bytes.readUInt32LE(8),
    fields,
    body: bytes.subarray(bodyStart, length),
  };
  return { message, length };
}
