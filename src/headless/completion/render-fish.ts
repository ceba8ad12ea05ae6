import {
  listCommands,
  type DescribedCommand,
  type DescribedOption,
  type ValueKind,
} from './describe-commands.ts';

/** A completion for fish 3. Source: fish's documentation, "Writing your own completions". */
export function renderFish(program: DescribedCommand): string {
  const commands = listCommands(program);
  const steps = commands
    .filter(({ path }) => path.length > 0)
    .map(({ path }) => `'${path.slice(0, -1).join(' ')} ${path.at(-1)}'`);
  const lines = commands.flatMap((command) => {
    const where = `complete -c pulsewire -n "__pulsewire_at '${command.path.join(' ')}'"`;
    return [
      ...command.commands.map(
        ({ path, description }) => `${where} -a ${path.at(-1)} -d ${quote(description)}`,
      ),
      ...(command.argument.kind === 'choice'
        ? [`${where} -a ${quote(command.argument.choices.join(' '))}`]
        : []),
      ...command.options.map((option) => `${where} ${renderOption(option)}`),
    ];
  });
  return `# Completion of pulsewire for fish; "pulsewire completion fish" prints it.
function __pulsewire_at
    set -l at ''
    for word in (commandline -opc)[2..-1]
        switch "$at $word"
            case ${steps.join(' ')}
                set at (string trim -- "$at $word")
        end
    end
    test "$at" = "$argv[1]"
end
complete -c pulsewire -f
${lines.join('\n')}
`;
}

function renderOption({ name, description, value }: DescribedOption): string {
  return [`-l ${name.replace(/^--/, '')}`, ...renderValue(value), `-d ${quote(description)}`].join(' ');
}

function renderValue(value: ValueKind): string[] {
  switch (value.kind) {
    case 'none':
      return [];
    case 'choice':
      return [`-x -a ${quote(value.choices.join(' '))}`];
    case 'file':
      return ['-r -F'];
    case 'folder':
      return ["-x -a '(__fish_complete_directories)'"];
    case 'text':
      return ['-x'];
  }
}

function quote(text: string): string {
  return `'${text.replaceAll(/['\\]/g, '\\$&')}'`;
}
