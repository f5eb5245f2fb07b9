import { expect, it } from '@jest/globals';
import { logs } from '../../../cli/logs/logs.ts';
import { aBridge } from '../../support/cli/a-bridge.ts';

function line(conversation: string, at: number, organization = '108905') {
  return {
    ...{ level: 'INFO', timestamp: new Date(at).toISOString(), service: 'mapper', message: 'delivered' },
    ...{ organization, conversation, outcome: 'created', limeobject: 1002 },
  };
}

it('logs prints one line for each event of a conversation, in the order of their time', async () => {
  await using bridge = await aBridge();
  const now = Date.now();
  await bridge.log([line('7', now - 1_000), line('8', now - 2_000), line('7', now - 3_000, '4711'), line('77', now)]);
  const all = await bridge.cli('logs');
  const one = await bridge.cli('logs', '--conversation', '7');
  const ofOrganization = await bridge.cli('logs', '--organization', '4711');

  expect(all.stdout.split('\n').map((text) => text.split(/ {2,}/)[2])).toEqual(['7', '8', '7', '77']);
  expect(one.stdout.split('\n').map((text) => text.split(/ {2,}/)[1])).toEqual(['4711', '108905']);
  expect(ofOrganization.stdout).toMatch(/^\S+ {2}4711 {6}7 {11}created limeobject 1002$/);
});

it('logs leaves out what is older than --since', async () => {
  await using bridge = await aBridge();
  await bridge.log([line('7', Date.now() - 3_600_000)]);

  expect((await bridge.cli('logs')).stdout).toBe('');
  expect((await bridge.cli('logs', '--since', '2h', '--json')).stdout).toMatch(/^\{"level":"INFO",/);
});

it('logs --follow goes on with new lines until Ctrl-C, and prints none twice', async () => {
  const stopping = new AbortController();
  const lines = [JSON.stringify(line('1', 1_000))];
  const out: string[] = [];
  let polls = 0;
  const code = await logs(
    {
      readLog: async function* read() {
        yield* lines;
      },
    },
    {
      out: (text) => out.push(text),
      note: () => {},
      progress: { show: () => {}, clear: () => {} },
      signal: stopping.signal,
      now: () => 2_000,
      sleep: async () => {
        polls += 1;
        lines.push(JSON.stringify(line(String(polls + 1), 1_000 + polls)));
        if (polls === 3) stopping.abort();
      },
    },
    { since: 0, follow: true },
  );

  expect(code).toBe(0);
  expect(out.map((text) => text.split(/ {2,}/)[2])).toEqual(['1', '2', '3', '4']);
});

it('logs of mere addresses are unknown', async () => {
  await using bridge = await aBridge();

  expect(await bridge.cli('logs')).toMatchObject({
    code: 2,
    stderr: 'userlike-lime: the log lines of addresses are unknown: use --local or --stage',
  });
});
