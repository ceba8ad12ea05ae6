import { once } from 'node:events';
import { createConnection, type Socket } from 'node:net';
import { BusReader, BusWriter } from '../bus/bus-value.ts';

/** Name, description, load state, active state, sub state. */
export type StubUnit = readonly [string, string, string, string, string];

/**
 * What answers on a real bus in the place of systemd: `ListUnitsByPatterns` or, where it is old, `ListUnits` alone, and
 * the manager's state. The bus itself checks every message that it sends.
 */
export class StubSystemd implements Disposable {
  readonly calls: string[] = [];
  units: readonly StubUnit[] = [];
  isOld = false;
  isSilent = false;
  readonly #socket: Socket;
  #bytes: Buffer = Buffer.alloc(0);
  #isGreeted = false;
  #serial = 0;

  private constructor(path: string) {
    this.#socket = createConnection({ path });
    this.#socket.on('data', (bytes: Buffer) => this.#take(bytes));
    const user = Buffer.from(String(process.getuid!())).toString('hex');
    this.#socket.write(`\0AUTH EXTERNAL ${user}\r\nBEGIN\r\n`);
  }

  /** Resolves once it has its name on the bus. */
  static async open(path: string): Promise<StubSystemd> {
    const stub = new StubSystemd(path);
    await once(stub.#socket, 'connect');
    const bus = (member: string, signature: string, body: Buffer): void =>
      stub.#send(1, signature, body, [[1, 'o', '/org/freedesktop/DBus'], [2, 's', 'org.freedesktop.DBus'], [3, 's', member], [6, 's', 'org.freedesktop.DBus']]); // prettier-ignore
    bus('Hello', '', Buffer.alloc(0));
    bus('RequestName', 'su', new BusWriter().text('org.freedesktop.systemd1').uint(0).bytes());
    while (!stub.calls.includes('NameAcquired org.freedesktop.systemd1')) await once(stub.#socket, 'data');
    return stub;
  }

  [Symbol.dispose](): void {
    this.#socket.destroy();
  }

  #send(
    type: number,
    signature: string,
    body: Buffer,
    fields: readonly (readonly [number, string, string | number])[],
  ): void {
    // prettier-ignore
    const header = new BusWriter();
    const all = signature === '' ? fields : [...fields, [8, 'g', signature] as const];
    for (const [code, kind, value] of all) {
      header.align(8).byte(code).signature(kind);
      if (typeof value === 'number') header.uint(value);
      else if (kind === 'g') header.signature(value);
      else header.text(value);
    }
    const head = new BusWriter().byte(0x6c).byte(type).byte(0).byte(1).uint(body.length).uint(++this.#serial);
    this.#socket.write(head.uint(header.length).raw(header.bytes()).align(8).raw(body).bytes());
  }

  #take(bytes: Buffer): void {
    this.#bytes = Buffer.concat([this.#bytes, bytes]);
    if (!this.#isGreeted) {
      const end = this.#bytes.indexOf('\r\n');
      if (end < 0) return;
      this.#bytes = this.#bytes.subarray(end + 2);
      this.#isGreeted = true;
    }
    while (this.#bytes.length >= 16) {
      const length = 16 + Math.ceil(this.#bytes.readUInt32LE(12) / 8) * 8 + this.#bytes.readUInt32LE(4);
      if (this.#bytes.length < length) return;
      this.#answer(this.#bytes.subarray(0, length));
      this.#bytes = this.#bytes.subarray(length);
    }
  }

  #answer(message: Buffer): void {
    const reader = new BusReader(message, true, 12);
    const header = new Map(reader.readAll('a(yv)')[0] as unknown as [number, string][]);
    reader.align(8);
    const body = header.has(8) ? reader.readAll(header.get(8)!) : [];
    const member = header.get(3);
    if (member === undefined) return;
    this.calls.push(`${member} ${body.map(String).join(' ')}`.trim());
    if (message[1] !== 1 || this.isSilent) return;
    const to = [[5, 'u', message.readUInt32LE(8)], [6, 's', header.get(7)!]] as const; // prettier-ignore
    if (member === 'Get') this.#send(2, 'v', new BusWriter().signature('s').text('degraded').bytes(), to);
    else if (member === 'ListUnits' || !this.isOld) this.#send(2, 'a(ssssssouso)', this.#encodeUnits(), to);
    else this.#send(3, 's', new BusWriter().text('No.').bytes(), [[4, 's', 'org.freedesktop.DBus.Error.UnknownMethod'], ...to]); // prettier-ignore
  }

  #encodeUnits(): Buffer {
    const list = new BusWriter();
    for (const unit of this.units) {
      list.align(8);
      for (const text of [...unit, '']) list.text(text);
      list.text('/org/freedesktop/systemd1/unit/x').uint(0).text('').text('/');
    }
    // The list begins at a multiple of eight, which is after its length and four more.
    return new BusWriter().uint(list.length).align(8).raw(list.bytes()).bytes();
  }
}
