import {
  listCommands,
  type DescribedCommand,
  type DescribedOption,
  type ValueKind,
} from './describe-commands.ts';

/** A completion for zsh. Source: zshcompsys(1), "_arguments". */
export function renderZsh(program: DescribedCommand): string {
  const commands = listCommands(program);
  const steps = commands
    .filter(({ path }) => path.length > 0)
    .map(({ path }) => `'${path.slice(0, -1).join(' ')} ${path.at(-1)}'`);
  const cases = commands.map((command) => {
    const lines = command.options.map((option) => `        ${renderOption(option)}`);
    const first = renderFirst(command);
    if (first !== null) lines.push(`        ${first}`);
    return `    ('${command.path.join(' ')}')\n      _arguments \\\n${lines.join(' \\\n')}\n      ;;`;
  });
  return `#compdef pulsewire
# Completion of pulsewire for zsh; "pulsewire completion zsh" prints it.
_pulsewire() {
  local at=''
  integer index=2 last=1
  while ((index < CURRENT)); do
    case "$at $words[index]" in
      (${steps.join('|')})
        at="\${at:+$at }$words[index]"
        last=index
        ;;
    esac
    ((index++))
  done
  # What follows the command is completed as if it followed the program.
  if ((last > 1)); then
    words=("$words[1]" "\${(@)words[last+1,-1]}")
    ((CURRENT -= last - 1))
  fi
  case "$at" in
${cases.join('\n')}
  esac
}
if [[ "$funcstack[1]" == _pulsewire ]]; then _pulsewire "$@"; else compdef _pulsewire pulsewire; fi
`;
}

function renderOption({ name, description, value }: DescribedOption): string {
  return quote(`${name}[${escape(description)}]${renderValue(value, name.replace(/^--/, ''))}`);
}

function renderValue(value: ValueKind, message: string): string {
  switch (value.kind) {
    case 'none':
      return '';
    case 'choice':
      return `:${message}:(${value.choices.join(' ')})`;
    case 'file':
      return `:${message}:_files`;
    case 'folder':
      return `:${message}:_files -/`;
    case 'text':
      return `:${message}: `;
  }
}

/** What may come first: a command, or the command's own argument. */
function renderFirst({ commands, argument }: DescribedCommand): string | null {
  if (commands.length > 0) {
    const all = commands.map(
      ({ path, description }) => `${path.at(-1)}\\:"${escape(description).replaceAll('"', '')}"`,
    );
    return quote(`1:command:((${all.join(' ')}))`);
  }
  return argument.kind === 'none' ? null : quote(`1${renderValue(argument, 'argument')}`);
}

/** Brackets and colons part the fields of a specification. */
function escape(text: string): string {
  return text.replaceAll(/[[\]:\\]/g, '\\$&');
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
