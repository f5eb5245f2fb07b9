import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import { aDirectory } from '../support/a-directory.ts';
import { runHere } from '../support/cli/run-cli.ts';
import { aConversation } from '../support/conversations.ts';
import { blocksOf, readText } from './pages.ts';

const page = 'docs/cli.md';

/** The output that the page shows for a command. */
function shown(command: string): string[] {
  const [block] = blocksOf(page, 'text').filter((text) => text.startsWith(`$ npx userlike-lime ${command}`));
  if (block === undefined) throw new Error(`${page} shows no ${command}`);
  return block.split('\n').slice(1);
}

function words(line: string): string {
  return line.trim().replace(/\s+/g, ' ');
}

describe('the page on the command line', () => {
  let sandbox: Sandbox;
  let directory: Awaited<ReturnType<typeof aDirectory>>;
  const variables = () => ({ LIME_URL: sandbox.url, LIME_API_KEY: 'local-lime-key' });
  beforeAll(async () => {
    sandbox = await startSandbox({ schema: 'custom' });
    directory = await aDirectory();
  });
  afterAll(async () => {
    await sandbox.close();
    await directory[Symbol.asyncDispose]();
  });

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
    const { stdout } = await runHere(['init', '--output', file], variables());
    expect(stdout.replace(file, 'settings/108905.json').split('\n')).toEqual(shown('init'));
  });

  it('shows findings that check has for it', async () => {
    const { stdout } = await runHere(['check'], variables());
    const findings = stdout.split('\n').map(words);
    expect(findings).toEqual(
      expect.arrayContaining(
        shown('check')
          .map(words)
          .filter((line) => line !== '…'),
      ),
    );
  });

  it('shows lines of a preview', async () => {
    const settings = directory.path('preview.json');
    await runHere(['init', '--output', settings], variables());
    const conversation = {
      id: 9,
      contact: { name: 'Ada Example', email: 'ada@example.org' },
      topics: [],
      transcript: [],
    };
    const file = await directory.write('conversation.json', aConversation(conversation));
    const { stdout } = await runHere(['preview', file, '--settings', settings], variables());

    const start = (lines: string[]) => lines.slice(0, lines.findIndex((line) => line.startsWith('1. POST')) + 3);
    expect(start(stdout.split('\n'))).toEqual(start(shown('preview')));
    expect(stdout).toContain('\n3. POST /api/v1/limeobject/history/  → history #3\n');
  });
});
