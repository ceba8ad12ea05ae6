import { listCommands, listValues, type DescribedCommand, type ValueKind } from './describe-commands.ts';

/** A completion for bash 4 and later. Source: bash(1), "Programmable Completion". */
export function renderBash(program: DescribedCommand): string {
  const commands = listCommands(program);
  const steps = commands
    .filter(({ path }) => path.length > 0)
    .map(({ path }) => `'${path.slice(0, -1).join(' ')} ${path.at(-1)}'`);
  const values = [...listValues(program)].map(([name, value]) => `    ${name}) ${complete(value)} ;;`);
  const words = commands.map(({ path, options, commands: below, argument }) => {
    const choices = argument.kind === 'choice' ? argument.choices : [];
    const all = [...below.map((each) => each.path.at(-1)), ...choices, ...options.map(({ name }) => name)];
    return `    '${path.join(' ')}') words='${all.join(' ')}' ;;`;
  });
  return `# Completion of pulsewire for bash; "pulsewire completion bash" prints it.
_pulsewire() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]} at='' words='' index
  for ((index = 1; index < COMP_CWORD; index++)); do
    case "$at \${COMP_WORDS[index]}" in
      ${steps.join(' | ')})
        at="\${at:+$at }\${COMP_WORDS[index]}"
        ;;
    esac
  done
  case "$previous" in
${values.join('\n')}
  esac
  case "$at" in
${words.join('\n')}
  esac
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
}
complete -F _pulsewire pulsewire
`;
}

function complete(value: ValueKind): string {
  const reply = (what: string): string => `mapfile -t COMPREPLY < <(compgen ${what} -- "$current"); return`;
  switch (value.kind) {
    case 'choice':
      return reply(`-W '${value.choices.join(' ')}'`);
    case 'file':
      return `compopt -o filenames; ${reply('-f')}`;
    case 'folder':
      return `compopt -o filenames; ${reply('-d')}`;
    default:
      return 'return';
  }
}
