/**
 * @typedef {object} DescribedOption
 * @property {string} name
 * @property {string} description
 * @property {{kind: string, choices?: readonly string[]}} value
 *
 * @typedef {object} DescribedCommand
 * @property {readonly string[]} path
 * @property {string} description
 * @property {readonly DescribedOption[]} options
 * @property {{kind: string, choices?: readonly string[]}} argument
 * @property {readonly DescribedCommand[]} commands
 */

/** Switches of the app, which are not the command line's: src/main/command-line.ts reads them. */
const appOptions = [
  ['--quick', 'show the quick view'],
  ['--hidden', 'show nothing but the icon in the tray'],
  ['--data-dir FOLDER', 'folder for all state'],
  ['--port PORT', 'port to listen on; 0: any'],
  ['--replay FILE', 'show a recording of "record" in place of this machine'],
  ['--speed FACTOR', 'of the replay: so many recorded seconds in one'],
];

/**
 * The manual page of the program, as man(7) has it.
 *
 * @param {DescribedCommand} program
 * @returns {string}
 */
export function renderManualPage(program) {
  const commands = program.commands.flatMap(listLeaves);
  return [
    '.\\" Written by scripts/generate-command-docs.mjs from the program itself.',
    '.TH PULSEWIRE 1 "" "Pulsewire" "User Commands"',
    '.SH NAME',
    'pulsewire \\- system monitor that others on the network may watch',
    '.SH SYNOPSIS',
    '.B pulsewire',
    '[\\fIOPTION\\fR ...] [\\fILINK\\fR]',
    '.br',
    '.B pulsewire',
    '\\fICOMMAND\\fR [\\fIOPTION\\fR ...]',
    '.SH DESCRIPTION',
    'Without a command the desktop app opens its window. It serves what it shows on this machine, and on the network once',
    'sharing is on. A command does one thing, without a window and without a display; the package for servers has no app, and',
    'without a command it serves.',
    '.SH COMMANDS',
    ...commands.flatMap((command) => [
      `.SS ${escape(usage(command))}`,
      escape(sentence(command.description)),
      ...command.options.flatMap(renderOption),
    ]),
    '.SH OPTIONS OF THE APP',
    ...appOptions.flatMap(([name = '', description = '']) => [
      '.TP',
      `.B ${escape(name)}`,
      escape(sentence(description)),
    ]),
    '.SH LINKS',
    '.TP',
    '.B pulsewire://open/PAGE',
    'Open a page of the app, as processes or settings.',
    '.TP',
    '.B pulsewire://pair?host=ADDRESS&code=CODE',
    'Fill in the form by which another host is watched. Nothing is connected to by that.',
    '.SH FILES',
    '.TP',
    '.I ~/.config/Pulsewire/config.json',
    'Settings.',
    '.TP',
    '.I ~/.local/share/Pulsewire',
    'State: tokens, the certificate that is shared with, the audit log. It stays when the package is removed.',
    '.SH EXIT STATUS',
    '0 where it did what was asked; 2 where the command line, the settings or the data folder are to blame; 1 otherwise.',
    '.SH EXAMPLES',
    '.nf',
    'pulsewire serve \\-\\-port 9740',
    'pulsewire token create \\-\\-name grafana \\-\\-scope view',
    'pulsewire audit \\-\\-lines 20',
    '.fi',
    '',
  ].join('\n');
}

/** Commands that do something: of one with commands below it those alone. @param {DescribedCommand} command @returns {DescribedCommand[]} */
function listLeaves(command) {
  return command.commands.length === 0 ? [command] : command.commands.flatMap(listLeaves);
}

/** @param {DescribedCommand} command */
function usage({ path, argument }) {
  const place = argument.kind === 'none' ? '' : ` ${argument.choices?.join('|') ?? 'ID'}`;
  return `pulsewire ${path.join(' ')}${place}`;
}

/** @param {DescribedOption} option */
function renderOption({ name, description, value }) {
  const place =
    value.choices?.join('|') ?? { file: 'FILE', folder: 'FOLDER', text: 'VALUE' }[value.kind] ?? '';
  return ['.TP', `.B ${escape(`${name} ${place}`.trim())}`, escape(sentence(description))];
}

/** @param {string} text */
function sentence(text) {
  return `${text.charAt(0).toUpperCase()}${text.slice(1).replace(/\.$/, '')}.`;
}

/** What roff would take for its own: a dash is a hyphen unless told otherwise, and so on. @param {string} text */
function escape(text) {
  const escaped = text.replaceAll('\\', '\\e').replaceAll('-', '\\-').replaceAll('’', '\\(cq');
  return /^[.']/.test(escaped) ? `\\&${escaped}` : escaped;
}
