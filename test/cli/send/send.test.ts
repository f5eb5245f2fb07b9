import { existsSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { paceOf } from '../../../cli/send/send.ts';
import { aDirectory } from '../../support/a-directory.ts';
import { aServer, type Reply, type Server } from '../../support/a-server.ts';
import { runHere } from '../../support/cli/run-cli.ts';

const Sent = z.array(z.looseObject({ id: z.union([z.number(), z.string()]) }));

/** The ids of each call that the server got. */
const callsTo = ({ asked }: Server) => asked.map(({ body }) => Sent.parse(JSON.parse(body)).map(({ id }) => id));

const variables = ({ origin }: Server) => ({ ENDPOINT: `${origin}/108905`, ADDON_KEY: 'the key' });

function accepted(...ids: number[]): Reply {
  return { json: { accepted: ids.map((id) => ({ id, url: `https://bridge.example/${id}` })), rejected: [] } };
}

/** Sends a file that has this text. */
async function sendText(text: string, replies: Reply[], ...args: string[]) {
  await using server = await aServer(...replies);
  await using directory = await aDirectory();
  const file = await directory.write('conversations.json', text);
  const ended = await runHere(['send', file, ...args], variables(server));
  return { ...ended, calls: callsTo(server), asked: server.asked, isRemembered: existsSync(`${file}.sent`) };
}

describe('send', () => {
  it.each([
    { title: 'one conversation', text: '{"id":1}', calls: [[1]] },
    { title: 'an array', text: '[{"id":1},{"id":2}]', calls: [[1, 2]] },
    { title: 'a call of Userlike', text: '{"conversations":[{"id":1},{"id":2}]}', calls: [[1, 2]] },
    { title: 'one conversation a line', text: '{"id":1}\n\n{"id":2}\n', calls: [[1, 2]] },
    {
      title: 'a number that JSON cannot carry',
      text: '{"id":12345678901234567890}',
      calls: [['12345678901234567890']],
    },
    { title: 'a byte order mark', text: '\uFEFF[{"id":1}]', calls: [[1]] },
  ])('takes $title', async ({ text, calls }) => {
    const { code, calls: made, asked, isRemembered } = await sendText(text, [accepted(1)]);

    expect({ code, made, isRemembered }).toEqual({ code: 0, made: calls, isRemembered: false });
    expect(asked[0]?.headers).toMatchObject({ 'x-api-key': 'the key', 'content-type': 'application/json' });
  });

  it('makes calls of so many, and prints the links', async () => {
    const replies = [accepted(1, 2), accepted(3)];
    const { code, stdout, calls } = await sendText('[{"id":1},{"id":2},{"id":3}]', replies, '--calls-of', '2');

    expect(code).toBe(0);
    expect(calls).toEqual([[1, 2], [3]]);
    expect(stdout.split('\n')).toEqual([
      'CONVERSATION  LINK',
      '1             https://bridge.example/1',
      '2             https://bridge.example/2',
      '3             https://bridge.example/3',
      '',
      'accepted 3, rejected 0',
    ]);
  });

  it('takes the files of a directory in the order of their names', async () => {
    await using server = await aServer(accepted(1, 2, 3));
    await using directory = await aDirectory();
    await directory.write('b.ndjson', '{"id":2}\n{"id":3}');
    await directory.write('a.json', '{"id":1}');
    await directory.write('notes.txt', 'no conversation');
    await runHere(['send', directory.path('.')], variables(server));

    expect(callsTo(server)).toEqual([[1, 2, 3]]);
  });

  it('names what is rejected by its place, with exit code 1', async () => {
    const rejected = [{ index: 1, errors: [{ path: 'transcript.0.sent_at', message: 'is no time' }] }];
    const reply = { json: { accepted: [{ id: 1, url: 'https://bridge.example/1' }], rejected } };
    const { code, stdout } = await sendText('{"id":1}\n{"id":2}', [reply]);

    expect(code).toBe(1);
    expect(stdout).toMatch(/conversations\.json, line 2 +transcript\.0\.sent_at is no time\n\naccepted 1, rejected 1$/);
  });

  it('tries a call again that is refused for a time', async () => {
    const { code, calls } = await sendText('[{"id":1}]', [{ status: 503 }, { status: 429 }, accepted(1)]);

    expect(code).toBe(0);
    expect(calls).toEqual([[1], [1], [1]]);
  });

  it('goes on where it was broken off', async () => {
    await using server = await aServer(
      accepted(1),
      { status: 401, json: { detail: 'The key is wrong.' } },
      accepted(2),
    );
    await using directory = await aDirectory();
    const file = await directory.write('conversations.json', '[{"id":1},{"id":2}]');
    const run = () => runHere(['send', file, '--calls-of', '1'], variables(server));
    const first = await run();
    const second = await run();

    expect(first).toMatchObject({
      code: 1,
      stderr:
        'userlike-lime: the endpoint does not take the call: 401 The key is wrong.; sent 1 of 2, the same command goes on with the others',
    });
    expect(second).toMatchObject({ code: 0, stderr: '1 conversation already sent; going on with the others' });
    expect(callsTo(server)).toEqual([[1], [2], [2]]);
    expect(existsSync(`${file}.sent`)).toBe(false);
  });

  it.each([
    { title: 'no file', args: ['/dev/null/x'], told: '/dev/null/x cannot be read' },
    { title: 'an empty directory', args: ['test/cli/send'], told: /has no file that ends in \.json/ },
    { title: 'a wrong number', args: ['x', '--calls-of', '0'], told: '--calls-of: must be at least 1' },
  ])('explains $title, with exit code 2', async ({ args, told }) => {
    const { code, stderr } = await runHere(['send', ...args], { ENDPOINT: 'http://127.0.0.1:1/1', ADDON_KEY: 'k' });

    expect(code).toBe(2);
    expect(stderr).toMatch(told);
  });

  it('names the line that is not JSON', async () => {
    expect((await sendText('{"id":1}\n{"id":', [])).stderr).toMatch(/conversations\.json: line 2 is not JSON$/);
  });

  it('needs an endpoint', async () => {
    await using directory = await aDirectory();
    const file = await directory.write('a.json', '{"id":1}');

    expect((await runHere(['send', file])).stderr).toMatch(/give --organization, --local, or ENDPOINT and ADDON_KEY$/);
    expect((await runHere(['send', file], { ENDPOINT: 'http://x' })).stderr).toMatch(/ADDON_KEY: is required/);
  });
});

it('the pace of sending is a rate and the time left', () => {
  expect(paceOf(10, 20, 2_000)).toBe('5/s, 4s left');
  expect(paceOf(100, 200, 2_000)).toBe('50/s, 4s left');
});
