/** One way of writing a header: none, once, or several times. */
export interface HeaderCase {
  readonly values: readonly string[];
  /** Whether it names this machine, or a page of ours. */
  readonly own: boolean;
}

/** Host headers, ours and others', of a server on `port`. */
export function hostCases(port: number, hostName: string, address: string): readonly HeaderCase[] {
  const own = [
    'localhost',
    `localhost:${port}`,
    `LOCALHOST:${port}`,
    `127.0.0.1:${port}`,
    '127.0.0.1',
    `[::1]:${port}`,
  ];
  own.push(`${address}:${port}`, `${hostName}:${port}`, `${hostName}.local:${port}`);
  const foreign = [
    'evil.example',
    `evil.example:${port}`,
    `localhost.evil.example:${port}`,
    `127.0.0.1.nip.io:${port}`,
  ];
  foreign.push(
    `localhost:${port + 1}`,
    '127.0.0.1:80',
    `localhost:${port}0`,
    `evil@localhost:${port}`,
    'localhost.',
  );
  foreign.push(
    `localhost:${port}/x`,
    `0.0.0.0:${port}`,
    '2130706433',
    `[::]:${port}`,
    `[::ffff:127.0.0.1]:${port}`,
  );
  foreign.push('', ' ', 'null', `localhost,evil.example`, `0x7f.1:${port}`, `127.1:${port}`);
  foreign.push(`localhost:`, `localhost:0${port}`, `[::1`, `[::1%25lo]:${port}`, `[0:0:0:0:0:0:0:1]:${port}`);
  foreign.push(
    `http://localhost:${port}`,
    `localhost :${port}`,
    `localhost:${port}#`,
    `*`,
    `xn--localhost-:${port}`,
  );
  return [
    ...own.map((value) => ({ values: [value], own: true })),
    ...foreign.map((value) => ({ values: [value], own: false })),
    { values: [], own: false },
    { values: [`localhost:${port}`, 'evil.example'], own: false },
    { values: [`localhost:${port}`, `localhost:${port}`], own: false },
  ];
}

/** Origin headers, of our pages and others', of a server on `port`. */
export function originCases(port: number, hostName: string, address: string): readonly HeaderCase[] {
  const own = [
    `http://localhost:${port}`,
    `http://127.0.0.1:${port}`,
    `http://[::1]:${port}`,
    `HTTP://Localhost:${port}`,
  ];
  own.push(`http://${address}:${port}`, `http://${hostName}.local:${port}`, `http://${hostName}:${port}`);
  const foreign = [
    'null',
    `https://localhost:${port}`,
    'NULL',
    '',
    'http://evil.example',
    `http://evil.example:${port}`,
    'http://localhost',
  ];
  foreign.push(
    `http://localhost:${port + 1}`,
    `http://localhost:${port}.evil.example`,
    `http://evil@localhost:${port}`,
  );
  foreign.push(`http://localhost:${port}/`, `file://`, `app://localhost:${port}`, `ws://localhost:${port}`);
  foreign.push(
    `chrome-extension://abcdef`,
    `localhost:${port}`,
    `http://localhost:${port} http://evil.example`,
  );
  return [
    { values: [], own: true },
    ...own.map((value) => ({ values: [value], own: true })),
    ...foreign.map((value) => ({ values: [value], own: false })),
    { values: [`http://localhost:${port}`, 'http://evil.example'], own: false },
  ];
}
