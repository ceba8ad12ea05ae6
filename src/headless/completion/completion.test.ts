import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { tokenScopes } from '../../shared/protocol/index.ts';
import { parseCommandLine } from '../command-line.ts';

/** What a shell is told to complete with. */
function print(shell: string): string {
  const invocation = parseCommandLine(['completion', shell], '0.0.0');
  return invocation.command === 'print' ? invocation.text : '';
}

/** What bash offers where the cursor stands behind the last of these words. */
function offerInBash(...words: string[]): string[] {
  const line = words.map((word) => `'${word}'`).join(' ');
  const script = `${print('bash')}
    complete() { :; }
    compopt() { :; }
    COMP_WORDS=(pulsewire ${line}); COMP_CWORD=${words.length}
    _pulsewire
    printf '%s\\n' "\${COMPREPLY[@]}"`;
  const output = execFileSync('bash', ['--norc', '-c', script], { encoding: 'utf8', cwd: '/' });
  return output.split('\n').filter((offer) => offer !== '');
}

describe.skipIf(process.platform !== 'linux')('the completion for bash', () => {
  it('offers commands and options of the program at first', () => {
    const offers = offerInBash('');
    expect(offers).toEqual(expect.arrayContaining(['serve', 'token', 'completion', '--port', '--help']));
    expect(offers).not.toContain('revoke');
  });

  it('offers what goes on as it was begun', () => {
    expect(offerInBash('to')).toEqual(['token']);
    expect(offerInBash('serve', '--share')).toEqual(['--share', '--share-plain-http']);
  });

  it('offers commands below a command, and its options', () => {
    expect(offerInBash('token', '')).toEqual(expect.arrayContaining(['create', 'list', 'change', 'revoke']));
    expect(offerInBash('token', 'create', '--n')).toEqual(['--name']);
    expect(offerInBash('--data-dir', '/srv', 'token', 'create', '--n')).toEqual(['--name']);
  });

  it('offers values where there are few, folders for folders, and nothing for what it cannot know', () => {
    expect(offerInBash('token', 'create', '--scope', '')).toEqual([...tokenScopes]);
    expect(offerInBash('completion', '')).toEqual(expect.arrayContaining(['bash', 'zsh', 'fish']));
    expect(offerInBash('serve', '--data-dir', '/et')).toEqual(['/etc']);
    expect(offerInBash('serve', '--port', '')).toEqual([]);
  });
});

describe('the completions for zsh and fish', () => {
  it('name every command with what it does, and every option with what it takes', () => {
    expect(print('zsh')).toContain("('token create')");
    expect(print('zsh')).toContain(`'--scope[what it allows]:scope:(${tokenScopes.join(' ')})'`);
    expect(print('zsh')).toContain("'--data-dir[folder for all state]:data-dir:_files -/'");
    expect(print('fish')).toContain(
      `-n "__pulsewire_at 'token create'" -l scope -x -a '${tokenScopes.join(' ')}'`,
    );
    expect(print('fish')).toContain(`-n "__pulsewire_at ''" -a serve -d 'Serve`);
  });

  it('is refused for a shell that is not known', () => {
    expect(parseCommandLine(['completion', 'tcsh'], '0.0.0')).toMatchObject({ command: 'refuse' });
  });
});
