/**
 * What each setting does, by its place in the settings file: for docs/settings.md and for the hints that editors show. The
 * limits are described in docs/security.md.
 *
 * @type {Readonly<Record<string, string>>}
 */
export const settingsDescriptions = {
  $schema: 'Where editors find what may stand in this file.',
  port: 'Port to listen on. 0: any. Without it 9740, or the next that is free.',
  bind: 'Address to listen on: `localhost`, an address of this machine, or `*` for all. One of the LAN means sharing on it.',
  'budget.cpuShare': 'How much of one core the monitor may use: 0.02 is 2 %. `null`: no limit.',
  'budget.memoryBytes': 'How much memory the monitor may use, in bytes. `null`: no limit.',
  'budget.forksPerSecond': 'How many programs the monitor may start in a second. `null`: no limit.',
  'budget.onBattery.cpuShare': 'The same, while the machine runs on its battery.',
  'budget.onBattery.memoryBytes': 'The same, while the machine runs on its battery.',
  'budget.onBattery.forksPerSecond': 'The same, while the machine runs on its battery.',
  'pairing.confirm':
    'Whether somebody is asked before a device with the right code is let in. The app always asks.',
  'sharing.enabled': 'Whether other devices on the network can watch this machine.',
  'sharing.plainHttp': 'Whether they may do so without encryption, too; they can only look then.',
  'sharing.announce': 'Whether hosts nearby are told of this one, by mDNS.',
  trustedProxies:
    'Reverse proxies that are believed for whom they ask and whether over TLS (`X-Forwarded-For`, `X-Forwarded-Proto`): addresses and ranges, as `10.0.0.0/8`.',
  allowedHosts:
    'Names by which a reverse proxy answers for this host: in a browser’s address, without a port. Its own names need not be here.',
  'log.level': 'The least that is logged.',
  'log.format':
    'What a host without a window writes on standard error. Without it words; JSON where the journal reads.',
  'log.file':
    'File to log into beside standard error: mode 0600, put aside at 5 MiB, four of those are kept.',
  'sampling.intervalMs':
    'No figure is read more often than this, whoever asks. In milliseconds, 250 to 60000.',
  dataFolder:
    'Folder for all state: tokens, certificate, audit log. Nothing is moved when it changes. `--data-dir` wins.',
  'app.startAtLogin': 'Whether the app starts when its user logs in.',
  'app.startHidden': 'Whether a start at login opens no window, only the tray icon.',
  'app.closeToTray':
    'Whether the app stays in the tray when its last window is closed. Without a tray it ends.',
  'app.updates':
    '`announce`: the app looks for newer versions once a day and says so. `download`: it fetches them, too. `off`: it looks only when asked. None is installed by itself.',
  'app.notifications.pairing': 'Whether the desktop is told when a device asks to be let in.',
  'app.notifications.newDevice': 'Whether the desktop is told when a device connects for the first time.',
  'app.notifications.diskFull': 'Whether the desktop is told when a file system is nearly full.',
  'view.theme': 'Light or dark. `system` follows the desktop.',
  'view.contrast': '`high` for stronger edges and text. `system` follows the desktop.',
  'view.language': 'Language of the app. `system` follows the desktop. `en-XA` is for testing translations.',
  'view.multiples': '`binary`: multiples of 1024 (KiB). `decimal`: of 1000 (kB).',
  'view.traffic': 'What traffic on networks is counted in. Disks and memory are always bytes.',
  'view.temperature': 'Degrees of temperatures.',
  'view.clock': 'Times of day. `system` is what the language’s region does.',
  'view.density': 'How much room tables and tiles take.',
  'view.motion': '`reduced` turns animations off. `system` follows the desktop.',
  'view.shortcuts':
    'Whether keys that type a character do something. `off` for whoever dictates, or presses keys unawares.',
  'view.trayIcon': 'What the tray icon of the app shows.',
  'view.layout': 'Where the tiles of the overview stand. `null`: as they come. Written by the overview.',
  'view.processTable': 'How the table of processes was left.',
  'view.processTable.layout': 'A plain list, the tree of parents, or summed by application.',
  'view.processTable.sort': 'By what it is sorted.',
  'view.processTable.sort.column': 'The column.',
  'view.processTable.sort.order': 'Which end comes first.',
  'view.processTable.hidden': 'Columns that are not shown.',
  'view.kioskPages': 'Pages that a wall screen shows in turn, by their names in the address.',
  'view.kioskTurnSeconds': 'How long a wall screen shows each page, in seconds. 0: it stays.',
  'view.kioskDim': 'When a wall screen is dimmed.',
  'view.chartWindowMs': 'How much time a chart shows at first, in milliseconds.',
  'view.tourSeen': 'Whether the tour at the first start was seen or skipped.',
};

/**
 * Defaults that the schema does not say, since they depend on something, or are the host's.
 *
 * @type {Readonly<Record<string, unknown>>}
 */
export const settingsDefaults = {
  port: 9740,
  bind: 'localhost',
  'budget.cpuShare': 0.02,
  'budget.memoryBytes': null,
  'budget.forksPerSecond': null,
  'pairing.confirm': false,
  'sharing.enabled': false,
  'sharing.plainHttp': false,
  'sharing.announce': true,
};
