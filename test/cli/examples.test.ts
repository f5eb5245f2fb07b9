import { expect, it } from '@jest/globals';
import { runHere } from '../support/cli/run-cli.ts';

/** The names of the commands below a path. */
async function commandsOf(path: string[]): Promise<string[][]> {
  const { stdout } = await runHere([...path, '--help']);
  const [, section = ''] = /\nCommands:\n([\s\S]*?)(?:\n\n|$)/.exec(stdout) ?? [];
  const names = [...section.matchAll(/^ {2}([a-z]+)/gm)].flatMap(([, name = '']) => (name === 'help' ? [] : [name]));
  const below = await Promise.all(names.map((name) => commandsOf([...path, name])));
  return names.length === 0 ? [path] : below.flat();
}

it('the help of every command has examples, whose flags it has', async () => {
  const commands = await commandsOf([]);
  expect(commands.length).toBeGreaterThan(14);
  for (const path of commands) {
    const { stdout } = await runHere([...path, '--help']);
    const [help = '', examples = ''] = stdout.split('\nExamples:\n');
    const lines = examples.split('\n').filter((line) => line.startsWith('  userlike-lime'));
    expect({ path, examples: lines.length }).not.toEqual({ path, examples: 0 });
    for (const line of lines) {
      expect(
        line
          .trim()
          .split(' ')
          .slice(1, 1 + path.length),
      ).toEqual(path);
      for (const [flag] of line.matchAll(/--[a-z-]+/g))
        expect({ line, help }).toMatchObject({ help: expect.stringContaining(flag) });
    }
  }
});
