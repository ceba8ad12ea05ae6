import { renderBash } from './render-bash.ts';
import { renderFish } from './render-fish.ts';
import { renderZsh } from './render-zsh.ts';
import type { DescribedCommand } from './describe-commands.ts';

/** Shells that can be told what to complete. */
export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

const renderers: Readonly<Record<Shell, (program: DescribedCommand) => string>> = {
  bash: renderBash,
  zsh: renderZsh,
  fish: renderFish,
};

/** The script that has a shell complete a program's commands, options and values. */
export function renderCompletion(shell: Shell, program: DescribedCommand): string {
  return renderers[shell](program);
}
