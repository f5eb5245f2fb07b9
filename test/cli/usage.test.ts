import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { runCli } from '../../cli/program.ts';
import { readText } from '../docs/pages.ts';
import { runCli as runProgram } from '../support/cli/run-cli.ts';

const { version } = z.object({ version: z.string() }).parse(JSON.parse(readText('package.json')));

/** Nothing answers there: what these command lines say is said before AWS is asked. */
const variables = {
  AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
  QUEUE_URL: 'http://127.0.0.1:9/queue',
  INTERACTIVE_QUEUE_URL: 'http://127.0.0.1:9/interactive',
  DLQ_URL: 'http://127.0.0.1:9/dlq',
  LEDGER_TABLE: 'ledger',
};

async function run(args: readonly string[]) {
  const out: string[] = [];
  const notes: string[] = [];
  const code = await runCli(args, variables, {
    out: (text) => out.push(text),
    note: (text) => notes.push(text),
    progress: { show: () => {}, clear: () => {} },
    signal: new AbortController().signal,
    now: () => 0,
    sleep: async () => {},
  });
  return { code, out: out.join('\n'), notes };
}

describe('wrong usage', () => {
  const moment =
    'must be a length of time (30m, 24h, 7d), a date, or an ISO time with a zone, such as 2026-11-22T10:00:00Z';

  it.each([
    {
      title: 'a retry of nothing',
      args: ['failed', 'retry'],
      notes: [
        'failed retry: choose records (--id, --organization, --conversation, --reason, --step, --since, --until), or --all',
      ],
    },
    {
      title: 'a retry of all and of some',
      args: ['failed', 'retry', '--all', '--step', 'note'],
      notes: ['failed retry: --all means every record; leave out the other conditions'],
    },
    {
      title: 'a moment that is none',
      args: ['failed', 'list', '--until', 'soon'],
      notes: [`--until: ${moment}`],
    },
    {
      title: 'a time of nobody knows which zone',
      args: ['failed', 'list', '--since', '2026-11-22T10:00:00'],
      notes: [`--since: ${moment}`],
    },
    {
      title: 'a step that is none',
      args: ['failed', 'retry', '--step', 'nots'],
      notes: ['--step: must be one of decode, plan, start, lookup, object, row, document, note'],
    },
    {
      title: 'a begin before all time',
      args: ['reconcile', '--since', '99999999999d', '--log', 'f'],
      notes: [`--since: ${moment}`],
    },
    {
      title: 'a rate that would never end',
      args: ['failed', 'retry', '--all', '--rate', '0'],
      notes: ['--rate: must be at least 0.1'],
    },
    {
      title: 'a rate that is no number',
      args: ['failed', 'retry', '--all', '--rate', 'x'],
      notes: ['--rate: must be a number'],
    },
    {
      title: 'a drop that is not meant',
      args: ['failed', 'drop', 'x'],
      notes: ['failed drop deletes a conversation for good; confirm with --yes'],
    },
    {
      title: 'a stage beside addresses',
      args: ['failed', 'list', '--stage', 'A'],
      notes: [expect.stringMatching('--stage')],
    },
    {
      title: 'moments that are none',
      args: ['reconcile', '--since', 'x', '--until', 'y', '--log', 'f'],
      notes: [`--since: ${moment}`, `--until: ${moment}`],
    },
    {
      title: 'an end before the begin',
      args: ['reconcile', '--since', '1h', '--until', '2h', '--log', 'f'],
      notes: ['--since: must be before --until'],
    },
    {
      title: 'a log that is not there',
      args: ['reconcile', '--log', '/dev/null/x'],
      notes: ['--log: /dev/null/x cannot be read'],
    },
    {
      title: 'no log and no stack',
      args: ['reconcile'],
      notes: ['--log: is required without a stack: files with the lines that intake logged'],
    },
    {
      title: 'to forget nobody',
      args: ['forget', '--organization', '108905'],
      notes: ['forget: give either --conversation or --contact'],
    },
    {
      title: 'to forget by what is no id',
      args: ['forget', '--organization', '1/2', '--conversation', 'x', '--yes', '--dry-run'],
      notes: [
        '--organization: must be letters, digits, _ and -, 64 at most',
        '--conversation: must be 1 to 32 digits each',
        'forget: --yes erases and --dry-run does not; choose one',
      ],
    },
    {
      title: 'to forget by both',
      args: ['forget', '--organization', '1', '--conversation', '7', '--contact', 'ada@example.org'],
      notes: ['forget: give either --conversation or --contact'],
    },
    {
      title: 'to forget a contact of no name',
      args: ['forget', '--organization', '1', '--contact', ' '],
      notes: ['--contact: must not be empty'],
    },
    {
      title: 'to forget without an organization',
      args: ['forget', '--conversation', '7'],
      notes: ["required option '--organization <id>' not specified"],
    },
    { title: 'an unknown flag', args: ['failed', 'list', '--oops'], notes: ["unknown option '--oops'"] },
    { title: 'an id that is missing', args: ['failed', 'show'], notes: ["missing required argument 'id'"] },
  ])('is $title: exit code 2', async ({ args, notes }) => {
    expect(await run(args)).toEqual({
      code: 2,
      out: '',
      notes: notes.map((note) => (typeof note === 'string' ? `userlike-lime: ${note}` : note)),
    });
  });
});

describe('help', () => {
  it.each([
    { args: ['--help'], tells: ['failed', 'reconcile', '--stage', '--queue-url', 'Exit codes'] },
    { args: ['failed', 'retry', '--help'], tells: ['--all', '--rate', '--dry-run', '--reason', '--stage'] },
    { args: ['forget', '--help'], tells: ['--organization', '--conversation', '--contact', '--yes', '--dry-run'] },
    { args: ['reconcile', '--help'], tells: ['--since', '--until', '--log', '24h'] },
  ])('of "$args" lists its flags', async ({ args, tells }) => {
    const { code, out, notes } = await run(args);

    expect([code, notes]).toEqual([0, []]);
    for (const told of tells) expect(out).toContain(told);
  });

  it('is shown without a command, with exit code 2', async () => {
    const { code, notes } = await run([]);

    expect([code, notes[0]]).toEqual([2, expect.stringMatching(/^Usage: userlike-lime/)]);
  });
});

describe('the program', () => {
  it('prints its version', async () => {
    expect(await run(['--version'])).toEqual({ code: 0, out: version, notes: [] });
  });

  it('says in one line that AWS is out of reach', async () => {
    expect(await runProgram(['failed', 'list'], variables)).toEqual({
      code: 1,
      stdout: '',
      stderr: 'userlike-lime: AWS is out of reach: ECONNREFUSED',
    });
  });
});
