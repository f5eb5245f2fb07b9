import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aDirectory } from '../support/a-directory.ts';
import { runHere } from '../support/cli/run-cli.ts';
import { blocksOf, readText } from './pages.ts';

const page = 'docs/cli.md';

/** The output that the page shows for a command. */
function shown(command: string): string[] {
  const [block] = blocksOf(page, 'text').filter((text) => text.startsWith(`$ npx userlike-lime ${command}`));
  if (block === undefined) throw new Error(`${page} shows no ${command}`);
  return block.split('\n').slice(1);
}

describe('the page on the command line', () => {
  let directory: Awaited<ReturnType<typeof aDirectory>>;
  beforeAll(async () => {
    directory = await aDirectory();
  });
  afterAll(() => directory[Symbol.asyncDispose]());

  it('has a section for each command', async () => {
    const { stdout } = await runHere(['--help']);
    const commands = [...stdout.matchAll(/^ {2}([a-z]+) (?:\[options\] )?[^-]/gm)]
      .map(([, name = '']) => name)
      .filter((name) => name !== 'help');
    const sections = [...readText(page).matchAll(/^## ([a-z]+)/gm)].map(([, name]) => name);

    expect(commands).toEqual(expect.arrayContaining(['connect', 'init', 'check', 'preview', 'failed', 'reconcile']));
    expect(sections).toEqual(expect.arrayContaining(commands));
  });

  it('shows what init prints for the customised tenant', async () => {
    const file = directory.path('108905.json');
    const { stdout } = await runHere(['init', '--output', file, '--sandbox', 'custom']);
    expect(stdout.replace(file, 'settings/108905.json').split('\n')).toEqual(shown('init'));
  });

  it('shows findings that check has for it, in their order', async () => {
    const { stdout } = await runHere(['check', '--sandbox', 'custom']);
    let at = 0;
    for (const part of shown('check').join('\n').split('\n…\n')) {
      const found = stdout.indexOf(part.trim(), at);
      expect({ part, found }).toEqual({ part, found: expect.any(Number) });
      expect(found).toBeGreaterThanOrEqual(at);
      at = found + part.trim().length;
    }
    expect(at).toBe(stdout.length);
  });

  it('names commands without a tenant that work', async () => {
    const [block = ''] = blocksOf(page, 'sh').filter((text) => text.includes('--sandbox'));
    const commands = block.split('\n').map((line) => line.split(' '));
    expect(commands.map(([npx, name, command]) => [npx, name, command])).toEqual([
      ['npx', 'userlike-lime', 'check'],
      ['npx', 'userlike-lime', 'preview'],
    ]);
    for (const [, , ...args] of commands) {
      expect(await runHere(args)).toMatchObject({ stdout: expect.stringMatching(/./), stderr: '' });
    }
  });

  it('shows JSON of a preview with the keys that it has', async () => {
    const [shape = ''] = blocksOf(page, 'json').filter((text) => text.includes('"objects"'));
    const { stdout } = await runHere(['preview', 'samples/human-chat.json', '--json', '--sandbox']);
    const keysOf = (json: string) => {
      const { objects, requests, ...whole } = JSON.parse(json);
      const [{ sections, lookups, ...object }] = objects;
      const parts = [whole, object, sections[0], sections[0].rows[0], lookups[0], requests[0]];
      return parts.map((part) => Object.keys(part).sort());
    };
    expect(keysOf(stdout)).toEqual(keysOf(shape));
  });

  it('shows the whole preview of a sample', async () => {
    const { stdout } = await runHere(['preview', 'samples/human-chat.json', '--sandbox']);
    expect(stdout.split('\n')).toEqual(shown('preview'));
  });
});
