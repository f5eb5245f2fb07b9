import { execFileSync } from 'node:child_process';
import { expect, it } from '@jest/globals';
import { runHere } from '../../support/cli/run-cli.ts';

/** What bash offers for a line that ends in this word. */
async function offered(...words: string[]): Promise<string[]> {
  const { stdout } = await runHere(['completion', 'bash']);
  const line = `COMP_WORDS=(userlike-lime ${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length}`;
  const script = `${stdout}\n${line}; _userlike_lime; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync('bash', ['-c', script], { encoding: 'utf8' }).trim().split('\n');
}

it.each([
  { words: ['sta'], offers: ['status'] },
  { words: ['failed', ''], offers: expect.arrayContaining(['list', 'show', 'retry', 'drop']) },
  { words: ['failed', 'retry', '--dry'], offers: ['--dry-run'] },
  { words: ['failed', 'retry', '63741936', '--lo'], offers: ['--local'] },
  { words: ['--local', 'sh'], offers: ['show'] },
])('bash completes $words', async ({ words, offers }) => {
  expect(await offered(...words)).toEqual(offers);
});

it('zsh uses the script of bash, and fish has lines of its own', async () => {
  const zsh = await runHere(['completion', 'zsh']);
  const fish = await runHere(['completion', 'fish']);

  expect(zsh.stdout).toMatch(/^autoload -U \+X bashcompinit && bashcompinit\n_userlike_lime\(\)/);
  expect(fish.stdout).toContain(
    "complete -c userlike-lime -n '__fish_seen_subcommand_from failed; and __fish_seen_subcommand_from retry' -l dry-run",
  );
});

it('another shell is refused', async () => {
  expect(await runHere(['completion', 'dos'])).toMatchObject({ code: 2, stdout: '' });
});
